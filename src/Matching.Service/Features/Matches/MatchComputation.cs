using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>Computes one part of a consortium's lists: loads both sides in one snapshot, searches the part's rows, hands the lists back to be saved.</summary>
internal static class MatchComputation
{
    /// <summary>How many of the best a list keeps.</summary>
    public const int ListLength = 50;

    private const int ReportEvery = 100;

    public static async Task<MatchPartResult> ComputeAsync(
        TenantSession session, ReferenceTables reference, MatchSide side, int part, int parts, Func<int, int, Task> report, CancellationToken ct)
    {
        // The instant before anything was read: what changes later makes the list stale.
        var computedAt = await session.FindAsync<DateTime>("SELECT now()", null, ct);
        var weights = ScoreWeights.Default;
        var graph = await MatchLoader.SkillsAsync(session, ct);
        var demands = (await MatchLoader.OpenDemandsAsync(session, ct)).Select(row => row.ToProfile(reference)).ToArray();
        // Companies are offered only those who agreed; a graduate's own list needs nobody's consent.
        var candidates = (await MatchLoader.SeekingGraduatesAsync(session, consentedOnly: side == MatchSide.Demand, ct))
            .Select(row => new Candidate(row.ToProfile(reference), graph)).ToArray();

        var lists = side == MatchSide.Demand
            ? await SearchAsync([.. demands.Where(demand => demand.Id % parts == part)], Searcher(new GraduateIndex(weights, candidates)), demand => demand.Id, report, ct)
            : await SearchAsync([.. candidates.Where(candidate => candidate.Profile.Id % parts == part)], Searcher(new DemandIndex(weights, demands)), candidate => candidate.Profile.Id, report, ct);
        return new MatchPartResult(side, part, parts, computedAt, weights.Version, lists);
    }

    private static Func<DemandProfile, RankedMatch[]> Searcher(GraduateIndex index)
    {
        var scratch = new Scratch();
        return demand => index.Search(demand, ListLength, scratch);
    }

    private static Func<Candidate, RankedMatch[]> Searcher(DemandIndex index)
    {
        var scratch = new Scratch();
        return candidate => index.Search(candidate, ListLength, scratch);
    }

    private static async Task<IReadOnlyList<(long Id, RankedMatch[] Matches)>> SearchAsync<T>(
        T[] queries, Func<T, RankedMatch[]> search, Func<T, long> id, Func<int, int, Task> report, CancellationToken ct)
    {
        var lists = new List<(long, RankedMatch[])>(queries.Length);
        foreach (var query in queries)
        {
            lists.Add((id(query), search(query)));
            if (lists.Count % ReportEvery == 0)
            {
                ct.ThrowIfCancellationRequested();
                await report(lists.Count, queries.Length);
            }
        }

        return lists;
    }
}
