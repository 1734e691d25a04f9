using Matching.Service.Jobs;

namespace Matching.Service.Features.Demands;

/// <summary>
/// Closes what is over (到期关闭), after midnight for the day that begins: demands whose last valid day has passed, and those without one that nobody confirmed for as long as
/// the region says. The closing day is the day it was over, not the day the job ran, so days without the service are made up for and a second run finds nothing.
/// </summary>
internal sealed class ExpireDemandsJob : IJob
{
    public static JobSpec Spec { get; } = new("expire-demands", "需求到期关闭", Cron: "0 10 0 * * ?");

    private const string ExpireSql = """
        WITH rule AS (SELECT (own_demand_rule()).*),
        over AS (
            SELECT d.consortium_id, d.id, d.valid_through IS NOT NULL AS by_date, l.last_day, rule.expire_days
            FROM demand d
            CROSS JOIN rule
            CROSS JOIN LATERAL (SELECT coalesce(d.valid_through, CASE WHEN rule.expire_days IS NOT NULL THEN greatest(d.opened_on, d.confirmed_on + rule.expire_days) END) AS last_day) l
            WHERE d.consortium_id = current_consortium() AND d.state IN ('OPEN', 'PAUSED') AND l.last_day < @Today
            FOR UPDATE OF d),
        expired AS (
            UPDATE demand d SET state = 'EXPIRED', closed_on = over.last_day FROM over WHERE (d.consortium_id, d.id) = (over.consortium_id, over.id)
            RETURNING d.consortium_id, d.id, over.last_day, over.by_date, over.expire_days)
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, note)
        SELECT consortium_id, id, last_day, 'EXPIRED', CASE WHEN by_date THEN '有效期届满' ELSE format('%s 天未确认', expire_days) END FROM expired
        """;

    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(shard.PlannedFor, DateTimeKind.Utc), JobSpec.TimeZone));
        await using var session = await shard.OpenAsync(ct);
        var expired = await session.ExecuteAsync(ExpireSql, new { Today = today }, ct);
        await session.CommitAsync(ct);
        await shard.ReportAsync(expired, expired, $"到期关闭 {expired} 条", ct);
    }
}
