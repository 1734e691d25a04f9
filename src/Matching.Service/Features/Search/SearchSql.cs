namespace Matching.Service.Features.Search;

/// <summary>Makes a search's statements of what its resource declares. Values are parameters; only declared text and the names of facets stand in the statement.</summary>
internal static class SearchSql
{
    /// <summary>
    /// A page, the total and the counts of all facets, in one statement: rows of a part, a value and a count. What a narrowed facet counts besides the hits are rows that fail its
    /// filter alone: they come from <c>search_neighbours</c>, or, where tokens say less than the filter, are candidates that failed it.
    /// </summary>
    public static string Page(SearchRequest request) => $"""
        WITH candidates AS MATERIALIZED (SELECT * FROM {Candidates} ORDER BY day DESC, id DESC LIMIT @Most + 1),
        pool AS (
            SELECT consortium_id, id, day, score, 0 AS lacks FROM (SELECT * FROM candidates ORDER BY day DESC, id DESC LIMIT @Most) AS c
            {(Groups(request) == 0 ? "" : $"UNION ALL SELECT consortium_id, id, day, 0, lacks FROM search_neighbours(@Entry, @Words, @Narrowing, @Must, @Seen, @Most, {Since})")}),
        placed AS (SELECT p.*{Places(request)} FROM pool AS p),
        found AS MATERIALIZED (
            SELECT c.*, m.missed{string.Concat(request.Resource.Facets.Select(facet => $", {facet.Sql} AS f_{facet.Name}"))}
            FROM placed AS c
            {request.Resource.Join}
            CROSS JOIN LATERAL (SELECT {Missed(request)} AS missed) AS m
            WHERE m.missed & (m.missed - 1) = 0),
        hits AS (SELECT *, CASE WHEN @Ranked THEN score ELSE 0 END AS points FROM found WHERE lacks = 0 AND missed = 0),
        page AS (
            SELECT * FROM hits
            WHERE @AfterId::bigint IS NULL OR (points, day, id) < (@AfterScore::integer, @AfterDay::date, @AfterId::bigint)
            ORDER BY points DESC, day DESC, id DESC
            LIMIT @Take + 1)
        SELECT 'hit' AS name, NULL::text AS value, 0 AS count, consortium_id AS consortium, id, day, points AS score FROM page
        UNION ALL
        SELECT 'total', (SELECT (count(*) > @Most)::text FROM candidates), count(*)::integer, 0, 0, NULL, 0 FROM hits
        {Counts([.. request.Resource.Facets.Where(facet => request.Narrowed.All(narrowed => narrowed.Rule.Name != facet.Name))])}
        {string.Concat(request.Narrowed.Select((narrowed, i) => "UNION ALL\n" + Count(narrowed.Rule, WithoutFilter(request, i)) + "\n"))}
        """;

    /// <summary>The short forms of a page.</summary>
    public static string Rows(SearchResource resource) => $"SELECT {resource.Columns} FROM unnest(@Consortia, @Ids) AS c (consortium_id, id) {resource.Join}";

    // One candidate more than is looked at tells that there are others. The policies of the resource's table decide what of the candidates is a hit.
    private const string Candidates = "search_candidates(@Entry, @Words, @Wholes, @Must || @Narrowing, @Seen, @Most + 1)";

    // Where there are more candidates than are looked at, nothing older than the last of them is looked at either.
    private const string Since = "(SELECT CASE WHEN count(*) > @Most THEN min(day) ELSE '-infinity' END FROM candidates)";

    private static int Groups(SearchRequest request) => request.Narrowed.Count(narrowed => narrowed.Tokens is not null);

    // The number of a narrowed facet's group among those that bear tokens, from 1; 0 for one that bears none.
    private static int Group(SearchRequest request, int narrowed) => request.Narrowed[narrowed].Tokens is null ? 0 : request.Narrowed.Take(narrowed + 1).Count(one => one.Tokens is not null);

    // Of each search without one group the newest are looked at, as of the search itself.
    private static string Places(SearchRequest request) =>
        string.Concat(Enumerable.Range(1, Groups(request)).Select(group => $", count(*) FILTER (WHERE p.lacks IN (0, {group})) OVER (ORDER BY p.day DESC, p.id DESC) AS place_{group}"));

    // One bit for each filter that the row itself fails.
    private static string Missed(SearchRequest request) =>
        request.Narrowed.Count == 0 ? "0" : string.Join(" + ", request.Narrowed.Select((narrowed, i) => $"CASE WHEN {Condition(request, narrowed.Rule)} THEN 0 ELSE {1 << i} END"));

    private static string WithoutFilter(SearchRequest request, int narrowed) => Group(request, narrowed) is > 0 and var group
        ? $"(SELECT * FROM found WHERE lacks IN (0, {group}) AND place_{group} <= @Most AND missed IN (0, {1 << narrowed})) AS hits"
        : $"(SELECT * FROM found WHERE lacks = 0 AND missed IN (0, {1 << narrowed})) AS hits";

    private static string Condition(SearchRequest request, FacetRule rule) => rule.Name == "wage" ? Wage(request)
        : !request.Filters.Single(filter => filter.Rule.Name == rule.Name).Coded ? $"{rule.Sql} = ANY(@{rule.Name})"
        : rule.Many ? $"EXISTS (SELECT FROM unnest({rule.Sql}) AS v, unnest(@{rule.Name}) AS p WHERE starts_with(v, p))"
        : $"EXISTS (SELECT FROM unnest(@{rule.Name}) AS p WHERE starts_with({rule.Sql}, p))";

    private static string Wage(SearchRequest request) => string.Join(
        " AND ", new[] { request.Query.WageMin is null ? "" : $"{request.Resource.WageMax} >= @WageMin", request.Query.WageMax is null ? "" : $"{request.Resource.WageMin} <= @WageMax" }.Where(text => text.Length > 0));

    // Facets of one value a row are counted in one pass: of each group all other values are null.
    private static string Counts(IReadOnlyList<FacetRule> facets)
    {
        var single = facets.Where(facet => !facet.Many).ToList();
        var counts = facets.Where(facet => facet.Many).Select(facet => Count(facet, "hits")).ToList();
        if (single.Count > 0)
        {
            counts.Add($"""
                SELECT CASE 0{string.Concat(single.Select(facet => $" WHEN GROUPING(f_{facet.Name}) THEN '{facet.Name}'"))} END, coalesce({string.Join(", ", single.Select(facet => $"f_{facet.Name}"))}), {Rest}
                FROM hits GROUP BY GROUPING SETS ({string.Join(", ", single.Select(facet => $"(f_{facet.Name})"))})
                """);
        }

        return string.Concat(counts.Select(count => "\nUNION ALL\n" + count));
    }

    // A row with several values counts once in each group above them, which only the rows themselves can tell.
    private static string Count(FacetRule facet, string rows) => facet.Many
        ? $"SELECT '{facet.Name}', token, {Rest} FROM {rows} LEFT JOIN LATERAL unnest(search_tokens('{facet.Name}', f_{facet.Name})) AS token ON true GROUP BY token"
        : $"SELECT '{facet.Name}', f_{facet.Name}, {Rest} FROM {rows} GROUP BY f_{facet.Name}";

    private const string Rest = "count(*)::integer, 0::bigint, 0::bigint, NULL::date, 0";
}
