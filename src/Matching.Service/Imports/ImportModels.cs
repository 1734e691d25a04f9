using System.Text.Json;
using Matching.Service.Http;
using Matching.Service.Imports.Mapping;

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
/// <param name="Columns">Every column of the file: which field it was found to be, how, how sure, and samples with how they are read.</param>
/// <param name="MissingColumns">Fields that no column of the file feeds, by their names for people.</param>
/// <param name="Notes">What of accepted rows could not be read and was kept as text, or is worth knowing (headcount not stated), by reason, most frequent first.</param>
/// <param name="CompaniesRegistered">Companies entered because the file names them, to be confirmed.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record Import(
    long Id, string Kind, string Mode, bool DryRun, string State, string? FailureCode, string? FailureReason, string FileName, long Bytes, string? Format,
    string? Encoding, int Percent, int Read, int Accepted, int Rejected, int Created, int Updated, IReadOnlyList<ImportReason> Reasons,
    IReadOnlyList<string> DroppedColumns, IReadOnlyList<string> IgnoredColumns, IReadOnlyList<ImportedColumn> Columns, IReadOnlyList<string> MissingColumns,
    IReadOnlyList<ImportReason> Notes, int CompaniesRegistered, DateTime CreatedAt, DateTime? FinishedAt);

/// <summary>How often a reason occurred.</summary>
/// <param name="Code">Stable code of the reason.</param>
/// <param name="Column">The column's header; "" for the row as a whole.</param>
/// <param name="Count">Cells refused for it.</param>
/// <param name="Example">One of the explanations given.</param>
public sealed record ImportReason(string Code, string Column, int Count, string Example);

/// <summary>What to do with an upload.</summary>
/// <param name="Kind">organizations, demands, programs, graduates or placements.</param>
/// <param name="Mode">accept-valid or all-or-nothing.</param>
/// <param name="DryRun">true: only read and judged; the answer shows how every column is understood.</param>
/// <param name="FileName">A label.</param>
/// <param name="OrganizationId">Whose the rows are that name no organization; from the office, and from an organization its own.</param>
/// <param name="RegisterCompanies">true: companies that the file names and nobody knows yet are entered, to be confirmed; from the office, for demands.</param>
public sealed record ImportRequest(
    [property: OneOf("organizations", "demands", "programs", "graduates", "placements")] string Kind,
    [property: OneOf("accept-valid", "all-or-nothing")] string Mode = "accept-valid",
    bool DryRun = false,
    [property: Text(200)] string? FileName = null,
    long? OrganizationId = null,
    bool RegisterCompanies = false);

/// <summary>Filters of the list.</summary>
public sealed record ImportQuery(
    [property: OneOf("organizations", "demands", "programs", "graduates", "placements")] string? Kind = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>The row as the database has it.</summary>
internal sealed record ImportRow(
    long Id, string Kind, string Mode, bool DryRun, string State, string? FailureCode, string? FailureReason, string FileName, long Bytes, string? Format,
    string? Encoding, short Percent, int RowsRead, int RowsAccepted, int RowsRejected, int RowsCreated, int RowsUpdated, string Reasons,
    string[] DroppedColumns, string[] IgnoredColumns, string Columns, string[] MissingColumns, string Notes, int CompaniesRegistered, string? HeaderSignature,
    DateTime CreatedAt, DateTime? FinishedAt)
{
    public Import ToImport() => new(
        Id, Kind, Mode, DryRun, State, FailureCode, FailureReason, FileName, Bytes, Format, Encoding, Percent, RowsRead, RowsAccepted, RowsRejected,
        RowsCreated, RowsUpdated, Read<ImportReason>(Reasons), DroppedColumns, IgnoredColumns, Read<ImportedColumn>(Columns), MissingColumns, Read<ImportReason>(Notes),
        CompaniesRegistered, CreatedAt, FinishedAt);

    private static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, ImportJson.Options)!;
}
