using Matching.Service.Http;

namespace Matching.Service.Features.Bulletins;

/// <summary>A bulletin (供需通报: 月调度, 季通报, 年总结) without its tables.</summary>
/// <param name="Id">Number of the bulletin.</param>
/// <param name="Kind">MONTHLY, QUARTERLY or ANNUAL.</param>
/// <param name="Period">2026-10, 2026Q3 or 2026.</param>
/// <param name="RegionCode">The consortium's region.</param>
/// <param name="Revision">1, and one more with each correction.</param>
/// <param name="State">DRAFT → REVIEWED → PUBLISHED.</param>
/// <param name="Title">Its title.</param>
/// <param name="CutOff">The moment all its tables show, UTC.</param>
/// <param name="Correction">What a later revision corrects; empty for the first.</param>
/// <param name="PublishedAt">Published at, UTC.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Bulletin(
    long Id, string Kind, string Period, string RegionCode, int Revision, string State, string Title, DateTime CutOff, string Correction, DateTime? PublishedAt,
    int Version) : IVersioned;

/// <summary>A frozen table.</summary>
/// <param name="Key">Stable identity.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Formula">Formulas and their versions.</param>
/// <param name="Prose">One or two sentences, written from the same cells.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells row by row.</param>
public sealed record BulletinTable(string Key, string Title, string Formula, string Prose, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows);

/// <summary>A figure or a label.</summary>
/// <param name="Text">What is printed: the figure, "—" for no figure, "*" for a suppressed one.</param>
/// <param name="Value">The figure itself; null when there is none or it is suppressed.</param>
/// <param name="Numerator">What a rate is made of; null when suppressed.</param>
/// <param name="Denominator">What it is over; null when suppressed.</param>
public sealed record Cell(string Text, decimal? Value = null, decimal? Numerator = null, decimal? Denominator = null);

/// <summary>A bulletin with its tables.</summary>
public sealed record BulletinDetail(Bulletin Bulletin, IReadOnlyList<BulletinTable> Tables);

/// <summary>Asks for the draft of a period that is over.</summary>
/// <param name="Period">2026-10, 2026Q3 or 2026.</param>
/// <param name="Correction">What is corrected, when the period has a published bulletin already; makes the next revision.</param>
public sealed record DraftBulletin([Format("^[0-9]{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$", " 2026-10、2026Q3 或 2026 这样的期间")] string Period, [Text(500)] string? Correction = null);

/// <summary>A cell that differs between a revision and the one before.</summary>
public sealed record CellChange(string Table, string Row, string Column, string Before, string After);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record BulletinQuery(
    [property: OneOf("MONTHLY", "QUARTERLY", "ANNUAL")] string? Kind = null,
    [property: OneOf("DRAFT", "REVIEWED", "PUBLISHED")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
