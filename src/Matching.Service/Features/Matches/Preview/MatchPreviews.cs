using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports.References;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>
/// What would match, from memory (试匹配). Persons are shown to companies and the staff, and the database says which under its policies; everybody else gets numbers,
/// in which nobody can be told. Demands are shown to whoever may read them.
/// </summary>
internal sealed class MatchPreviews(TenantSession session, PreviewStore store, LearnedTitles learned, ReferenceTables reference, Caller caller)
{
    private bool SeesPersons => caller.IsStaff || caller.Role == ApiRoles.Company;

    public async Task<PreviewedMatches> OfDemandAsync(ResidentSet set, PreviewDemand demand, int take, CancellationToken ct)
    {
        var words = await WordsAsync((demand.Skills ?? []).Select(skill => skill.Name), (demand.Certificates ?? []).Select(certificate => certificate.Name), ct);
        var occupation = demand.OccupationCode ?? reference.CodeTitle(demand.Title, await learned.OfAsync(demand.Title, ct)).Code;
        var company = (caller.Role == ApiRoles.Company ? caller.OrganizationId : demand.OrganizationId) ?? 0;
        var profile = PreviewProfiles.Of(demand, occupation, company, words, reference);
        var view = set.View;
        var counts = PreviewCounting.Of(view.Graduates.Documents.Select(candidate => PairScorer.Score(set.Weights, profile, candidate)), rounded: !SeesPersons);
        return new PreviewedMatches(
            counts, SeesPersons ? await ShowAsync(view.Graduates.Search(profile, take, new Scratch()), set, profile, words, ct) : [], [], words.Unknown, occupation);
    }

    public async Task<PreviewedMatches> OfProfileAsync(ResidentSet set, PreviewProfile profile, int take, CancellationToken ct)
    {
        var words = await WordsAsync((profile.Skills ?? []).Select(skill => skill.Name), profile.Certificates ?? [], ct);
        var candidate = new Candidate(PreviewProfiles.Of(profile, words, reference), set.Graph);
        var view = set.View;
        List<DemandMatch> shown = [];
        foreach (var match in caller.Role == ApiRoles.Platform ? [] : view.Demands.Search(candidate, take, new Scratch()))
        {
            // Closed since the view was taken.
            if (set.Demands.TryGetValue(match.Id, out var demand))
            {
                shown.Add(MatchShowing.Demand(shown.Count + 1, match, demand.Row, demand.Profile, candidate, set.Names, reference, full: true));
            }
        }

        var counts = PreviewCounting.Of(view.Demands.Documents.Select(demand => PairScorer.Score(set.Weights, demand, candidate)), rounded: false);
        return new PreviewedMatches(counts, [], shown, words.Unknown, null);
    }

    private async Task<PreviewWords> WordsAsync(IEnumerable<string> skills, IEnumerable<string> certificates, CancellationToken ct) =>
        new(await store.FindAsync("SKILL", skills, ct), await store.FindAsync("CERTIFICATE", certificates, ct));

    private async Task<IReadOnlyList<GraduateMatch>> ShowAsync(RankedMatch[] matches, ResidentSet set, DemandProfile demand, PreviewWords words, CancellationToken ct)
    {
        var rows = (await MatchLoader.GraduatesAsync(session, [.. matches.Select(match => match.Id)], consentedOnly: true, ct)).ToDictionary(row => row.Id);
        var names = new Dictionary<long, string>(await MatchLoader.SkillNamesAsync(session, rows.Values.SelectMany(row => row.SkillIds), ct));
        foreach (var (id, name) in words.Names)
        {
            names.TryAdd(id, name);
        }

        List<GraduateMatch> shown = [];
        foreach (var match in matches)
        {
            if (rows.TryGetValue(match.Id, out var row))
            {
                shown.Add(MatchShowing.Graduate(shown.Count + 1, match, demand, row, new Candidate(row.ToProfile(reference), set.Graph), names, reference, full: true));
            }
        }

        return shown;
    }
}
