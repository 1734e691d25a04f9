using Matching.Engine.Normalizing;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;
using Matching.Service.Reference;

namespace Matching.Service.Imports;

/// <summary>One row while its kind reads it: typed cells by column, and every problem met on the way, so that a sender sees all of a row's at once.</summary>
internal sealed class RowScan
{
    // Figures and days repeat from row to row. Some 100 kB each when full.
    private static readonly Remembered<(string Text, WageUnit Unit), Wage> Wages = new(1_000, cell => WageText.Parse(cell.Text, cell.Unit));
    private static readonly Remembered<string, DateOnly?> Days = new(1_000, text => DateText.TryParse(text, out var day) ? day : null);

    // Of a text that could not be read; more of it helps nobody.
    private const int KeptCharacters = 500;

    private readonly FileRow _row;
    private readonly ColumnPlan _plan;
    private readonly List<CellProblem> _problems = [];
    private readonly List<CellProblem> _notes = [];
    private Dictionary<string, string>? _unparsed;

    /// <param name="row">The row as read.</param>
    /// <param name="plan">Which cell is which column.</param>
    /// <param name="columns">The columns of the kind.</param>
    public RowScan(FileRow row, ColumnPlan plan, IReadOnlyList<ImportColumn> columns)
    {
        (_row, _plan) = (row, plan);
        if (row.Broken is { } broken)
        {
            _problems.Add(broken with { Value = PersonalData.Mask(broken.Value) });
        }
        else if (plan.Twice is { } twice)
        {
            _problems.Add(new CellProblem(twice.Header, "", "duplicate_header", $"“{twice.Header}”与另一列同指“{twice.Field!.Header}”。"));
        }

        foreach (var column in columns)
        {
            if (!column.MayLookPersonal && PersonalData.Find(Raw(column)) is { } what)
            {
                Refuse(column, "personal_data", $"疑似含有{what}；平台不接收个人身份信息，请删去后再上传。");
            }
        }
    }

    public int Number => _row.Number;

    public IReadOnlyList<CellProblem> Problems => _problems;

    /// <summary>What could not be read and does not refuse the row.</summary>
    public IReadOnlyList<CellProblem> Notes => _notes;

    /// <summary>The texts that could not be read, by the key of their column; null: none.</summary>
    public IReadOnlyDictionary<string, string>? Unparsed => _unparsed;

    /// <summary>The cell's text, "" when empty; too long is a problem.</summary>
    public string Text(ImportColumn column, int max)
    {
        var text = Raw(column);
        if (text.Length > max)
        {
            Refuse(column, "too_long", $"不能超过 {max} 个字符。");
        }
        else if (text.Length == 0 && column.Required)
        {
            Refuse(column, "required", "必填。");
        }

        return text;
    }

    /// <summary>The cell's text or null when empty.</summary>
    public string? TextOrNull(ImportColumn column, int max) => Text(column, max) is { Length: > 0 } text ? text : null;

    public int? Int(ImportColumn column, int min, int max)
    {
        if (Empty(column))
        {
            return null;
        }

        if (!NumberText.TryInt(Raw(column), out var value))
        {
            Refuse(column, "not_a_number", "须为整数。");
            return null;
        }

        return value >= min && value <= max ? value : Refuse<int?>(column, "out_of_range", $"须在 {min} 到 {max} 之间。");
    }

    /// <summary>A share between 0 and 1.</summary>
    public decimal? Share(ImportColumn column)
    {
        if (Empty(column))
        {
            return null;
        }

        return NumberText.TryShare(Raw(column), out var value)
            ? value is >= 0 and <= 1 ? value : Refuse<decimal?>(column, "out_of_range", "须在 0 到 100% 之间。")
            : Refuse<decimal?>(column, "not_a_number", "须为 0 到 1 的小数或百分数，如 60%。");
    }

    public DateOnly? Date(ImportColumn column)
    {
        if (Empty(column))
        {
            return null;
        }

        return Days.Of(Raw(column), Raw(column)) is { } value
            ? value.Year is >= 1980 and <= 2100 ? value : Refuse<DateOnly?>(column, "out_of_range", "年份须在 1980 到 2100 之间。")
            : Refuse<DateOnly?>(column, "not_a_date", "须为日期，如 2026-03-01、2026/3/1 或 2026年3月1日。");
    }

    public bool Flag(ImportColumn column)
    {
        if (Empty(column))
        {
            return false;
        }

        return NumberText.TryFlag(Raw(column), out var value) ? value : Refuse<bool>(column, "not_a_flag", "须为“是”或“否”。");
    }

