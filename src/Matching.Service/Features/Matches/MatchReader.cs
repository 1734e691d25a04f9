using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>Reads a page of a stored list and explains each pair by the code that scored it.</summary>
internal sealed class MatchReader(TenantSession session, MatchStore store, ReferenceTables reference)
{
    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    /// <summary>Null when the demand does not exist or its matches are not the caller's to see.</summary>
    public async Task<DemandMatches?> OfDemandAsync(long id, MatchQuery query, CancellationToken ct)
    {
        if (!await store.IsOwnAsync(MatchSide.Demand, id, ct) || await MatchLoader.DemandsAsync(session, [id], ct) is not [var demand])
        {
            return null;
        }

        if (await store.FindAsync(MatchSide.Demand, id, ct) is not { } stored)
        {
            return new DemandMatches(id, null, null, false, [], null);
        }

        var (page, next) = Slice(stored, query);
        var graduates = (await MatchLoader.GraduatesAsync(session, Ids(page), consentedOnly: true, ct)).ToDictionary(row => row.Id);
        var graph = await MatchLoader.SkillsAsync(session, ct);
        var names = await MatchLoader.SkillNamesAsync(session, [.. demand.SkillIds, .. graduates.Values.SelectMany(row => row.SkillIds)], ct);
        var profile = demand.ToProfile(reference);
        return new DemandMatches(id, stored.ComputedAt, stored.WeightsVersion, IsStale(stored, demand.UpdatedAt), [.. page
            .Where(entry => graduates.ContainsKey(entry.Match.Id))
            .Select(entry => Show(entry, profile, graduates[entry.Match.Id], graph, names))], next);
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
            return new GraduateMatches(id, null, null, false, [], null);
        }

        var (page, next) = Slice(stored, query);
        var demands = (await MatchLoader.DemandsAsync(session, Ids(page), ct)).ToDictionary(row => row.Id);
        var names = await MatchLoader.SkillNamesAsync(session, demands.Values.SelectMany(row => row.SkillIds), ct);
        var candidate = new Candidate(graduate.ToProfile(reference), await MatchLoader.SkillsAsync(session, ct));
        return new GraduateMatches(id, stored.ComputedAt, stored.WeightsVersion, IsStale(stored, graduate.UpdatedAt), [.. page
            .Where(entry => demands.ContainsKey(entry.Match.Id))
            .Select(entry => Show(entry, demands[entry.Match.Id], candidate, names))], next);
    }

    private GraduateMatch Show((int Rank, RankedMatch Match) entry, DemandProfile demand, GraduateRow row, SkillGraph graph, IReadOnlyDictionary<long, string> names) => new(
        entry.Rank, MatchTexts.Points(entry.Match.Points), MatchTexts.Of(entry.Match.Verdict),
        new MatchedGraduate(
            row.Id, row.Reference, row.SchoolId, row.SchoolName, row.ProgramName, new CodeName(row.MajorCode, reference.Majors.NameOf(row.MajorCode)), row.Cohort,
            [.. row.Skills.Select(skill => names[skill])], [.. row.Certificates.Select(certificate => names[certificate])]),
        MatchExplaining.Of(entry.Match, Explainer.Explain(Weights, demand, new Candidate(row.ToProfile(reference), graph)), names));

    private DemandMatch Show((int Rank, RankedMatch Match) entry, DemandRow row, Candidate candidate, IReadOnlyDictionary<long, string> names) => new(
        entry.Rank, MatchTexts.Points(entry.Match.Points), MatchTexts.Of(entry.Match.Verdict),
        new MatchedDemand(
            row.Id, row.Title, row.OrganizationId, row.OrganizationName,
            row.OccupationCode is null ? null : new CodeName(row.OccupationCode, reference.Occupations.NameOf(row.OccupationCode)),
            new CodeName(row.RegionCode, reference.Regions.NameOf(row.RegionCode)), row.WageMin, row.WageMax, row.SeatsLeft, row.Priority),
        MatchExplaining.Of(entry.Match, Explainer.Explain(Weights, row.ToProfile(reference), candidate), names));

    // A page ends at a rank: lists are short and replaced as a whole, so a rank is the only place in them that lasts.
    private static ((int Rank, RankedMatch Match)[] Page, string? Next) Slice(StoredMatches stored, MatchQuery query)
    {
        var matches = PackedMatches.Unpack(stored.Matches);
        var skip = (int)Math.Min(query.After?.Id ?? 0, matches.Length);
        var page = matches.Skip(skip).Take(query.Take).Select((match, i) => (skip + i + 1, match)).ToArray();
        return (page, skip + page.Length < matches.Length ? new Cursor(skip + page.Length).ToString() : null);
    }

    private static long[] Ids((int Rank, RankedMatch Match)[] page) => [.. page.Select(entry => entry.Match.Id)];

    private static bool IsStale(StoredMatches stored, DateTime changedAt) => changedAt > stored.ComputedAt || stored.WeightsVersion != Weights.Version;
}
