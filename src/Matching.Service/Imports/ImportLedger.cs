using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Imports.Mapping;

namespace Matching.Service.Imports;

/// <summary>An import that this worker holds. Its token fences: every write says it, and finds nothing once another worker took the import over.</summary>
internal sealed record ClaimedImport(
    long Id, long Token, string Kind, string Mode, bool DryRun, string Role, long? OrganizationId, long? ApiKeyId, string? RequestId,
    long? ForOrganizationId, bool RegisterCompanies);

/// <summary>What is known of an import at its end.</summary>
internal sealed record ImportOutcome(
    string State, string? FailureCode, string? FailureReason, int Read, int Accepted, int Rejected, ImportCounts Counts, string Reasons, string Notes);

/// <summary>Takes imports and writes down how they go. Every statement after the taking is fenced by the token.</summary>
internal sealed class ImportLedger(TenantSession session)
{
    // A later token takes over from an earlier one; an ended import is nobody's.
    private const string TakeSql = """
        UPDATE import SET state = 'RUNNING', run_token = @Token, started_at = coalesce(started_at, now())
        WHERE consortium_id = current_consortium() AND id = @Id AND state IN ('QUEUED', 'RUNNING') AND run_token < @Token
        RETURNING id, run_token AS token, kind, mode, dry_run, role, organization_id, api_key_id, request_id,
                  for_organization_id, register_companies
        """;

    private const string ProgressSql = """
        UPDATE import SET percent = @Percent, rows_read = @Read
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string RecogniseSql = """
        UPDATE import SET format = @Format, encoding = @Encoding
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string ColumnsSql = """
        UPDATE import
        SET header_signature = @Signature, columns = @Columns::jsonb, missing_columns = @Missing, dropped_columns = @Dropped, ignored_columns = @Ignored
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string FinishSql = """
        UPDATE import
        SET state = @State, failure_code = @FailureCode, failure_reason = @FailureReason, percent = 100, rows_read = @Read, rows_accepted = @Accepted,
            rows_rejected = @Rejected, rows_created = @Created, rows_updated = @Updated, reasons = @Reasons::jsonb,
            notes = @Notes::jsonb, companies_registered = @Registered, finished_at = clock_timestamp()
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string ForgetUploadSql = "DELETE FROM import_chunk WHERE consortium_id = current_consortium() AND import_id = @Id";

    /// <summary>Null when the import has ended or somebody with a later token is at it.</summary>
    public Task<ClaimedImport?> TakeAsync(long id, long token, CancellationToken ct) => session.FindAsync<ClaimedImport>(TakeSql, new { Id = id, Token = token }, ct);

    /// <summary>False when the import was cancelled or taken over.</summary>
    public async Task<bool> ReportAsync(ClaimedImport import, int percent, int read, CancellationToken ct) =>
        await session.ExecuteAsync(ProgressSql, new { import.Id, import.Token, Percent = percent, Read = read }, ct) == 1;

    public Task RecogniseAsync(ClaimedImport import, string format, string? encoding, CancellationToken ct) =>
        session.ExecuteAsync(RecogniseSql, new { import.Id, import.Token, Format = format, Encoding = encoding }, ct);

    /// <summary>Writes down how the columns were understood.</summary>
    public Task DescribeAsync(ClaimedImport import, ColumnMap map, CancellationToken ct) => session.ExecuteAsync(ColumnsSql, new
    {
        import.Id, import.Token, map.Signature, Columns = JsonSerializer.Serialize(map.Report(), ImportJson.Options),
        Missing = map.Missing.Select(column => column.Header).ToArray(), Dropped = map.Dropped.ToArray(), Ignored = map.Ignored.ToArray(),
    }, ct);

    /// <summary>Ends the import and forgets its upload. False when it was cancelled or taken over: then nothing of this transaction may stay.</summary>
    public async Task<bool> FinishAsync(ClaimedImport import, ImportOutcome o, CancellationToken ct)
    {
        var held = await session.ExecuteAsync(FinishSql, new
        {
            import.Id, import.Token, o.State, o.FailureCode, o.FailureReason, o.Read, o.Accepted, o.Rejected, o.Counts.Created, o.Counts.Updated,
            o.Counts.Registered, o.Reasons, o.Notes,
        }, ct) == 1;
        return held && await session.ExecuteAsync(ForgetUploadSql, new { import.Id }, ct) >= 0;
    }
}
