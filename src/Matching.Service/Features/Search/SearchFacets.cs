namespace Matching.Service.Features.Search;

/// <summary>Makes facets of the counts that the statements return.</summary>
internal sealed class SearchFacets(SearchCodes codes)
{
    /// <summary>Counts of codes are added up to the groups above them; counts of short lists are given for each of their values.</summary>
    public SearchFacet Of(FacetRule rule, IEnumerable<(string? Value, int Count)> counts) => new(rule.Name, rule.Values is { } few ? Few(few, counts) : Coded(rule, counts));

    private static List<SearchFacetValue> Few(IReadOnlyList<(string Value, string Name)> few, IEnumerable<(string? Value, int Count)> counts)
    {
        var known = counts.ToDictionary(pair => pair.Value ?? "", pair => pair.Count);
        var values = few.Select(value => new SearchFacetValue(value.Value, value.Name, null, known.GetValueOrDefault(value.Value))).ToList();
        if (known.TryGetValue("", out var unstated))
        {
            values.Add(new(null, NotStated, null, unstated));
        }

        return values;
    }

    private List<SearchFacetValue> Coded(FacetRule rule, IEnumerable<(string? Value, int Count)> counts)
    {
        var sums = new Dictionary<string, int>(StringComparer.Ordinal);
        var unstated = 0;
        foreach (var (value, count) in counts)
        {
            if (value is null)
            {
                unstated += count;
                continue;
            }

            // Of rows with several values the statement has counted the groups already.
            foreach (var code in rule.Many ? [SearchCodes.Code(rule.Name, value[(rule.Name.Length + 1)..])] : codes.Upwards(rule.Name, value))
            {
                sums[code] = sums.GetValueOrDefault(code) + count;
            }
        }

        var table = codes.Table(rule.Name)!;
        var values = sums.Select(sum => new SearchFacetValue(sum.Key, table.NameOf(sum.Key) ?? sum.Key, table.Find(sum.Key)?.Parent, sum.Value))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal).ToList();
        if (unstated > 0)
        {
            values.Add(new(null, NotStated, null, unstated));
        }

        return values;
    }

    private const string NotStated = "未填";
}
