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
    private readonly ThreadLocal<PairReasons> _reasons = new(() => new PairReasons());
    private readonly ThreadLocal<ShownDemand?[]> _shown = new(() => new ShownDemand?[MatchQuery.MostTake]);

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>
    /// The best demands of a graduate as of now, without asking the database. Null where the graduate is not there or not the caller's to see.
    /// Packing slows making down by a third, so gzip is sent from the second time on that a page is asked for.
    /// </summary>
    public PreparedJson<GraduateMatches>? OfGraduate(Caller caller, long id, MatchQuery query, bool takesGzip) =>
        Find(caller, id, query) is { } set && Body(set, Key(id, query, takesGzip)) is { } body ? new(body) : null;

    /// <summary>Sends the same; null where there is nothing to be sent.</summary>
    public Task? TrySend(HttpContext http, Caller caller, long id, MatchQuery query) =>
        Find(caller, id, query) is { } set && Page(set, Key(id, query, ReadyJson.TakesGzip(http.Request))) is var page
            ? page.Kept is { } kept ? kept.SendAsync(http) : page.Made is { } made ? ReadyJson.SendAsync(http, made.Written, isPacked: false) : null
            : null;

    /// <summary>A page of a graduate's list as JSON; null where he is not there.</summary>
    internal ReadyJson? Body(ResidentSet set, PageKey key)
    {
        var (kept, made) = Page(set, key);
        return kept ?? (made is null ? null : new(made.ToArray(), IsPacked: false));
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
        _reasons.Dispose();
        _shown.Dispose();
    }

    /// <summary>A graduate's list is his school's and the staff's.</summary>
    internal static bool MaySee(Caller caller, GraduateRow graduate) =>
        caller.IsStaff || (caller.Role == ApiRoles.School && caller.OrganizationId == graduate.SchoolId);

    /// <summary>Puts a page together. It lies in this thread's memory, until the thread makes the next one.</summary>
    internal JsonPieces Brief(ResidentSet set, RankedMatch[] list, int first, int last, ResidentGraduate graduate, Cursor? next)
    {
        var (pieces, reasons, shown) = (_pieces.Value!, _reasons.Value!, _shown.Value!);
        Fetch(set, list.AsSpan(first, last - first), shown);
        BriefPage.Begin(pieces, graduate.Row.Id, JsonSerializer.SerializeToUtf8Bytes(time.GetUtcNow().UtcDateTime, Options), set.Weights.Version);
        var isFirst = true;
        for (var i = first; i < last; i++)
        {
            if (shown[i - first] is { } demand)
            {
                Explainer.Explain(set.Weights, demand.Asks, graduate.Candidate, MatchExplaining.BriefRaises, reasons);
                BriefPage.AddMatch(pieces, isFirst, i + 1, list[i], demand, reasons);
                isFirst = false;
            }
        }

        BriefPage.End(pieces, next);
        return pieces;
    }

    // The demands of a page lie anywhere in memory. One step for all of them after the other, and the machine fetches many at once.
    private void Fetch(ResidentSet set, ReadOnlySpan<RankedMatch> list, ShownDemand?[] shown)
    {
        for (var i = 0; i < list.Length; i++)
        {
            // Closed since the view was taken: the next one is without it.
            shown[i] = set.Demands.TryGetValue(list[i].Id, out var demand) ? demand.Shown ??= new(demand, set.Names, reference, Options) : null;
        }

        foreach (var demand in shown.AsSpan(0, list.Length))
        {
            demand?.Fetch();
        }
    }

    private static PageKey Key(long id, MatchQuery query, bool takesGzip) =>
        new(id, (int)Math.Min(query.After?.Id ?? 0, MatchComputation.ListLength), query.Take, query.IsFull, takesGzip);

    // Null where memory has no answer for him.
    private ResidentSet? Find(Caller caller, long id, MatchQuery query) =>
        // Exports page longer than a caller may; they show the stored list, which does not move between pages.
        query.Take <= MatchQuery.MostTake && caller.ConsortiumId is { } consortium && indexes.Ready(consortium) is { } set
        && set.Graduates.TryGetValue(id, out var graduate) && MaySee(caller, graduate.Row)
            ? set
            : null;

    // Either one that is kept, or one just made, as Brief has it; neither where the graduate is not there.
    private (ReadyJson? Kept, JsonPieces? Made) Page(ResidentSet set, PageKey key)
    {
        // The view before the rows: a page of rows that are newer than its view is made again with the next one, the other way round it would stay.
        var view = set.View;
        if (!set.Graduates.TryGetValue(key.Graduate, out var graduate))
        {
            return default;
        }

        if (set.Pages.Find(key, graduate, view, set.Weights) is { } known)
        {
            return (known.Body, null);
        }

        var length = Math.Min(key.Skip + key.Take + 1, MatchComputation.ListLength);
        var list = view.Demands.Search(graduate.Candidate, length, _scratch.Value!);
        // A page may begin where the list has ended since.
        var (first, last) = (Math.Min(key.Skip, list.Length), Math.Min(key.Skip + key.Take, list.Length));
        var next = last < list.Length ? new Cursor(last) : null;
        var isAgain = set.Pages.WasAsked(key);
        if (!key.IsFull && !isAgain)
        {
            return (null, Brief(set, list, first, last, graduate, next));
        }

        var json = key.IsFull ? Full(set, list, first, last, graduate, next) : Brief(set, list, first, last, graduate, next).ToArray();
        var body = key.IsPacked && isAgain ? ReadyJson.Pack(json) : new(json, IsPacked: false);
        if (isAgain)
        {
            set.Pages.Keep(key, new ResidentPage(view.Version, list, length, body));
        }

        return (body, null);
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
