using Matching.Service.Data;

namespace Matching.Service.Jobs;

internal sealed class JobStore(TenantSession session)
{
    private const string Select = """
        SELECT r.id, r.job, r.planned_for, r.argument, r.state,
               CASE WHEN r.state = 'SUCCEEDED' THEN 100 ELSE p.percent END AS percent, p.pieces, p.pieces_done, p.done, p.total, r.error, r.created_at, r.started_at, r.finished_at
        FROM job_run r
        CROSS JOIN LATERAL (
            SELECT count(*)::int AS pieces, (count(*) FILTER (WHERE s.state = 'DONE'))::int AS pieces_done, coalesce(sum(s.done), 0)::bigint AS done, coalesce(sum(s.total), 0)::bigint AS total,
                   coalesce(floor(99 * avg(CASE WHEN s.state = 'DONE' THEN 1.0 WHEN s.total > 0 THEN least(1.0, s.done::numeric / s.total) ELSE 0 END)), 0)::int AS percent
            FROM job_shard s WHERE (s.consortium_id, s.run_id) = (r.consortium_id, r.id) AND s.phase = 'WORK') p
        WHERE r.consortium_id = current_consortium()
        """;

    private const string FindSql = $"{Select} AND r.id = @Id";

    private const string ListSql = $"""
        {Select}
          AND (@After::bigint IS NULL OR r.id < @After)
          AND (@Job::text IS NULL OR r.job = @Job)
          AND (@State::text IS NULL OR r.state = @State)
        ORDER BY r.id DESC
        LIMIT @Take + 1
        """;

    private const string LatestSql = $"{Select} AND r.id IN (SELECT max(id) FROM job_run WHERE consortium_id = current_consortium() GROUP BY job)";

    private const string PiecesSql = """
        SELECT number, phase, state, attempts, node, done, total, note, error
        FROM job_shard WHERE consortium_id = current_consortium() AND run_id = @Id ORDER BY number LIMIT 1000
        """;

    // Pieces in hand notice within a heartbeat. A save that passed its fence before this commits still lands; every later one is refused.
    private const string CancelSql = """
        UPDATE job_run SET state = 'CANCELLED', finished_at = now()
        WHERE consortium_id = current_consortium() AND id = @Id AND state IN ('PLANNED', 'RUNNING')
        """;

    public Task<JobRun?> FindAsync(long id, CancellationToken ct) => session.FindAsync<JobRun>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<JobRun>> ListAsync(JobRunQuery query, CancellationToken ct) =>
        session.QueryAsync<JobRun>(ListSql, new { After = query.After?.Id, query.Job, query.State, query.Take }, ct);

    public Task<IReadOnlyList<JobRun>> LatestAsync(CancellationToken ct) => session.QueryAsync<JobRun>(LatestSql, null, ct);

    public Task<IReadOnlyList<JobPiece>> PiecesAsync(long id, CancellationToken ct) => session.QueryAsync<JobPiece>(PiecesSql, new { Id = id }, ct);

    public Task<long> StartAsync(string job, string argument, CancellationToken ct) => JobLedger.EnqueueNowAsync(session, job, argument, ct);

    /// <summary>False when the run is over already.</summary>
    public async Task<bool> CancelAsync(long id, CancellationToken ct) => await session.ExecuteAsync(CancelSql, new { Id = id }, ct) == 1;
}
