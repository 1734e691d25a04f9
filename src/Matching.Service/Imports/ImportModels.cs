using System.Text.Json;
using Matching.Service.Http;

namespace Matching.Service.Imports;

/// <summary>An uploaded file and what became of it (导入).</summary>
/// <param name="Id">Number of the import.</param>
/// <param name="Kind">organizations, demands, programs, graduates or placements.</param>
/// <param name="Mode">accept-valid: the valid rows are taken; all-or-nothing: none unless all are valid.</param>
/// <param name="DryRun">Checked only; nothing was or will be taken.</param>
/// <param name="State">QUEUED, RUNNING, DONE, REJECTED (all-or-nothing with refused rows), FAILED (the file as a whole) or CANCELLED.</param>
/// <param name="FailureCode">Why the file as a whole failed, for programs.</param>
/// <param name="FailureReason">The same for people.</param>
/// <param name="FileName">As the sender called it; only a label.</param>
/// <param name="Bytes">Size of the upload.</param>
/// <param name="Format">xlsx, csv or ndjson, recognised by content.</param>
/// <param name="Encoding">What a text file was written in.</param>
/// <param name="Percent">How far it is, 0–100.</param>
/// <param name="Read">Rows read so far, empty ones and the header not counted.</param>
/// <param name="Accepted">Rows without a problem.</param>
/// <param name="Rejected">Rows refused; see the rejected file.</param>
/// <param name="Created">New records.</param>
/// <param name="Updated">Known records that now hold what the file says.</param>
/// <param name="Reasons">Refused cells by reason, most frequent first.</param>
/// <param name="DroppedColumns">Personal columns of the file; they were not read.</param>
/// <param name="IgnoredColumns">Columns of the file that this kind does not have.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record Import(
    long Id, string Kind, string Mode, bool DryRun, string State, string? FailureCode, string? FailureReason, string FileName, long Bytes, string? Format,
    string? Encoding, int Percent, int Read, int Accepted, int Rejected, int Created, int Updated, IReadOnlyList<ImportReason> Reasons,
    IReadOnlyList<string> DroppedColumns, IReadOnlyList<string> IgnoredColumns, DateTime CreatedAt, DateTime? FinishedAt);

/// <summary>How often a reason occurred.</summary>
/// <param name="Code">Stable code of the reason.</param>
/// <param name="Column">The column's header; "" for the row as a whole.</param>
/// <param name="Count">Cells refused for it.</param>
/// <param name="Example">One of the explanations given.</param>
public sealed record ImportReason(string Code, string Column, int Count, string Example);

/// <summary>What to do with an upload.</summary>
public sealed record ImportRequest(
    [property: OneOf("organizations", "demands", "programs", "graduates", "placements")] string Kind,
    [property: OneOf("accept-valid", "all-or-nothing")] string Mode = "accept-valid",
    bool DryRun = false,
    [property: Text(200)] string? FileName = null);

/// <summary>Filters of the list.</summary>
public sealed record ImportQuery(
    [property: OneOf("organizations", "demands", "programs", "graduates", "placements")] string? Kind = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>The row as the database has it.</summary>
internal sealed record ImportRow(
    long Id, string Kind, string Mode, bool DryRun, string State, string? FailureCode, string? FailureReason, string FileName, long Bytes, string? Format,
    string? Encoding, short Percent, int RowsRead, int RowsAccepted, int RowsRejected, int RowsCreated, int RowsUpdated, string Reasons,
    string[] DroppedColumns, string[] IgnoredColumns, DateTime CreatedAt, DateTime? FinishedAt)
{
    public Import ToImport() => new(
        Id, Kind, Mode, DryRun, State, FailureCode, FailureReason, FileName, Bytes, Format, Encoding, Percent, RowsRead, RowsAccepted, RowsRejected,
        RowsCreated, RowsUpdated, JsonSerializer.Deserialize<List<ImportReason>>(Reasons, ImportJson.Options)!, DroppedColumns, IgnoredColumns, CreatedAt, FinishedAt);
}
