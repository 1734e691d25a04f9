using System.Data;
using Matching.Service.Data;

namespace Matching.Service.Jobs;

/// <summary>The claim of a piece, as the database gave it.</summary>
internal sealed record ClaimedShard(
    long ConsortiumId, long RunId, int Number, string Phase, string Payload, int Attempts, long Token, string Job, DateTime PlannedFor, string Argument);

/// <summary>A piece of a run in the hands of a worker.</summary>
internal sealed class JobShard(ClaimedShard claim, TenantSessionFactory sessions)
{
    // Locks the piece against being claimed until this transaction is over, so what is written with it is written by its holder.
    private const string FenceSql = """
        SELECT s.token FROM job_shard s JOIN job_run r ON (r.consortium_id, r.id) = (s.consortium_id, s.run_id)
        WHERE s.consortium_id = @ConsortiumId AND s.run_id = @RunId AND s.number = @Number AND s.token = @Token AND s.state = 'RUNNING' AND r.state = 'RUNNING'
        FOR UPDATE OF s
        """;

    private const string ProgressSql = """
        UPDATE job_shard SET done = @done, total = @total, note = @note
        WHERE consortium_id = @ConsortiumId AND run_id = @RunId AND number = @Number AND token = @Token
        """;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);
    private DateTime _reported;

    public ClaimedShard Claim => claim;

    public long ConsortiumId => claim.ConsortiumId;

    public long RunId => claim.RunId;

    /// <summary>What <see cref="IJob.PlanAsync"/> said of this piece.</summary>
    public string Payload => claim.Payload;

    /// <summary>What the run was asked for with, such as a period; empty for planned runs.</summary>
    public string Argument => claim.Argument;

    /// <summary>The instant the run was planned for, UTC.</summary>
    public DateTime PlannedFor => claim.PlannedFor;

    /// <summary>Grows with every claim.</summary>
    public long Token => claim.Token;

    /// <summary>A session that only reads: what it sees needs no fence.</summary>
    public TenantSession OpenForReading() => sessions.Open(TenantContext.Job(ConsortiumId), IsolationLevel.RepeatableRead);

    /// <summary>A session for saving. What is written with it and committed was written by the holder of the piece, or not at all.</summary>
    /// <exception cref="RunLostException">The piece is no longer this worker's.</exception>
    public async Task<TenantSession> OpenAsync(CancellationToken ct)
    {
        var session = sessions.Open(TenantContext.Job(ConsortiumId));
        if (await session.FindAsync<long?>(FenceSql, claim, ct) is null)
        {
            await session.DisposeAsync();
            throw new RunLostException();
        }

        return session;
    }

    /// <summary>Tells how far the piece is; at most once a second reaches the database, except the last.</summary>
    public async Task ReportAsync(long done, long total, string note, CancellationToken ct)
    {
        var now = DateTime.UtcNow;
        if (done < total && now - _reported < ProgressEvery)
        {
            return;
        }

        _reported = now;
        await using var session = sessions.Open(TenantContext.Job(ConsortiumId));
        await session.ExecuteAsync(ProgressSql, new { claim.ConsortiumId, claim.RunId, claim.Number, claim.Token, done, total, note }, ct);
        await session.CommitAsync(ct);
    }
}
