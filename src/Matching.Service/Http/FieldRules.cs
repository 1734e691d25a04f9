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

/// <summary>A list of at most <c>max</c> entries.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class AtMostAttribute : MaxLengthAttribute
{
    public AtMostAttribute(int max)
        : base(max) => ErrorMessage = "最多 {1} 项。";
}

/// <summary>Matches a pattern, described to people by <c>meaning</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class FormatAttribute : RegularExpressionAttribute
{
    public FormatAttribute(string pattern, string meaning)
        : base(pattern) => ErrorMessage = $"须为{meaning}。";
}

/// <summary>The formats of national codes; whether a code exists is for the reference tables to say.</summary>
internal static class Formats
{
    public const string Region = "^[0-9]{6}$";
    public const string RegionMeaning = "六位行政区划代码";
    public const string Occupation = "^[1-8](-[0-9]{2}){1,3}$";
    public const string OccupationMeaning = "职业分类大典代码（如 4-04-05-01）";
    public const string Major = "^[0-9]{6}[A-Z]*$";
    public const string MajorMeaning = "六位专业代码";
    public const string Education = "^[0-9]{2}$";
    public const string EducationMeaning = "两位学历代码";
    public const string CreditCode = "^[0-9A-Z]{18}$";
    public const string CreditCodeMeaning = "18 位统一社会信用代码";
}
