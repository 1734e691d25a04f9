using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>How many persons a cell asks for (招聘人数).</summary>
/// <param name="Outcome">Whether it was understood.</param>
/// <param name="Min">Least seats, persons; null unless read.</param>
/// <param name="Max">Most seats; null when open upwards.</param>
public readonly record struct Headcount(HeadcountOutcome Outcome, int? Min = null, int? Max = null)
{
    /// <summary>Exactly one number.</summary>
    public bool IsExact => Min is not null && Min == Max;
}

public enum HeadcountOutcome
{
    /// <summary>No number that could be told.</summary>
    NotParsed,

    /// <summary>The sender says there is no number: 若干, 不限, 多名; boards write 0 for it.</summary>
    NotStated,

    /// <summary>A number or a range.</summary>
    Parsed,
}

/// <summary>Number of persons as written: 2, 2名, 招聘3人, 三人, 3-5人, 10人以上, 十余人, 若干. 约5人 and 男2女3 are not guessed.</summary>
public static partial class HeadcountText
{
    private static readonly string[] NoNumber = ["若干", "不限", "多名", "多人", "数名", "人数不限", "名额不限", "长期招聘", "-", "—", "/", "0"];

    public static Headcount Parse(string text)
    {
        if (NumberText.TryDigits(text, out var plain) && text != "0")
        {
            return new(HeadcountOutcome.Parsed, plain, plain);
        }

        var tight = PlainText.Tight(text).Replace(",", "", StringComparison.Ordinal);
        var bare = Counter().Replace(tight, "");
        if (bare.Length == 0 || NoNumber.Contains(tight) || NoNumber.Contains(bare))
        {
            return new(HeadcountOutcome.NotStated);
        }

        var match = Number().Match(tight);
        if (!match.Success || !TryNumber(match.Groups["a"].Value, out var min))
        {
            return default;
        }

        int? max = match.Groups["more"].Success ? null : min;
        if (match.Groups["b"].Success)
        {
            if (!TryNumber(match.Groups["b"].Value, out var upper) || upper < min)
            {
                return default;
            }

            max = match.Groups["more"].Success ? null : upper;
        }

        return new(HeadcountOutcome.Parsed, min, max);
    }

    private static bool TryNumber(string text, out int value) =>
        NumberText.TryChinese(text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text, out value)
        || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    [GeneratedRegex(@"^(招聘|招收|招|共|需求|需|拟招)|(人|名|个|位)$")]
    private static partial Regex Counter();

    [GeneratedRegex(@"^(招聘|招收|招|共|需求|需|拟招)?(?<a>-?\d+(\.0)?|[零一二两三四五六七八九十百千]+)(人|名|个|位)?((-|~|—|–|至|到)(?<b>\d+|[一二两三四五六七八九十百千]+))?(?<more>余|多|\+)?(人|名|个|位)?(?<more>以上|及以上|起)?$")]
    private static partial Regex Number();
}
