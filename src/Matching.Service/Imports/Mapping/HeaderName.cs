using System.Text.RegularExpressions;
using Matching.Engine.Normalizing;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports.Mapping;

/// <summary>A header as people decorate it → its bare name and the unit it states: ＊2. 月薪（元）必填 → 月薪, yuan a month; avg_salary_k_month → avgsalary, thousands a month.</summary>
/// <param name="Key">The header in the form names are compared in.</param>
/// <param name="Bare">The same without numbering, notes in brackets and units.</param>
/// <param name="Unit">What it says of figures of pay.</param>
internal sealed partial record HeaderName(string Key, string Bare, WageUnit Unit)
{
    public static HeaderName Of(string header)
    {
        var notes = string.Concat(Note().Matches(CellText.Plain(header)).Select(note => note.Value));
        var bare = Decoration().Replace(Note().Replace(CellText.Plain(header), ""), "");
        var words = bare.Split(['_', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        var units = words.Where(word => EnglishUnit().IsMatch(word)).ToList();
        if (units.Count > 0 && units.Count < words.Length)
        {
            bare = string.Concat(words.Except(units));
        }

        var stated = string.Join(' ', units.Append(notes));
        return new(CellText.HeaderKey(header), CellText.HeaderKey(bare), new WageUnit(ScaleOf(stated), PeriodOf(stated) ?? PeriodOf(PayWord().Match(bare).Value)));
    }

    /// <summary>A name that says nothing of the column: 列5, Column1, Unnamed: 3.</summary>
    public static bool SaysNothing(string header) => Meaningless().IsMatch(header);

    private static int? ScaleOf(string text) => Ten().IsMatch(text) ? 10_000 : Thousand().IsMatch(text) ? 1_000 : Yuan().IsMatch(text) ? 1 : null;

    private static PayPeriod? PeriodOf(string text) =>
        text.Contains('月', StringComparison.Ordinal) || text.Contains("month", StringComparison.Ordinal) ? PayPeriod.Month
        : text.Contains('年', StringComparison.Ordinal) || text.Contains("year", StringComparison.Ordinal) || text.Contains("annual", StringComparison.Ordinal) ? PayPeriod.Year
        : text.Contains('周', StringComparison.Ordinal) || text.Contains("week", StringComparison.Ordinal) ? PayPeriod.Week
        : text.Contains('天', StringComparison.Ordinal) || text.Contains('日', StringComparison.Ordinal) || text is "day" or "daily" ? PayPeriod.Day
        : text.Contains('时', StringComparison.Ordinal) || text.Contains("hour", StringComparison.Ordinal) ? PayPeriod.Hour
        : null;

    [GeneratedRegex(@"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")]
    private static partial Regex Note();

    [GeneratedRegex(@"^\s*[*★◆※●]*\s*(\d+\s*[.、)])?\s*[*★◆※●]*|(必填项?|选填|必选)|[:*★]+\s*$")]
    private static partial Regex Decoration();

    [GeneratedRegex("^(k|w|yuan|rmb|cny|month|monthly|year|yearly|annual|day|daily|hour|hourly|week|weekly)$", RegexOptions.IgnoreCase)]
    private static partial Regex EnglishUnit();

    [GeneratedRegex("[月年周日时]薪")]
    private static partial Regex PayWord();

    [GeneratedRegex("万|(?<![a-z])w(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Ten();

    [GeneratedRegex("千|(?<![a-z])k(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Thousand();

    [GeneratedRegex("元|yuan|rmb|cny|¥", RegexOptions.IgnoreCase)]
    private static partial Regex Yuan();

    [GeneratedRegex(@"^\s*(列|字段|第?\d+列|未命名|column|col|field|f|unnamed)[\s:_]*\d*\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Meaningless();
}
