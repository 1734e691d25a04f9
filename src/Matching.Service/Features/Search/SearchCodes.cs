using Matching.Service.Reference;

namespace Matching.Service.Features.Search;

/// <summary>How the codes of a classification stand for what is below them: a group's code, cut short, is the beginning of all its members'.</summary>
internal sealed class SearchCodes(ReferenceTables tables)
{
    /// <summary>The classification of that facet; null when it is none.</summary>
    public CodeTable? Table(string facet) => facet switch
    {
        "region" => tables.Regions,
        "industry" => tables.Industries,
        "occupation" => tables.Occupations,
        "education" => tables.EducationLevels,
        _ => null,
    };

    /// <summary>What the codes of the value and of everything below it begin with.</summary>
    public IEnumerable<string> Prefixes(string facet, string code) => facet switch
    {
        "region" => [Cut(code)],
        "education" when code is [_, '0'] => [code[..1]],
        // A 门类 (C) is no beginning of its 大类 (13 to 43).
        "industry" when code.Length == 1 => tables.Industries.All.Where(child => child.Parent == code).Select(child => child.Code).Append(code),
        _ => [code],
    };

    /// <summary>The code of a beginning, as <c>search_tokens</c> makes them.</summary>
    public static string Code(string facet, string prefix) => facet switch
    {
        "region" => prefix.PadRight(6, '0'),
        "education" => prefix.PadRight(2, '0'),
        _ => prefix,
    };

    /// <summary>The code and the known ones above it, from the bottom up.</summary>
    public IEnumerable<string> Upwards(string facet, string code)
    {
        var table = Table(facet)!;
        for (string? at = code; at is not null; at = table.Find(at)?.Parent)
        {
            yield return at;
        }
    }

    private static string Cut(string region)
    {
        while (region.EndsWith("00", StringComparison.Ordinal))
        {
            region = region[..^2];
        }

        return region;
    }
}
