using System.Text.Json;
using Matching.Engine.Indicators;
using Matching.Service.Jobs;
using Matching.Service.Reference;

namespace Matching.Service.Features.Bulletins;

/// <summary>What a run is asked for; by schedule: the period that has just ended.</summary>
internal sealed record DraftArgument(string Period, string? Correction);

/// <summary>Drafts the bulletin of a period: read everything at one moment, compute, save. A period that has its draft already is left alone.</summary>
internal abstract class DraftBulletinJob(PeriodKind kind, ReferenceTables reference)
{
    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        var (period, correction) = Read(shard);
        await shard.ReportAsync(0, 3, "读取数据", ct);
        var (tables, cutOff) = await ComputeAsync(shard, period, ct);
        await shard.ReportAsync(2, 3, "写入", ct);

        // Dying before the commit leaves nothing; after it, the repeat finds the revision and does nothing.
        await using var session = await shard.OpenAsync(ct);
        var store = new BulletinStore(session);
        var latest = await store.LatestAsync(period, ct);
        if (latest is null || (latest.State == "PUBLISHED" && correction.Length > 0))
        {
            await store.InsertAsync(period, (latest?.Revision ?? 0) + 1, latest is null ? "" : correction, cutOff, tables, ct);
            await session.CommitAsync(ct);
        }
    }

    private async Task<(IReadOnlyList<BulletinTable>, DateTime)> ComputeAsync(JobShard shard, Period period, CancellationToken ct)
    {
        await using var reading = shard.OpenForReading();
        var cutOff = await reading.FindAsync<DateTime>("SELECT now()", null, ct);
        var facts = await BulletinFacts.LoadAsync(reading, period, ct);
        await shard.ReportAsync(1, 3, "计算", ct);
        return (BulletinTables.Make(new BulletinInput(facts, period, reference)), cutOff);
    }

    private (Period Period, string Correction) Read(JobShard shard)
    {
        var argument = shard.Argument.Length == 0 ? null : JsonSerializer.Deserialize<DraftArgument>(shard.Argument, JsonSerializerOptions.Web);
        if (argument is not null && Period.TryParse(argument.Period, out var asked))
        {
            return (asked, argument.Correction ?? "");
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(shard.PlannedFor, DateTimeKind.Utc), JobSpec.TimeZone));
        return (Period.LastBefore(kind, today), "");
    }
}

/// <summary>月调度, on the first of each month.</summary>
internal sealed class MonthlyBulletinJob(ReferenceTables reference) : DraftBulletinJob(PeriodKind.Monthly, reference), IJob
{
    public static JobSpec Spec { get; } = new("bulletin-monthly", "月调度草稿", "0 0 3 1 * ?");
}

/// <summary>季通报, on the first day after each quarter.</summary>
internal sealed class QuarterlyBulletinJob(ReferenceTables reference) : DraftBulletinJob(PeriodKind.Quarterly, reference), IJob
{
    public static JobSpec Spec { get; } = new("bulletin-quarterly", "季通报草稿", "0 20 3 1 1,4,7,10 ?");
}

/// <summary>年总结, on the fifth of January.</summary>
internal sealed class AnnualBulletinJob(ReferenceTables reference) : DraftBulletinJob(PeriodKind.Annual, reference), IJob
{
    public static JobSpec Spec { get; } = new("bulletin-annual", "年总结草稿", "0 40 3 5 1 ?");
}
