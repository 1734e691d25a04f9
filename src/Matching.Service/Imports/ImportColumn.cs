namespace Matching.Service.Imports;

/// <summary>What the cells of a column hold, and so which parser of the engine reads them.</summary>
internal enum CellContent
{
    Text,
    Whole,
    Share,
    Date,
    Flag,
    Choice,
    List,
    Education,
    Experience,
    Headcount,
    Industry,
    Occupation,

    /// <summary>A place as a whole, or several.</summary>
    Place,

    /// <summary>A province, city or county beside columns with the others.</summary>
    PlacePart,

    /// <summary>Pay in any wording: figures, a range, 面议.</summary>
    Wage,

    /// <summary>One figure of pay.</summary>
    WageFigure,
}

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
    /// <summary>Headers that mean this column only where no other header of the file does (职位关键词 for a title).</summary>
    public string[] Weak { get; init; } = [];

    /// <summary>Which parser reads the cells.</summary>
    public CellContent Content { get; init; } = Allowed is null ? CellContent.Text : CellContent.Choice;

    /// <summary>A cell that cannot be read does not refuse its row: the text is kept, and the outcome says so.</summary>
    public bool KeepsText { get; init; }

    /// <summary>Numbers of this column look like personal ones and are none (统一社会信用代码).</summary>
    public bool MayLookPersonal { get; init; }

    /// <summary>Every name the column answers to, in the form headers are compared in.</summary>
    public IEnumerable<string> Names => ((string[])[Key, Header, .. Synonyms]).Select(Files.CellText.HeaderKey);
}
