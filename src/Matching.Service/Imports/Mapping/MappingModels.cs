using Matching.Service.Http;

namespace Matching.Service.Imports.Mapping;

/// <summary>A column of an uploaded file and what it was found to be (列映射).</summary>
/// <param name="Header">As written in the file.</param>
/// <param name="Field">Key of the field it is, or would be; null: none.</param>
/// <param name="FieldHeader">The field's name for people.</param>
/// <param name="By">LEARNED (a remembered correction), SYNONYM (by its name), CONTENT (by its cells), UNKNOWN, or PERSONAL (dropped unread).</param>
/// <param name="Confidence">0–100.</param>
/// <param name="Applied">The column is read as this field; false: it is only proposed, or left out.</param>
/// <param name="Filled">Rows whose cell is not empty.</param>
/// <param name="KeptAsText">Cells that could not be read and were kept as they are.</param>
/// <param name="Samples">Up to five distinct cells of the first 200 rows.</param>
public sealed record ImportedColumn(
    string Header, string? Field, string? FieldHeader, string By, int Confidence, bool Applied, int Filled, int KeptAsText, IReadOnlyList<CellSample> Samples);

/// <summary>A cell and how it is read.</summary>
/// <param name="Text">As written, personal numbers blotted out.</param>
/// <param name="ReadAs">What is understood, in words; null where the text is taken as it is or the column is not read.</param>
public sealed record CellSample(string Text, string? ReadAs);

/// <summary>Corrects how the columns of an import are understood, for this file and the next ones with the same headers.</summary>
/// <param name="Columns">Header as written → key of the field (<c>wage</c>), or null to leave the column out. Headers not named stay as proposed.</param>
public sealed record WriteMapping(IReadOnlyDictionary<string, string?> Columns);

/// <summary>A remembered correction (已记住的列映射): files of this organization with the same headers are read by it.</summary>
/// <param name="Id">Number of the mapping.</param>
/// <param name="OrganizationId">Whose it is; null: the operator's.</param>
/// <param name="Kind">Kind of import.</param>
/// <param name="Headers">The headers it stands for; their order does not matter.</param>
/// <param name="Columns">Header → key of the field, null: left out.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record ImportMapping(long Id, long? OrganizationId, string Kind, IReadOnlyList<string> Headers, IReadOnlyDictionary<string, string?> Columns, DateTime UpdatedAt);

/// <summary>Filters of the list.</summary>
public sealed record MappingQuery(
    [property: OneOf("organizations", "demands", "programs", "graduates", "placements")] string? Kind = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
