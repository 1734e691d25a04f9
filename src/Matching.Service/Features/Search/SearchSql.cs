namespace Matching.Service.Features.Search;

/// <summary>Makes a search's statements of what its resource declares. Values are parameters; only declared text and the names of facets stand in the statement.</summary>
internal static class SearchSql
{
    /// <summary>A page, the total and the counts of the facets that no filter narrows, in one statement: rows of a part, a value and a count.</summary>
    public static string Page(SearchRequest request) => $"""
        {Hits(request, null)},
        page AS (
            SELECT * FROM hits
            WHERE @AfterId::bigint IS NULL OR (score, day, id) < (@AfterScore::integer, @AfterDay::date, @AfterId::bigint)
            ORDER BY score DESC, day DESC, id DESC
            LIMIT @Take + 1)
        SELECT 'hit' AS name, NULL::text AS value, 0 AS count, consortium_id AS consortium, id, day, score FROM page
        UNION ALL
        SELECT 'total', (SELECT (count(*) > @Most)::text FROM candidates), count(*)::integer, 0, 0, NULL, 0 FROM hits
        {Counts([.. request.Resource.Facets.Where(facet => !request.Narrowed.Contains(facet.Name))])}
        """;

    /// <summary>The counts of one facet as if it had no filter.</summary>
    public static string Facet(SearchRequest request, string name) => $"""
        {Hits(request, name)}
        SELECT f.* FROM ({Count(request.Resource.Facets.Single(facet => facet.Name == name))}) AS f (name, value, count, consortium, id, day, score)
        """;

    /// <summary>The short forms of a page.</summary>
    public static string Rows(SearchResource resource) => $"SELECT {resource.Columns} FROM unnest(@Consortia, @Ids) AS c (consortium_id, id) {resource.Join}";

    private const string Candidates = "search_candidates(@Entry, @Words, @Wholes, @Groups, @Seen, @Most + 1)";

    // One candidate more than is looked at tells that there are others. The policies of the resource's table decide what of the candidates is a hit.
    private static string Hits(SearchRequest request, string? without) => $"""
        WITH candidates AS MATERIALIZED (SELECT * FROM {Candidates} ORDER BY day DESC, id DESC LIMIT @Most + 1),
        hits AS MATERIALIZED (
            SELECT c.consortium_id, c.id, c.day, CASE WHEN @Ranked THEN c.score ELSE 0 END AS score{string.Concat(request.Resource.Facets.Select(facet => $", {facet.Sql} AS f_{facet.Name}"))}
            FROM (SELECT * FROM candidates ORDER BY day DESC, id DESC LIMIT @Most) AS c
            {request.Resource.Join}
            WHERE true{string.Concat(request.Filters.Where(filter => filter.Rule.Name != without).Select(Condition))}{(without == "wage" ? "" : Wage(request))})
        """;

    private static string Condition(SearchFilter filter) => filter switch
    {
        { Coded: false } => $"\n  AND {filter.Rule.Sql} = ANY(@{filter.Rule.Name})",
        { Rule.Many: true } => $"\n  AND EXISTS (SELECT FROM unnest({filter.Rule.Sql}) AS v, unnest(@{filter.Rule.Name}) AS p WHERE starts_with(v, p))",
        _ => $"\n  AND EXISTS (SELECT FROM unnest(@{filter.Rule.Name}) AS p WHERE starts_with({filter.Rule.Sql}, p))",
    };

    private static string Wage(SearchRequest request) =>
        (request.Query.WageMin is null ? "" : $"\n  AND {request.Resource.WageMax} >= @WageMin") + (request.Query.WageMax is null ? "" : $"\n  AND {request.Resource.WageMin} <= @WageMax");

    // Facets of one value a row are counted in one pass: of each group all other values are null.
    private static string Counts(IReadOnlyList<FacetRule> facets)
    {
        var single = facets.Where(facet => !facet.Many).ToList();
        var counts = facets.Where(facet => facet.Many).Select(Count).ToList();
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
    private static string Count(FacetRule facet) => facet.Many
        ? $"SELECT '{facet.Name}', token, {Rest} FROM hits LEFT JOIN LATERAL unnest(search_tokens('{facet.Name}', f_{facet.Name})) AS token ON true GROUP BY token"
        : $"SELECT '{facet.Name}', f_{facet.Name}, {Rest} FROM hits GROUP BY f_{facet.Name}";

    private const string Rest = "count(*)::integer, 0::bigint, 0::bigint, NULL::date, 0";
}
