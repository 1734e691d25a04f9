using System.Text.Json;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Http;
using Matching.Service.Reference;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Matching.Service.Features.Matches;

/// <summary>Answers from memory. What it does not answer, be it that it does not know or that the caller may not, the database answers under its policies.</summary>
internal sealed class ResidentMatches(ResidentIndexes indexes, ReferenceTables reference, IOptions<JsonOptions> json, TimeProvider time) : IDisposable
{
    private readonly ThreadLocal<Scratch> _scratch = new(() => new Scratch());
    private readonly ThreadLocal<JsonPieces> _pieces = new(() => new JsonPieces());

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>
    /// The best demands of a graduate as of now, without asking the database. Null where the graduate is not there or not the caller's to see.
    /// Packing slows making down by a third, so gzip is sent from the second time on that a page is asked for.
    /// </summary>
    public PreparedJson<GraduateMatches>? OfGraduate(Caller caller, long id, MatchQuery query, bool takesGzip)
    {
        // Exports page longer than a caller may; they show the stored list, which does not move between pages.
        if (query.Take > MatchQuery.MostTake || caller.ConsortiumId is not { } consortium || indexes.Ready(consortium) is not { } set
            || !set.Graduates.TryGetValue(id, out var graduate) || !MaySee(caller, graduate.Row))
        {
            return null;
        }

        return Body(set, new PageKey(id, (int)Math.Min(query.After?.Id ?? 0, MatchComputation.ListLength), query.Take, query.IsFull, takesGzip)) is { } body ? new(body) : null;
    }

    /// <summary>A page of a graduate's list as JSON; null where he is not there.</summary>
    internal ReadyJson? Body(ResidentSet set, PageKey key)
    {
        // The view before the rows: a page of rows that are newer than its view is made again with the next one, the other way round it would stay.
        var view = set.View;
        if (!set.Graduates.TryGetValue(key.Graduate, out var graduate))
        {
            return null;
        }

        var known = set.Pages.Find(key, graduate, view, set.Weights);
        if (known?.Body is { } ready)
        {
            return ready;
        }

        var length = Math.Min(key.Skip + key.Take + 1, MatchComputation.ListLength);
        var list = known?.List ?? view.Demands.Search(graduate.Candidate, length, _scratch.Value!);
        var last = Math.Min(key.Skip + key.Take, list.Length);
        var next = last < list.Length ? new Cursor(last) : null;
        var json = key.IsFull ? Full(set, list, key.Skip, last, graduate, next) : Brief(set, list, key.Skip, last, graduate, next);
        if (known is null)
        {
            set.Pages.Keep(key, new ResidentPage(view.Version, list, length));
            return new(json, IsPacked: false);
        }

        var body = key.IsPacked ? ReadyJson.Pack(json) : new(json, IsPacked: false);
        set.Pages.Keep(known, body);
        return body;
    }

    /// <summary>The best graduates of a demand as of now, of those who agreed to be shown; null where it is not there. Who of them the caller sees the database says.</summary>
    public RankedMatch[]? OfDemand(long? consortium, DemandRow demand) =>
        consortium is { } of && indexes.Ready(of) is { } set && set.Demands.ContainsKey(demand.Id)
            ? set.View.Graduates.Search(demand.ToProfile(reference), MatchComputation.ListLength, _scratch.Value!)
            : null;

    public void Dispose()
    {
        _scratch.Dispose();
        _pieces.Dispose();
    }

    /// <summary>A graduate's list is his school's and the staff's.</summary>
    internal static bool MaySee(Caller caller, GraduateRow graduate) =>
        caller.IsStaff || (caller.Role == ApiRoles.School && caller.OrganizationId == graduate.SchoolId);

    internal byte[] Brief(ResidentSet set, RankedMatch[] list, int first, int last, ResidentGraduate graduate, Cursor? next)
    {
        var pieces = _pieces.Value!;
        BriefPage.Begin(pieces, graduate.Row.Id, JsonSerializer.SerializeToUtf8Bytes(time.GetUtcNow().UtcDateTime, Options), set.Weights.Version);
        var isFirst = true;
        for (var i = first; i < last; i++)
        {
            // Closed since the view was taken: the next one is without it.
            if (set.Demands.TryGetValue(list[i].Id, out var demand))
            {
                var explanation = Explainer.Explain(set.Weights, demand.Profile, graduate.Candidate, MatchExplaining.BriefRaises);
                BriefPage.AddMatch(pieces, isFirst, i + 1, list[i], demand.Shown ??= new(demand, set.Names, reference, Options), explanation);
                isFirst = false;
            }
        }

        BriefPage.End(pieces, next);
        return pieces.ToArray();
    }

    private byte[] Full(ResidentSet set, RankedMatch[] list, int first, int last, ResidentGraduate graduate, Cursor? next)
    {
        List<DemandMatch> items = [];
        for (var i = first; i < last; i++)
        {
            if (set.Demands.TryGetValue(list[i].Id, out var demand))
            {
                items.Add(MatchShowing.Demand(i + 1, list[i], demand.Row, demand.Profile, graduate.Candidate, set.Names, reference, full: true));
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new GraduateMatches(graduate.Row.Id, time.GetUtcNow().UtcDateTime, set.Weights.Version, Stale: false, Live: true, items, next?.ToString()), Options);
    }
}
