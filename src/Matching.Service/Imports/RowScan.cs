using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>One row while its kind reads it: typed cells by column, and every problem met on the way, so that a sender sees all of a row's at once.</summary>
internal sealed class RowScan
{
    private readonly Dictionary<string, (string Header, string Text)> _cells;
    private readonly List<CellProblem> _problems = [];

    /// <param name="number">The row's number in the file.</param>
    /// <param name="columns">The columns of the kind.</param>
    /// <param name="cells">Column key → the header as written and the cell.</param>
    /// <param name="broken">Why the row as a whole cannot be read.</param>
    public RowScan(int number, IReadOnlyList<ImportColumn> columns, Dictionary<string, (string Header, string Text)> cells, CellProblem? broken = null)
    {
        Number = number;
        _cells = cells;
        if (broken is not null)
        {
            _problems.Add(broken with { Value = PersonalData.Mask(broken.Value) });
        }

        foreach (var column in columns.Where(column => !column.MayLookPersonal))
        {
            if (PersonalData.Find(Raw(column)) is { } what)
            {
                Refuse(column, "personal_data", $"疑似含有{what}；平台不接收个人身份信息，请删去后再上传。");
            }
        }
    }

    public int Number { get; }

    public IReadOnlyList<CellProblem> Problems => _problems;

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

        if (!CellParsers.TryInt(Raw(column), out var value))
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

        return CellParsers.TryShare(Raw(column), out var value)
            ? value is >= 0 and <= 1 ? value : Refuse<decimal?>(column, "out_of_range", "须在 0 到 100% 之间。")
            : Refuse<decimal?>(column, "not_a_number", "须为 0 到 1 的小数或百分数，如 60%。");
    }

    public DateOnly? Date(ImportColumn column)
    {
        if (Empty(column))
        {
            return null;
        }

        return CellParsers.TryDate(Raw(column), out var value)
            ? value.Year is >= 1980 and <= 2100 ? value : Refuse<DateOnly?>(column, "out_of_range", "年份须在 1980 到 2100 之间。")
            : Refuse<DateOnly?>(column, "not_a_date", "须为日期，如 2026-03-01、2026/3/1 或 2026年3月1日。");
    }

    public bool Flag(ImportColumn column)
    {
        if (Empty(column))
        {
            return false;
        }

        return CellParsers.TryFlag(Raw(column), out var value) ? value : Refuse<bool>(column, "not_a_flag", "须为“是”或“否”。");
    }

    /// <summary>The code of one of the column's allowed words (or the code itself); null when empty.</summary>
    public string? Choice(ImportColumn column)
    {
        if (Empty(column))
        {
            return null;
        }

        var word = CellParsers.Plain(Raw(column));
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

        var entries = CellParsers.List(Raw(column));
        if (entries.Length > most)
        {
            Refuse(column, "too_many_entries", $"最多 {most} 项。");
        }

        if (entries.FirstOrDefault(entry => entry.Length > max) is { } tooLong)
        {
            Add(Header(column), tooLong, "too_long", $"每项不能超过 {max} 个字符。");
        }

        return entries;
    }

    /// <summary>The cell as found, for problems that compare columns.</summary>
    public string Raw(ImportColumn column) => _cells.TryGetValue(column.Key, out var cell) ? cell.Text : "";

    /// <summary>Whether the cell has text, without the complaint about a required one.</summary>
    public bool Has(ImportColumn column) => Raw(column).Length > 0;

    public void Refuse(ImportColumn column, string code, string reason) => Add(Header(column), Raw(column), code, reason);

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

    private string Header(ImportColumn column) => _cells.TryGetValue(column.Key, out var cell) ? cell.Header : column.Header;

    private void Add(string header, string text, string code, string reason) =>
        _problems.Add(new CellProblem(header, CellText.Excerpt(PersonalData.Mask(text)), code, reason));
}
