using Matching.Engine.Retrieval;
using Matching.Service.Http;
using Matching.Service.Reference;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Matching.Service.Features.Matches;

/// <summary>Answers from memory. What it does not answer, be it that it does not know or that the caller may not, the database answers under its policies.</summary>
internal sealed class ResidentMatches(ResidentIndexes indexes, ReferenceTables reference, IOptions<JsonOptions> json, TimeProvider time) : IDisposable
{
    private readonly ThreadLocal<Scratch> _scratch = new(() => new Scratch());

    /// <summary>The best demands of a graduate as of now, without asking the database. Null where the graduate is not there or not the caller's to see.</summary>
    public PreparedJson<GraduateMatches>? OfGraduate(Caller caller, long id, MatchQuery query)
    {
        // Exports page longer than a caller may; they show the stored list, which does not move between pages.
        if (query.Take > MatchQuery.MostTake || caller.ConsortiumId is not { } consortium || indexes.Ready(consortium) is not { } set
            || !set.Graduates.TryGetValue(id, out var graduate) || !MaySee(caller, graduate.Row))
        {
            return null;
        }

        return Body(set, id, (int)Math.Min(query.After?.Id ?? 0, MatchComputation.ListLength), query.Take) is { } body ? new(body) : null;
    }

    /// <summary>A page of a graduate's list as JSON; null where he is not there.</summary>
    internal PackedJson? Body(ResidentSet set, long id, int skip, int take)
    {
        // The view before the rows: a page of rows that are newer than its view is made again with the next one, the other way round it would stay.
        var view = set.View;
        if (!set.Graduates.TryGetValue(id, out var graduate))
        {
            return null;
        }

        if (set.Pages.Find(graduate, skip, take, view, set.Weights) is { } ready)
        {
            return ready;
        }

        var list = view.Demands.Search(graduate.Candidate, MatchComputation.ListLength, _scratch.Value!);
        var body = PackedJson.Of(Page(set, list, graduate, skip, take), json.Value.SerializerOptions);
        set.Pages.Keep(graduate.Row.Id, skip, take, view.Version, list, body);
        return body;
    }

    /// <summary>The best graduates of a demand as of now, of those who agreed to be shown; null where it is not there. Who of them the caller sees the database says.</summary>
    public RankedMatch[]? OfDemand(long? consortium, DemandRow demand) =>
        consortium is { } of && indexes.Ready(of) is { } set && set.Demands.ContainsKey(demand.Id)
            ? set.View.Graduates.Search(demand.ToProfile(reference), MatchComputation.ListLength, _scratch.Value!)
            : null;

    public void Dispose() => _scratch.Dispose();

    /// <summary>A graduate's list is his school's and the staff's.</summary>
    internal static bool MaySee(Caller caller, GraduateRow graduate) =>
        caller.IsStaff || (caller.Role == ApiRoles.School && caller.OrganizationId == graduate.SchoolId);

    private GraduateMatches Page(ResidentSet set, RankedMatch[] matches, ResidentGraduate graduate, int skip, int take)
    {
        var last = Math.Min(skip + take, matches.Length);
        List<DemandMatch> items = new(take);
        for (var i = skip; i < last; i++)
        {
            // Closed since the view was taken: the next one is without it.
            if (set.Demands.TryGetValue(matches[i].Id, out var demand))
            {
                items.Add(MatchShowing.Demand(i + 1, matches[i], demand.Row, demand.Profile, graduate.Candidate, set.Names, reference));
            }
        }

        return new GraduateMatches(
            graduate.Row.Id, time.GetUtcNow().UtcDateTime, set.Weights.Version, Stale: false, Live: true, items, last < matches.Length ? new Cursor(last).ToString() : null);
    }
}
