using System.Globalization;
using Matching.Service.Jobs;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>Load, compute, save, for both sides of the pairs. Everything worth arguing about happens in Matching.Engine.</summary>
internal sealed class RecomputeMatchesJob(ReferenceTables reference) : IJob
{
    public static JobSpec Spec { get; } = new("recompute-matches", "重新计算匹配", Cron: "0 15 2 * * ?");

    // Every part loads both sides, so parts are few; enough of them that several workers share a big consortium.
    private const int RowsPerPart = 2_500;
    private const int MostParts = 16;

    private const string CountSql = """
        SELECT (SELECT count(*) FROM demand WHERE consortium_id = current_consortium() AND state = 'OPEN') AS demands,
               (SELECT count(*) FROM graduate WHERE consortium_id = current_consortium()) AS graduates
        """;

    public async Task<IReadOnlyList<string>> PlanAsync(JobShard plan, CancellationToken ct)
    {
        await using var session = plan.OpenForReading();
        var (demands, graduates) = await session.FindAsync<(long, long)>(CountSql, null, ct);
        return [.. Parts(MatchSide.Demand, demands), .. Parts(MatchSide.Graduate, graduates)];
    }

    // Dying before the commit leaves the lists of the last run; dying after it repeats the part with the same outcome.
    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        var words = shard.Payload.Split(' ');
        var (side, part, parts) = (Enum.Parse<MatchSide>(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
        MatchPartResult result;
        await using (var reading = shard.OpenForReading())
        {
            result = await MatchComputation.ComputeAsync(reading, reference, side, part, parts, (done, total) => shard.ReportAsync(done, total, "", ct), ct);
        }

        await using var saving = await shard.OpenAsync(ct);
        await MatchStore.ReplaceAsync(saving, result, shard.RunId, shard.Token, ct);
        await saving.CommitAsync(ct);
    }

    private static IEnumerable<string> Parts(MatchSide side, long rows)
    {
        var parts = (int)Math.Clamp((rows + RowsPerPart - 1) / RowsPerPart, 1, MostParts);
        return Enumerable.Range(0, parts).Select(part => string.Create(CultureInfo.InvariantCulture, $"{side} {part} {parts}"));
    }
}
