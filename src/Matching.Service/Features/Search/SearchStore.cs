using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;

namespace Matching.Service.Features.Search;

internal sealed class SearchStore(TenantSession session, SearchFacets facets, Caller caller)
{
    /// <summary>So many of the newest that fit are looked at, counted and listed.</summary>
    public const int Most = 1000;

    private const int ExcerptLength = 120;

    public async Task<SearchPage<T>> SearchAsync<T>(SearchRequest request, CancellationToken ct)
        where T : ISearchRow
    {
        var counts = (await session.QueryAsync<Part>(SearchSql.Page(request), Arguments(request), ct)).ToLookup(row => row.Name);

        var hits = counts["hit"].ToList();
        var page = Page.Of(hits, request.Query.Take, hit => new Cursor(hit.Id, Key(hit)));
        var total = counts["total"].Single();
        return new(
            await ItemsAsync<T>(request, page.Items, ct), total.Count, total.Value == "true",
            [.. request.Resource.Facets.Select(rule => facets.Of(rule, counts[rule.Name].Select(row => (row.Value, row.Count))))], page.Next);
    }

    private async Task<List<SearchItem<T>>> ItemsAsync<T>(SearchRequest request, IReadOnlyList<Part> hits, CancellationToken ct)
        where T : ISearchRow
    {
        var rows = hits.Count == 0 ? [] : (await session.QueryAsync<T>(
            SearchSql.Rows(request.Resource), new { Consortia = hits.Select(hit => hit.Consortium).ToArray(), Ids = hits.Select(hit => hit.Id).ToArray() }, ct)).ToDictionary(row => row.Id);
        return [.. hits.Where(hit => rows.ContainsKey(hit.Id)).Select(hit => Item(rows[hit.Id], hit.Score, request.Words))];
    }

    private static SearchItem<T> Item<T>(T row, int score, string[] words)
        where T : ISearchRow
    {
        var found = SearchText.Find(row.Text, words);
        // A little of what stands before the first word found, and never half a character.
        var start = Math.Max(0, (found.Count == 0 ? 0 : found[0].Start) - 20);
        start += start > 0 && start < row.Text.Length && char.IsLowSurrogate(row.Text[start]) ? 1 : 0;
        var end = Math.Min(row.Text.Length, start + ExcerptLength);
        end -= end < row.Text.Length && char.IsLowSurrogate(row.Text[end]) ? 1 : 0;
        return new(row, score, row.Text.Length == 0 ? null : row.Text[start..end],
        [
            .. SearchText.Find(row.Title, words).Select(place => new SearchHighlight("title", place.Start, place.Length)),
            .. found.Where(place => place.Start + place.Length <= end).Select(place => new SearchHighlight("excerpt", place.Start - start, place.Length)),
        ]);
    }

    private Dictionary<string, object?> Arguments(SearchRequest request)
    {
        var place = SearchPlace.Of(request.Query.After);
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Entry"] = request.Resource.Entry, ["Words"] = request.Words, ["Wholes"] = request.Wholes, ["Must"] = request.Must(caller), ["Seen"] = Seen,
            ["Narrowing"] = request.Narrowed.Select(narrowed => narrowed.Tokens).OfType<string>().ToArray(),
            ["Most"] = Most, ["Ranked"] = request.Ranked, ["Take"] = request.Query.Take, ["AfterId"] = request.Query.After?.Id, ["AfterScore"] = place?.Score, ["AfterDay"] = place?.Day,
            ["WageMin"] = request.Query.WageMin, ["WageMax"] = request.Query.WageMax,
        };
        foreach (var filter in request.Filters)
        {
            arguments[filter.Rule.Name] = filter.Values;
        }

        return arguments;
    }

    // Staff see whatever is the consortium's.
    private string[]? Seen => caller.IsStaff ? null : ["seen:all", $"seen:{caller.OrganizationId}"];

    private static string Key(Part hit) => SearchPlace.Key(hit.Score, hit.Day!.Value);

    private sealed record Part(string Name, string? Value, int Count, long Consortium, long Id, DateOnly? Day, int Score);
}
