using Matching.Engine.Normalizing;
using Matching.Service.Imports.Files;
using Matching.Service.Imports.Mapping;

namespace Matching.Service.Imports;

/// <summary>One row while its kind reads it: its cells by column, and every problem met on the way, so that a sender sees all of a row's at once. <see cref="TypedCells"/> reads more than text.</summary>
internal sealed class RowScan
{
    // Of a text that could not be read; more of it helps nobody.
    private const int KeptCharacters = 500;

    private readonly FileRow _row;
    private readonly ColumnPlan _plan;
    private List<CellProblem>? _problems;
    private List<CellProblem>? _notes;
    private Dictionary<string, string>? _unparsed;

    /// <param name="row">The row as read.</param>
    /// <param name="plan">Which cell is which column.</param>
    public RowScan(FileRow row, ColumnPlan plan)
    {
        (_row, _plan) = (row, plan);
        if (row.Broken is { } broken)
        {
            Problem(broken with { Value = PersonalData.Mask(broken.Value) });
        }
        else if (plan.Twice is { } twice)
        {
            Problem(new CellProblem(twice.Header, "", "duplicate_header", $"“{twice.Header}”与另一列同指“{twice.Field!.Header}”。"));
        }

        foreach (var (column, cell) in plan.Searched)
        {
            if (PersonalData.Find(row.Cells[cell]) is { } what)
            {
                Refuse(column, "personal_data", $"疑似含有{what}；平台不接收个人身份信息，请删去后再上传。");
            }
        }
    }

    public int Number => _row.Number;

    public IReadOnlyList<CellProblem> Problems => _problems ?? [];

    /// <summary>What could not be read and does not refuse the row.</summary>
    public IReadOnlyList<CellProblem> Notes => _notes ?? [];

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

    /// <summary>The cell as found, for problems that compare columns.</summary>
    public string Raw(ImportColumn column) => _plan.CellOf(column) is >= 0 and var cell ? _row.Cells[cell] : "";

    /// <summary>Whether the cell has text, without the complaint about a required one.</summary>
    public bool Has(ImportColumn column) => Raw(column).Length > 0;

    /// <summary>What the column's header says of figures of pay.</summary>
    public WageUnit UnitOf(ImportColumn column) => _plan.UnitOf(column);

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
        (_notes ??= []).Add(new CellProblem(Header(column), CellText.Excerpt(PersonalData.Mask(Raw(column))), code, reason));

    /// <summary>Refuses the row for a cell, even of a column that keeps its text.</summary>
    public void RefuseRow(ImportColumn column, string code, string reason) => Add(Header(column), Raw(column), code, reason);

    /// <summary>Refuses the cell and stands for the value that is not there.</summary>
    public T? Refuse<T>(ImportColumn column, string code, string reason)
    {
        Refuse(column, code, reason);
        return default;
    }

    private string Header(ImportColumn column) => _plan.CellOf(column) is >= 0 and var cell ? _row.Headers[cell] : column.Header;

    private void Add(string header, string text, string code, string reason) =>
        Problem(new CellProblem(header, CellText.Excerpt(PersonalData.Mask(text)), code, reason));

    private void Problem(CellProblem problem) => (_problems ??= []).Add(problem);
}
