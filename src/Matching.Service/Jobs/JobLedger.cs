using Matching.Service.Data;

namespace Matching.Service.Jobs;

/// <summary>Puts runs into the ledger. The row commits with the caller's own rows, so work is neither lost nor started for something that never happened.</summary>
internal static class JobLedger
{
    public const string Channel = "matching_jobs";

    // Planning a run that is planned already changes nothing; whoever comes second finds it.
    private const string EnqueueSql = """
        WITH planned AS (
            INSERT INTO job_run (consortium_id, job, planned_for, argument, requested_by)
            VALUES (current_consortium(), @Job, @PlannedFor, @Argument, nullif(current_setting('app.key', true), '')::bigint)
            ON CONFLICT ON CONSTRAINT job_run_planned_once DO NOTHING
            RETURNING consortium_id, id),
        first AS (
            INSERT INTO job_shard (consortium_id, run_id, number, phase) SELECT consortium_id, id, 0, 'PLAN' FROM planned RETURNING run_id)
        SELECT id FROM planned, (SELECT pg_notify('matching_jobs', '')) AS told
        """;

    /// <summary>The new run's id; null when that very run is planned already.</summary>
    public static Task<long?> EnqueueAsync(TenantSession session, string job, DateTime plannedFor, string argument, CancellationToken ct) =>
        session.FindAsync<long?>(EnqueueSql, new { Job = job, PlannedFor = plannedFor, Argument = argument }, ct);

    /// <summary>A run of its own, asked for now.</summary>
    public static async Task<long> EnqueueNowAsync(TenantSession session, string job, string argument, CancellationToken ct)
    {
        for (var plannedFor = DateTime.UtcNow; ; plannedFor = plannedFor.AddMilliseconds(1))
        {
            if (await EnqueueAsync(session, job, plannedFor, argument, ct) is { } id)
            {
                return id;
            }
        }
    }
}
