using System.ComponentModel.DataAnnotations;

namespace Matching.Service.Http;

/// <summary>A text of 1 to <c>max</c> characters.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class TextAttribute : StringLengthAttribute
{
    public TextAttribute(int max)
        : base(max)
    {
        MinimumLength = 1;
        ErrorMessage = "长度须为 {2}–{1} 个字符。";
    }

    public override bool IsValid(object? value) => base.IsValid(value) && (value is not string text || !string.IsNullOrWhiteSpace(text));
}

/// <summary>A whole number within limits, both included.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class BetweenAttribute : RangeAttribute
{
    public BetweenAttribute(int min, int max)
        : base(min, max) => ErrorMessage = "须在 {1} 到 {2} 之间。";
}

/// <summary>One of a fixed set of codes.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class OneOfAttribute : AllowedValuesAttribute
{
    // null passes: whether the field must be there is said by its type.
    public OneOfAttribute(params string[] values)
        : base([null, .. values]) => ErrorMessage = $"须为 {string.Join("、", values)} 之一。";
}

/// <summary>A list of at most <c>max</c> entries, none of them null (JSON lists may hold nulls whatever the type says).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class AtMostAttribute : MaxLengthAttribute
{
    public AtMostAttribute(int max)
        : base(max) => ErrorMessage = "最多 {1} 项，且不能含有 null。";

    public override bool IsValid(object? value) => base.IsValid(value) && (value is not System.Collections.IEnumerable list || list.Cast<object?>().All(item => item is not null));
}

/// <summary>A day that has come, by the calendar of China (UTC+8, no summer time): what is reported as done cannot lie ahead.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class NotInFutureAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var clock = validationContext.GetService<TimeProvider>() ?? TimeProvider.System;
        return value is DateOnly day && day > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8))
            ? new ValidationResult("不能晚于今天。", [validationContext.MemberName!])
            : ValidationResult.Success;
    }
}

/// <summary>Matches a pattern, described to people by <c>meaning</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class FormatAttribute : RegularExpressionAttribute
{
    public FormatAttribute(string pattern, string meaning)
        : base(pattern) => ErrorMessage = $"须为{meaning}。";
}

/// <summary>Formats that are no classification.</summary>
internal static class Formats
{
    public const string CreditCode = "^[0-9A-Z]{18}$";
    public const string CreditCodeMeaning = " 18 位统一社会信用代码";
}

/// <summary>Each entry of a list is a text of 1 to <c>max</c> characters.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class EachTextAttribute(int max) : ValidationAttribute($"每项长度须为 1–{max} 个字符。")
{
    public override bool IsValid(object? value) =>
        value is not IEnumerable<string> texts || texts.All(text => text is { Length: > 0 } && text.Length <= max && !string.IsNullOrWhiteSpace(text));
}

/// <summary>A reference that is not itself a person's number: what looks like a national id or a mobile phone number is refused.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed partial class PseudonymAttribute() : ValidationAttribute("看起来是身份证号或手机号；请改用本单位自编的代号。")
{
    public override bool IsValid(object? value) => value is not string text || !PersonalNumber().IsMatch(text);

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")]
    private static partial System.Text.RegularExpressions.Regex PersonalNumber();
}
