using Matching.Engine.Normalizing;
using Matching.Service.Imports.Files;
using Matching.Service.Reference;

namespace Matching.Service.Imports;

/// <summary>Cells of a row as numbers, days, words of a list and pay. Each is null or empty where the cell is, and refuses what it cannot read (<see cref="RowScan.Refuse(ImportColumn, string, string)"/>).</summary>
internal static class TypedCells
{
    // Figures and days repeat from row to row. Some 100 kB each when full.
    private static readonly Remembered<(string Text, WageUnit Unit), Wage> Wages = new(1_000, cell => WageText.Parse(cell.Text, cell.Unit));
    private static readonly Remembered<string, DateOnly?> Days = new(1_000, text => DateText.TryParse(text, out var day) ? day : null);

    public static int? Int(this RowScan scan, ImportColumn column, int min, int max)
    {
        if (Empty(scan, column))
        {
            return null;
        }

        if (!NumberText.TryInt(scan.Raw(column), out var value))
        {
            scan.Refuse(column, "not_a_number", "须为整数。");
            return null;
        }

        return value >= min && value <= max ? value : scan.Refuse<int?>(column, "out_of_range", $"须在 {min} 到 {max} 之间。");
    }

    /// <summary>A share between 0 and 1.</summary>
    public static decimal? Share(this RowScan scan, ImportColumn column)
    {
        if (Empty(scan, column))
        {
            return null;
        }

        return NumberText.TryShare(scan.Raw(column), out var value)
            ? value is >= 0 and <= 1 ? value : scan.Refuse<decimal?>(column, "out_of_range", "须在 0 到 100% 之间。")
            : scan.Refuse<decimal?>(column, "not_a_number", "须为 0 到 1 的小数或百分数，如 60%。");
    }

    public static DateOnly? Date(this RowScan scan, ImportColumn column)
    {
        if (Empty(scan, column))
        {
            return null;
        }

        return Days.Of(scan.Raw(column), scan.Raw(column)) is { } value
            ? value.Year is >= 1980 and <= 2100 ? value : scan.Refuse<DateOnly?>(column, "out_of_range", "年份须在 1980 到 2100 之间。")
            : scan.Refuse<DateOnly?>(column, "not_a_date", "须为日期，如 2026-03-01、2026/3/1 或 2026年3月1日。");
    }

    public static bool Flag(this RowScan scan, ImportColumn column)
    {
        if (Empty(scan, column))
        {
            return false;
        }

        return NumberText.TryFlag(scan.Raw(column), out var value) ? value : scan.Refuse<bool>(column, "not_a_flag", "须为“是”或“否”。");
    }

    /// <summary>The code of one of the column's allowed words (or the code itself); null when empty.</summary>
    public static string? Choice(this RowScan scan, ImportColumn column)
    {
        if (Empty(scan, column))
        {
            return null;
        }

        var word = PlainText.Of(scan.Raw(column));
        return column.Allowed!.TryGetValue(word, out var code) ? code
            : column.Allowed.Values.FirstOrDefault(known => known.Equals(word, StringComparison.OrdinalIgnoreCase))
              ?? scan.Refuse<string?>(column, "unknown_choice", $"须为 {string.Join("、", column.Allowed.Keys)} 之一。");
    }

    public static string[] List(this RowScan scan, ImportColumn column, int most, int max)
    {
        if (Empty(scan, column))
        {
            return [];
        }

        var entries = ListText.Split(scan.Raw(column));
        if (entries.Length > most)
        {
            scan.Refuse(column, "too_many_entries", $"最多 {most} 项。");
        }

        if (entries.FirstOrDefault(entry => entry.Length > max) is { } tooLong)
        {
            scan.Refuse(column, "too_long", $"每项不能超过 {max} 个字符（“{CellText.Excerpt(tooLong)}”）。");
        }

        // Of a column that keeps its text, what can be read is read.
        return [.. entries.Where(entry => entry.Length <= max).Take(most)];
    }

    /// <summary>Pay in any wording; unread when empty.</summary>
    public static Wage Pay(this RowScan scan, ImportColumn column) => Empty(scan, column) || Wages.Of((scan.Raw(column), scan.UnitOf(column)), scan.Raw(column)) is not { Outcome: not WageOutcome.NotParsed } wage
        ? Unpaid(scan, column) : wage;

    /// <summary>One figure of pay, yuan per month.</summary>
    public static int? PayFigure(this RowScan scan, ImportColumn column)
    {
        var wage = scan.Pay(column);
        return wage.Outcome != WageOutcome.Parsed || wage.Min == wage.Max ? wage.Min
            : scan.Refuse<int?>(column, "not_one_figure", "须为一个数，如 6000 或 6千。");
    }

    /// <summary>Least years of experience; null also when nothing is asked for.</summary>
    public static int? Experience(this RowScan scan, ImportColumn column) => Empty(scan, column) ? null
        : ExperienceText.TryParse(scan.Raw(column), out var years) ? years
        : scan.Refuse<int?>(column, "unknown_experience", "须为年限，如 3年以上、1-3年、应届、不限。");

    private static bool Empty(RowScan scan, ImportColumn column)
    {
        if (scan.Has(column))
        {
            return false;
        }

        if (column.Required)
        {
            scan.Refuse(column, "required", "必填。");
        }

        return true;
    }

    private static Wage Unpaid(RowScan scan, ImportColumn column)
    {
        if (scan.Has(column))
        {
            scan.Refuse(column, "not_a_wage", "须为工资，如 6000、6千-1万、8-12K、200元/天、面议；没有单位的须为元/月。");
        }

        return default;
    }
}
