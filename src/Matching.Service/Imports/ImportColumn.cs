namespace Matching.Service.Imports;

/// <summary>A column of an import file. Its header and key are a promise to senders: add synonyms, never rename.</summary>
/// <param name="Key">The name programs use in NDJSON and CSV (<c>regionCode</c>).</param>
/// <param name="Header">The name people use (工作地区); templates print it and problems name it.</param>
/// <param name="Help">What belongs in a cell, for the second sheet of the template.</param>
/// <param name="Required">An empty cell refuses the row.</param>
/// <param name="Example">A cell that is right, for the template.</param>
/// <param name="Allowed">The words a cell may hold, where they are few: word → code.</param>
/// <param name="Synonyms">Further headers that mean this column.</param>
internal sealed record ImportColumn(string Key, string Header, string Help, bool Required = false, string Example = "",
    IReadOnlyDictionary<string, string>? Allowed = null, params string[] Synonyms)
{
    /// <summary>Numbers of this column look like personal ones and are none (统一社会信用代码).</summary>
    public bool MayLookPersonal { get; init; }

    /// <summary>Every name the column answers to, in the form headers are compared in.</summary>
    public IEnumerable<string> Names => ((string[])[Key, Header, .. Synonyms]).Select(Files.CellText.HeaderKey);
}