    /// <summary>The code of one of the column's allowed words (or the code itself); null when empty.</summary>
    public string? Choice(ImportColumn column)
    {
        if (Empty(column))
        {
            return null;
        }

        var word = PlainText.Of(Raw(column));
        return column.Allowed!.TryGetValue(word, out var code) ? code
            : column.Allowed.Values.FirstOrDefault(known => known.Equals(word, StringComparison.OrdinalIgnoreCase))
              ?? Refuse<string?>(column, "unknown_choice", $"须为 {string.Join("、", column.Allowed.Keys)} 之一。");
    }

    public string[] List(ImportColumn column, int most, int max)
    {
        if (Empty(column))
        {
            return [];
        }

        var entries = ListText.Split(Raw(column));
        if (entries.Length > most)
        {
            Refuse(column, "too_many_entries", $"最多 {most} 项。");
        }

        if (entries.FirstOrDefault(entry => entry.Length > max) is { } tooLong)
        {
            Refuse(column, "too_long", $"每项不能超过 {max} 个字符（“{CellText.Excerpt(tooLong)}”）。");
        }

        // Of a column that keeps its text, what can be read is read.
        return [.. entries.Where(entry => entry.Length <= max).Take(most)];
    }

    /// <summary>Pay in any wording; unread when empty.</summary>
    public Wage Pay(ImportColumn column) => Empty(column) || Wages.Of((Raw(column), _plan.UnitOf(column)), Raw(column)) is not { Outcome: not WageOutcome.NotParsed } wage
        ? Unpaid(column) : wage;

    /// <summary>One figure of pay, yuan per month.</summary>
    public int? PayFigure(ImportColumn column)
    {
        var wage = Pay(column);
        return wage.Outcome != WageOutcome.Parsed || wage.Min == wage.Max ? wage.Min
            : Refuse<int?>(column, "not_one_figure", "须为一个数，如 6000 或 6千。");
    }

    /// <summary>Least years of experience; null also when nothing is asked for.</summary>
    public int? Experience(ImportColumn column) => Empty(column) ? null
        : ExperienceText.TryParse(Raw(column), out var years) ? years
        : Refuse<int?>(column, "unknown_experience", "须为年限，如 3年以上、1-3年、应届、不限。");

    /// <summary>The cell as found, for problems that compare columns.</summary>
    public string Raw(ImportColumn column) => _plan.CellOf(column) is >= 0 and var cell ? _row.Cells[cell] : "";

    /// <summary>Whether the cell has text, without the complaint about a required one.</summary>
    public bool Has(ImportColumn column) => Raw(column).Length > 0;

    /// <summary>What is wrong with a cell: it refuses the row or, where the column keeps its text, is noted and the text kept.</summary>
    public void Refuse(ImportColumn column, string code, string reason)
    {
        if (column.KeepsText && code is not ("personal_data" or "required"))
        {
            Keep(column, code, reason);
        }
        else
        {
            Add(Header(column), Raw(column), code, reason);
        }
    }

    /// <summary>Keeps the cell's text and notes why; the row is not refused.</summary>
    public void Keep(ImportColumn column, string code, string reason)
    {
        if (Raw(column) is { Length: > 0 } text && (_unparsed ??= []).TryAdd(column.Key, text.Length <= KeptCharacters ? text : text[..KeptCharacters]))
        {
            Note(column, code, reason);
        }
    }

    /// <summary>Says something of a cell, or of its absence, that does not refuse the row.</summary>
    public void Note(ImportColumn column, string code, string reason) =>
        _notes.Add(new CellProblem(Header(column), CellText.Excerpt(PersonalData.Mask(Raw(column))), code, reason));

    /// <summary>Refuses the row for a cell, even of a column that keeps its text.</summary>
    public void RefuseRow(ImportColumn column, string code, string reason) => Add(Header(column), Raw(column), code, reason);

    /// <summary>Refuses the cell and stands for the value that is not there.</summary>
    public T? Refuse<T>(ImportColumn column, string code, string reason)
    {
        Refuse(column, code, reason);
        return default;
    }

    private bool Empty(ImportColumn column)
    {
        if (Has(column))
        {
            return false;
        }

        if (column.Required)
        {
            Refuse(column, "required", "必填。");
        }

        return true;
    }

    private Wage Unpaid(ImportColumn column)
    {
        if (Has(column))
        {
            Refuse(column, "not_a_wage", "须为工资，如 6000、6千-1万、8-12K、200元/天、面议；没有单位的须为元/月。");
        }

        return default;
    }

    private string Header(ImportColumn column) => _plan.CellOf(column) is >= 0 and var cell ? _row.Headers[cell] : column.Header;

    private void Add(string header, string text, string code, string reason) =>
        _problems.Add(new CellProblem(header, CellText.Excerpt(PersonalData.Mask(text)), code, reason));
}
