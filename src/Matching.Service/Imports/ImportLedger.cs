using Matching.Service.Data;

namespace Matching.Service.Imports;

/// <summary>An import that this node holds. Its token fences: every write says it, and finds nothing once another node took the import over.</summary>
internal sealed record ClaimedImport(
    long Id, long Token, string Kind, string Mode, bool DryRun, string Role, long? OrganizationId, long? ApiKeyId, string? RequestId);

/// <summary>What is known of an import at its end.</summary>
internal sealed record ImportOutcome(
    string State, string? FailureCode, string? FailureReason, int Read, int Accepted, int Rejected, int Created, int Updated, string Reasons);

/// <summary>Claims imports and writes down how they go. Every statement after the claim is fenced by the token.</summary>
internal sealed class ImportLedger(TenantSession session)
{
    // A dead node's import comes back when its lease ends; who is alive renews it with each report of progress.
    private const string ClaimSql = """
        UPDATE import SET state = 'RUNNING', run_token = run_token + 1, lease_until = now() + make_interval(secs => @LeaseSeconds), started_at = coalesce(started_at, now())
        WHERE consortium_id = current_consortium()
          AND id = (SELECT id FROM import
                    WHERE consortium_id = current_consortium() AND (state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < now()))
                    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, run_token AS token, kind, mode, dry_run, role, organization_id, api_key_id, request_id
        """;

    private const string ProgressSql = """
        UPDATE import SET percent = @Percent, rows_read = @Read, lease_until = now() + make_interval(secs => @LeaseSeconds)
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string RecogniseSql = """
        UPDATE import SET format = @Format, encoding = @Encoding
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string FinishSql = """
        UPDATE import
        SET state = @State, failure_code = @FailureCode, failure_reason = @FailureReason, percent = 100, rows_read = @Read, rows_accepted = @Accepted,
            rows_rejected = @Rejected, rows_created = @Created, rows_updated = @Updated, reasons = @Reasons::jsonb,
            dropped_columns = @Dropped, ignored_columns = @Ignored, lease_until = NULL, finished_at = now()
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string ReleaseSql = """
        UPDATE import SET state = 'QUEUED', lease_until = NULL
        WHERE consortium_id = current_consortium() AND id = @Id AND run_token = @Token AND state = 'RUNNING'
        """;

    private const string ForgetUploadSql = "DELETE FROM import_chunk WHERE consortium_id = current_consortium() AND import_id = @Id";

    /// <summary>How long a silent node keeps an import, in seconds; progress is reported far more often.</summary>
    public const int LeaseSeconds = 120;

    /// <summary>Takes the oldest import of the consortium that waits or whose node fell silent; null when there is none.</summary>
    public Task<ClaimedImport?> ClaimAsync(CancellationToken ct) => session.FindAsync<ClaimedImport>(ClaimSql, new { LeaseSeconds }, ct);

    /// <summary>False when the import was cancelled or taken over.</summary>
    public async Task<bool> ReportAsync(ClaimedImport import, int percent, int read, CancellationToken ct) =>
        await session.ExecuteAsync(ProgressSql, new { import.Id, import.Token, Percent = percent, Read = read, LeaseSeconds }, ct) == 1;

    public Task RecogniseAsync(ClaimedImport import, string format, string? encoding, CancellationToken ct) =>
        session.ExecuteAsync(RecogniseSql, new { import.Id, import.Token, Format = format, Encoding = encoding }, ct);

    /// <summary>Ends the import and forgets its upload. False when it was cancelled or taken over: then nothing of this transaction may stay.</summary>
    public async Task<bool> FinishAsync(ClaimedImport import, ImportOutcome o, IEnumerable<string> dropped, IEnumerable<string> ignored, CancellationToken ct)
    {
        var held = await session.ExecuteAsync(FinishSql, new
        {
            import.Id, import.Token, o.State, o.FailureCode, o.FailureReason, o.Read, o.Accepted, o.Rejected, o.Created, o.Updated, o.Reasons,
            Dropped = dropped.ToArray(), Ignored = ignored.ToArray(),
        }, ct) == 1;
        return held && await session.ExecuteAsync(ForgetUploadSql, new { import.Id }, ct) >= 0;
    }

    /// <summary>Gives the import back at once, for another attempt.</summary>
    public Task ReleaseAsync(ClaimedImport import, CancellationToken ct) => session.ExecuteAsync(ReleaseSql, new { import.Id, import.Token }, ct);
}
