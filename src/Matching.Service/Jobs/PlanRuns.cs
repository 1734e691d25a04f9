using Matching.Service.Data;
using Quartz;

namespace Matching.Service.Jobs;

/// <summary>
/// What the scheduler fires: puts one run per active consortium into the ledger for the fired instant. Fires once in the cluster; should it be cut off,
/// it is fired again and finds what it had planned.
/// </summary>
internal sealed class PlanRuns(TenantSessionFactory sessions) : Quartz.IJob
{
    public const string JobName = "job";

    private const string ConsortiaSql = "SELECT id FROM consortium WHERE id > 0 AND state = 'ACTIVE' ORDER BY id";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var plannedFor = (context.ScheduledFireTimeUtc ?? context.FireTimeUtc).UtcDateTime;
        var name = context.MergedJobDataMap.GetString(JobName)!;
        await using var planner = sessions.Open(TenantContext.Planner);
        foreach (var consortium in await planner.QueryAsync<long>(ConsortiaSql, null, cancellationToken))
        {
            await using var session = sessions.Open(TenantContext.Job(consortium));
            await JobLedger.EnqueueAsync(session, name, plannedFor, "", cancellationToken);
            await session.CommitAsync(cancellationToken);
        }
    }
}
