using Matching.Service.Jobs;

namespace Matching.Service.Changes;

/// <summary>How long changes can be read.</summary>
internal sealed record ChangeRetention(TimeSpan Kept);

/// <summary>Removes changes that are older than the installation keeps them (清理变更记录). Who stopped before them is told so.</summary>
internal sealed class TrimChangesJob(ChangeRetention retention) : IJob
{
    public static JobSpec Spec { get; } = new("trim-changes", "清理过期的变更记录", Cron: "0 40 2 * * ?");

    // The floor rises in the transaction of the removal, so nobody reads past a hole. Entries are nearly in the order of their time; the last old one decides.
    private const string TrimSql = """
        WITH old AS (
            DELETE FROM change_log WHERE consortium_id = current_consortium() AND at < @Before RETURNING id)
        INSERT INTO change_floor (consortium_id, entry, at)
        SELECT current_consortium(), max(id), @Before FROM old HAVING count(*) > 0
        ON CONFLICT ON CONSTRAINT change_floor_pk DO UPDATE SET entry = greatest(change_floor.entry, EXCLUDED.entry), at = EXCLUDED.at
        """;

    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        await using var session = await shard.OpenAsync(ct);
        await session.ExecuteAsync(TrimSql, new { Before = shard.PlannedFor - retention.Kept }, ct);
        await session.CommitAsync(ct);
    }
}
