using System.Globalization;
using Matching.Service.Jobs;

namespace Matching.Service.Features.Plans;

/// <summary>
/// Computes one plan (分配方案): load, compute, save, in one piece, for an allocation is one decision about everybody. The argument is the plan's number.
/// Cut off before its last commit it leaves rows that the repeat removes; after it, the repeat finds the plan finished and does nothing.
/// </summary>
internal sealed class PlanJob : IJob
{
    private const int Steps = 100;
    private const int Loaded = 30;
    private const int Computed = 60;

    public static JobSpec Spec { get; } = new("plan", "生成分配方案", Cron: null, Retries: 1, OnRequest: false);

    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        var id = long.Parse(shard.Argument, CultureInfo.InvariantCulture);
        await shard.ReportAsync(0, Steps, "读取数据", ct);
        if (await LoadAsync(shard, id, ct) is not (var plan, var input))
        {
            return;
        }

        await shard.ReportAsync(Loaded, Steps, "计算", ct);
        var computed = PlanComputation.Compute(input, plan.Objective, plan.K);
        await shard.ReportAsync(Computed, Steps, "写入", ct);
        await new PlanSaving(shard, id, input).SaveAsync(
            computed, (done, of) => shard.ReportAsync(Computed + ((Steps - Computed - 1) * (long)done / Math.Max(of, 1)), Steps, "写入", ct), ct);
    }

    // Null when the plan was deleted meanwhile or is finished.
    private static async Task<(Plan Plan, PlanInput Input)?> LoadAsync(JobShard shard, long id, CancellationToken ct)
    {
        await using var reading = shard.OpenForReading();
        return await new PlanStore(reading).FindAsync(id, ct) is { Plan: { State: not "DONE" } plan }
            ? (plan, await new PlanLoader(reading, plan.K).LoadAsync(plan.Scope, plan.Rules, ct))
            : null;
    }
}
