using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Jobs;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>The lists of a piece, still to be saved; ids ascend and run in parallel with the packed lists.</summary>
internal sealed record MatchLists(long[] Ids, byte[][] Packed, DateTime ComputedAt, int WeightsVersion);

/// <summary>Computes the lists of one piece: reads its rows, searches the other side for each, packs what was found.</summary>
internal sealed class MatchComputation(JobShard shard, ReferenceTables reference, MatchIndexes indexes, MatchClock clock)
{
    /// <summary>How many of the best a list keeps.</summary>
    public const int ListLength = 50;

    // So many rows are searched for together; then it is told how far it is.
    private const int RowsTogether = 256;

    private static readonly ScoreWeights Weights = ScoreWeights.Default;
    private readonly Scratch _scratch = new();

    public Task<MatchLists> ComputeAsync(MatchPiece piece, CancellationToken ct) =>
        piece.Side == MatchSide.Demand ? OfDemandsAsync(piece.Range, ct) : OfGraduatesAsync(piece.Range, ct);

    private async Task<MatchLists> OfDemandsAsync(MatchRange range, CancellationToken ct)
    {
        var (readAt, _, demands) = await DemandsAsync(range, ct);
        // Companies are offered only those who agreed.
        var searched = await IndexAsync(async () =>
        {
            GraduateIndexBuilder? builder = null;
            var (at, tables) = await GraduatesAsync(MatchRange.All, consentedOnly: true, graph => (builder = new(Weights, graph)).Add, ct);
            return new Searched<GraduateIndex>(at, tables.Graph, clock.Indexing(builder!.Build));
        }, ct);
        var packed = await clock.MatchingAsync(() => SearchAsync(demands, demand => demand.Occupation?.Full ?? -1, rows => searched.Index.SearchAll(rows, ListLength, _scratch), ct));
        return new([.. demands.Select(demand => demand.Id)], packed, Earlier(readAt, searched.ReadAt), Weights.Version);
    }

    private async Task<MatchLists> OfGraduatesAsync(MatchRange range, CancellationToken ct)
    {
        // A graduate's own list needs nobody's consent.
        var graduates = new List<GraduateProfile>();
        var (readAt, _) = await GraduatesAsync(range, consentedOnly: false, _ => graduates.Add, ct);
        var searched = await IndexAsync(async () =>
        {
            var (at, tables, demands) = await DemandsAsync(MatchRange.All, ct);
            return new Searched<DemandIndex>(at, tables.Graph, clock.Indexing(() => new DemandIndex(Weights, demands, tables.Graph)));
        }, ct);
        var packed = await clock.MatchingAsync(() => SearchAsync(
            graduates, graduate => graduate.Occupations is [var first, ..] ? first.Full : -1,
            rows => searched.Index.SearchAll([.. rows.Select(graduate => new Candidate(graduate, searched.Graph))], ListLength, _scratch), ct));
        return new([.. graduates.Select(graduate => graduate.Id)], packed, Earlier(readAt, searched.ReadAt), Weights.Version);
    }

    // Neighbours in occupation are looked for in the same lists of the index, so they are taken together.
    private async Task<byte[][]> SearchAsync<T>(List<T> rows, Func<T, int> place, Func<T[], RankedMatch[][]> search, CancellationToken ct)
    {
        var (packed, done) = (new byte[rows.Count][], 0);
        foreach (var together in Enumerable.Range(0, rows.Count).OrderBy(i => place(rows[i])).Chunk(RowsTogether))
        {
            var lists = search([.. together.Select(at => rows[at])]);
            for (var i = 0; i < together.Length; i++)
            {
                packed[together[i]] = PackedMatches.Pack(lists[i]);
            }

            ct.ThrowIfCancellationRequested();
            await shard.ReportAsync(done += together.Length, rows.Count, "", ct);
        }

        return packed;
    }

    private Task<Searched<T>> IndexAsync<T>(Func<Task<Searched<T>>> make, CancellationToken ct) => indexes.GetAsync(shard.ConsortiumId, shard.RunId, make, ct);

    private Task<(DateTime, MatchTables, List<DemandProfile>)> DemandsAsync(MatchRange range, CancellationToken ct) => clock.LoadingAsync(async () =>
    {
        await using var session = shard.OpenForReading();
        var at = await session.FindAsync<DateTime>("SELECT now()", null, ct);
        var tables = await MatchTables.LoadAsync(session, reference, ct);
        return (at, tables, await MatchCopy.DemandsAsync(session, tables, range, ct));
    });

    // The taker is made once the graph of the skills is known.
    private Task<(DateTime, MatchTables)> GraduatesAsync(MatchRange range, bool consentedOnly, Func<SkillGraph, Action<GraduateProfile>> taker, CancellationToken ct) => clock.LoadingAsync(async () =>
    {
        await using var session = shard.OpenForReading();
        var at = await session.FindAsync<DateTime>("SELECT now()", null, ct);
        var tables = await MatchTables.LoadAsync(session, reference, ct);
        await MatchCopy.GraduatesAsync(session, tables, range, consentedOnly, taker(tables.Graph), ct);
        return (at, tables);
    });

    // What changes after the earlier of the two makes a list stale.
    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    /// <summary>The other side, indexed. Immutable, so the pieces of a run on one node share it.</summary>
    /// <param name="ReadAt">The instant before anything of it was read.</param>
    /// <param name="Graph">How skills answer for each other in it.</param>
    /// <param name="Index">To be searched.</param>
    private sealed record Searched<T>(DateTime ReadAt, SkillGraph Graph, T Index);
}
