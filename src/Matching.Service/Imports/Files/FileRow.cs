namespace Matching.Service.Imports.Files;

/// <summary>One row of an uploaded file, whatever its format was: text under column headers.</summary>
/// <param name="Number">The row's number as the sender sees it: in a sheet or CSV the header has the first, in NDJSON the line's own.</param>
/// <param name="Headers">Column headers as written; shared by all rows of a sheet or CSV, a line's own keys in NDJSON.</param>
/// <param name="Cells">The texts below them, trimmed; an empty cell is "". As many as headers.</param>
/// <param name="Broken">Why the row as a whole cannot be read; then its cells may be incomplete.</param>
internal sealed record FileRow(int Number, IReadOnlyList<string> Headers, string[] Cells, CellProblem? Broken = null);

/// <summary>What is wrong with a cell or a row.</summary>
/// <param name="Column">The header as the sender wrote it; "" for the whole row.</param>
/// <param name="Value">An excerpt of the cell, never a personal number.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">For people, in Chinese.</param>
internal sealed record CellProblem(string Column, string Value, string Code, string Reason);

/// <summary>The file as a whole cannot be read; nothing of it is taken.</summary>
/// <param name="code">Stable, for programs.</param>
/// <param name="message">For people, in Chinese.</param>
internal sealed class FileRefusedException(string code, string message) : Exception(message)
{
    public string Code => code;
}
