using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>How many people work somewhere (人员规模), as far as a text tells.</summary>
/// <param name="From">At least, persons.</param>
/// <param name="To">At most, persons; null: not said.</param>
public readonly partial record struct CompanySize(int From, int? To)
{
    /// <summary>
    /// Reads 320, 320人, 150-500人, 少于50人, 10000人以上, 1万人以上, 约200人. Null when the text says nothing of the kind or contradicts itself.
    /// </summary>
    public static CompanySize? Parse(string text)
    {
        var bare = Decoration().Replace(Nfkc.Of(text), "");
        if (Between().Match(bare) is { Success: true } between)
        {
            // 1-2万: the unit stands behind the second number only.
            var (from, to) = (Persons(between.Groups[1].Value, between.Groups[2].Length > 0 ? between.Groups[2].Value : between.Groups[4].Value), Persons(between.Groups[3].Value, between.Groups[4].Value));
            return from is { } least && to is { } most && least <= most ? new(least, most) : null;
        }

        if (One().Match(bare) is not { Success: true } one || Persons(one.Groups["number"].Value, one.Groups["unit"].Value) is not { } persons)
        {
            return null;
        }

        var (below, above) = (one.Groups["below"].Success, one.Groups["above"].Success);
        return (below, above) switch { (true, false) => new(0, persons), (false, true) => new(persons, null), (false, false) => new(persons, persons), _ => null };
    }

    private static int? Persons(string number, string unit) =>
        decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * Factor(unit) is >= 0 and <= 10_000_000 and var persons
            ? (int)persons
            : null;

    private static decimal Factor(string unit) => unit switch { "万" => 10_000, "千" => 1_000, _ => 1 };

    [GeneratedRegex(@"[\s,，]|约|左右|公司规模|人员规模|规模|[:：]")]
    private static partial Regex Decoration();

    [GeneratedRegex(@"^(\d{1,8}(?:\.\d+)?)(万|千)?[人名]?(?:[-~—–]+|至|到)(\d{1,8}(?:\.\d+)?)(万|千)?[人名]?$")]
    private static partial Regex Between();

    [GeneratedRegex(@"^(?<below>少于|小于|不足|不到|低于|<)?(?<above>多于|大于|超过|>)?(?<number>\d{1,8}(?:\.\d+)?)(?<unit>万|千)?[人名]?(?<below>以下|以内)?(?<above>以上|\+)?$")]
    private static partial Regex One();
}
