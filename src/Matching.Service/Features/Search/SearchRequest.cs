using System.Text.RegularExpressions;
using Matching.Engine.Normalizing;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Search;

/// <summary>A filter that is asked for: the values, or what their codes begin with.</summary>
internal sealed record SearchFilter(FacetRule Rule, bool Coded, string[] Values);

/// <summary>A query, checked against what its resource declares.</summary>
internal sealed record SearchRequest(SearchResource Resource, SearchQuery Query, string[] Words, IReadOnlyList<SearchFilter> Filters)
{
    private const int MaxWords = 10;

    public bool Ranked => Query.Sort == "relevance" && Words.Length > 0;

    /// <summary>The pattern that finds each word untouched by others of its sort: Han beside Han, or letter and digit beside letter and digit, is one word.</summary>
    public string[] Wholes => [.. Words.Select(word => $"(^|{Other(word[0])}){Regex.Replace(word, @"([^\p{L}\p{N}\p{M}\p{Cs}])", @"\$1")}({Other(word[^1])}|$)")];

    /// <summary>Null, with the problem, when a filter is not the resource's or a value is unknown.</summary>
    public static SearchRequest? TryMake(SearchResource resource, SearchQuery query, SearchCodes codes, out ProblemHttpResult? problem)
    {
        var filters = new List<SearchFilter>();
        problem = null;
        (string Name, string[]? Values)[] asked =
            [("region", query.Region), ("industry", query.Industry), ("occupation", query.Occupation), ("education", query.Education), ("kind", query.Kind), ("state", query.State)];
        foreach (var (name, values) in asked.Where(pair => pair.Values is { Length: > 0 }))
        {
            var rule = resource.Facets.FirstOrDefault(facet => facet.Name == name);
            var table = codes.Table(name);
            var unknown = values!.FirstOrDefault(value => rule?.Values is { } few ? few.All(known => known.Value != value) : table?.Knows(value) == false);
            problem ??= rule is null ? NotHere(name) : unknown is not null ? Problems.InvalidField("invalid_request", name, $"没有这个取值：{unknown[..Math.Min(20, unknown.Length)]}。") : null;
            if (problem is null)
            {
                filters.Add(new(rule!, table is not null, [.. (table is null ? values! : values!.SelectMany(value => codes.Prefixes(name, value))).Distinct()]));
            }
        }

        var wage = query.WageMin is not null ? "wageMin" : query.WageMax is not null ? "wageMax" : null;
        problem ??= wage is not null && resource.WageMax is null ? NotHere(wage) : null;
        var words = SearchText.Words(query.Q ?? "");
        problem ??= words.Length > MaxWords ? Problems.InvalidField("invalid_request", "q", $"最多 {MaxWords} 个词。") : null;
        problem ??= query.After is not null && SearchPlace.Of(query.After) is null ? Problems.InvalidField("invalid_request", "after", "这不是检索结果的游标。") : null;
        return problem is null ? new(resource, query, words, filters) : null;
    }

    /// <summary>The facets that a filter narrows, each with its group of tokens, of which the row bears one; null where the entries bear no tokens of it.</summary>
    public IReadOnlyList<(FacetRule Rule, string? Tokens)> Narrowed =>
    [
        .. Filters.Select(filter => (filter.Rule, filter.Rule.Indexed ? string.Join('|', filter.Values.Select(value => $"{filter.Rule.Name}:{value}")) : null)),
        .. Resource.Facets.Where(facet => facet.Name == "wage" && (Query.WageMin ?? Query.WageMax) is not null).Select(facet => (facet, Query.WageMin is { } least ? WageTokens(least) : null)),
    ];

    /// <summary>The groups of tokens that rows must bear whatever is counted.</summary>
    public string[] Must(Caller caller) => Resource.OfSchools && !caller.IsStaff ? [$"seen:{caller.OrganizationId}"] : [];

    private static string WageTokens(int least) => string.Join('|', Enumerable.Range(0, 6).Where(band => band >= Band(least)).Select(band => $"wage:{band}"));

    private static int Band(int wage) => wage switch { < 3000 => 0, < 5000 => 1, < 8000 => 2, < 12000 => 3, < 20000 => 4, _ => 5 };

    private static ProblemHttpResult NotHere(string name) => Problems.InvalidField("invalid_request", name, "这类记录没有此筛选项。");

    private static string Other(char edge) => edge switch
    {
        >= '\u3400' and <= '\u9fff' => @"[^\u3400-\u9fff]",
        (>= 'a' and <= 'z') or (>= '0' and <= '9') => "[^a-z0-9]",
        _ => "",
    };
}
