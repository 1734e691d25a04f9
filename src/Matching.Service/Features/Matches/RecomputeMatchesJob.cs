using System.Text.Json;
using Matching.Service.Jobs;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>
/// Every open demand against all graduates who look for work, and every such graduate against all open demands. Pieces save their lists beside the current ones;
/// the end makes them the current ones at once. Everything worth arguing about happens in Matching.Engine.
/// </summary>
internal sealed class RecomputeMatchesJob(ReferenceTables reference, MatchIndexes indexes) : IJob
{
    public static JobSpec Spec { get; } = new("recompute-matches", "重新计算匹配", Cron: "0 15 2 * * ?");

    public async Task<IReadOnlyList<PlannedPiece>> PlanAsync(JobShard plan, CancellationToken ct)
    {
        await using var session = plan.OpenForReading();
        var rows = plan.Argument.Length == 0 ? null : JsonSerializer.Deserialize<Size>(plan.Argument, JsonSerializerOptions.Web)?.Rows;
        return await MatchPlan.MakeAsync(session, rows is null ? null : Math.Clamp(rows.Value, 1, MatchPlan.MostRows), ct);
    }

    /// <summary>What a run may be asked for with.</summary>
    /// <param name="Rows">How many rows get their lists in a piece; null: as many as take seconds.</param>
    private sealed record Size(int? Rows = null);

    // Dying before the commit leaves nothing of the piece; dying after it repeats the piece with the same outcome.
    public async Task RunAsync(JobShard shard, CancellationToken ct)
    {
        var piece = MatchPiece.Parse(shard.Payload);
        var clock = new MatchClock();
        var lists = await new MatchComputation(shard, reference, indexes, clock).ComputeAsync(piece, ct);
        await clock.WritingAsync(async () =>
        {
            await using var saving = await shard.OpenAsync(ct);
            await MatchSets.SaveAsync(saving, piece, shard.RunId, lists, ct);
            await saving.CommitAsync(ct);
        });
        await shard.ReportAsync(lists.Ids.Length, lists.Ids.Length, clock.ToString(), ct);
    }

    // Dying between the two leaves the new lists current and the old ones to the repetition.
    public async Task FinishAsync(JobShard finish, CancellationToken ct)
    {
        await using (var publishing = await finish.OpenAsync(ct))
        {
            await MatchSets.PublishAsync(publishing, finish.RunId, ct);
            await publishing.CommitAsync(ct);
        }

        foreach (var side in Enum.GetValues<MatchSide>())
        {
            for (long? after = 0; after is { } reached;)
            {
                await using var removing = await finish.OpenAsync(ct);
                after = await MatchSets.RemoveOldAsync(removing, side, reached, finish.RunId, ct);
                await removing.CommitAsync(ct);
            }
        }
    }
}
