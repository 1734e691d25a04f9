using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>Reads a page of a list, the one of this moment where memory has it and the stored one otherwise, and explains each pair by the code that scored it.</summary>
internal sealed class MatchReader(TenantSession session, MatchStore store, ReferenceTables reference, ResidentMatches resident, TimeProvider time)
{
    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    /// <summary>Null when the demand does not exist or its matches are not the caller's to see.</summary>
    public async Task<DemandMatches?> OfDemandAsync(long id, MatchQuery query, CancellationToken ct)
    {
        if (!await store.IsOwnAsync(MatchSide.Demand, id, ct) || await MatchLoader.DemandsAsync(session, [id], ct) is not [var demand])
        {
            return null;
        }

        // Exports page longer than a caller may; they show the stored list, which does not move between pages.
        var live = query.Take <= MatchQuery.MostTake ? resident.OfDemand(session.Tenant.ConsortiumId, demand) : null;
        var stored = live is null ? await store.FindAsync(MatchSide.Demand, id, ct) : null;
        if (live is null && stored is null)
        {
            return new DemandMatches(id, null, null, false, false, [], null);
        }

        var (page, next) = Slice(live ?? PackedMatches.Unpack(stored!.Matches), query);
        var graduates = (await MatchLoader.GraduatesAsync(session, Ids(page), consentedOnly: true, ct)).ToDictionary(row => row.Id);
        var graph = await MatchLoader.SkillsAsync(session, ct);
        var names = await MatchLoader.SkillNamesAsync(session, [.. demand.SkillIds, .. graduates.Values.SelectMany(row => row.SkillIds)], ct);
        var profile = demand.ToProfile(reference);
        GraduateMatch[] items = [.. page.Where(entry => graduates.ContainsKey(entry.Match.Id)).Select(entry => graduates[entry.Match.Id] is var row
            ? MatchShowing.Graduate(entry.Rank, entry.Match, profile, row, new Candidate(row.ToProfile(reference), graph), names, reference, query.IsFull) : null!)];
        return stored is null
            ? new DemandMatches(id, time.GetUtcNow().UtcDateTime, Weights.Version, Stale: false, Live: true, items, next)
            : new DemandMatches(id, stored.ComputedAt, stored.WeightsVersion, IsStale(stored, demand.UpdatedAt), Live: false, items, next);
    }

    /// <summary>Null when the graduate does not exist or his matches are not the caller's to see.</summary>
    public async Task<GraduateMatches?> OfGraduateAsync(long id, MatchQuery query, CancellationToken ct)
    {
        if (!await store.IsOwnAsync(MatchSide.Graduate, id, ct) || await MatchLoader.GraduatesAsync(session, [id], consentedOnly: false, ct) is not [var graduate])
        {
            return null;
        }

        if (await store.FindAsync(MatchSide.Graduate, id, ct) is not { } stored)
        {
            return new GraduateMatches(id, null, null, false, false, [], null);
        }

        var (page, next) = Slice(PackedMatches.Unpack(stored.Matches), query);
        var demands = (await MatchLoader.DemandsAsync(session, Ids(page), ct)).ToDictionary(row => row.Id);
        var names = await MatchLoader.SkillNamesAsync(session, demands.Values.SelectMany(row => row.SkillIds), ct);
        var candidate = new Candidate(graduate.ToProfile(reference), await MatchLoader.SkillsAsync(session, ct));
        return new GraduateMatches(id, stored.ComputedAt, stored.WeightsVersion, IsStale(stored, graduate.UpdatedAt), Live: false, [.. page
            .Where(entry => demands.ContainsKey(entry.Match.Id)).Select(entry => demands[entry.Match.Id] is var row
                ? MatchShowing.Demand(entry.Rank, entry.Match, row, row.ToProfile(reference), candidate, names, reference, query.IsFull) : null!)], next);
    }

    // A page ends at a rank: lists are short and replaced as a whole, so a rank is the only place in them that lasts.
    private static ((int Rank, RankedMatch Match)[] Page, string? Next) Slice(RankedMatch[] matches, MatchQuery query)
    {
        var skip = (int)Math.Min(query.After?.Id ?? 0, matches.Length);
        var page = matches.Skip(skip).Take(query.Take).Select((match, i) => (skip + i + 1, match)).ToArray();
        return (page, skip + page.Length < matches.Length ? new Cursor(skip + page.Length).ToString() : null);
    }

    private static long[] Ids((int Rank, RankedMatch Match)[] page) => [.. page.Select(entry => entry.Match.Id)];

    private static bool IsStale(StoredMatches stored, DateTime changedAt) => changedAt > stored.ComputedAt || stored.WeightsVersion != Weights.Version;
}
