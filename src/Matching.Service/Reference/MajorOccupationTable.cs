using Matching.Engine.Occupations;

namespace Matching.Service.Reference;

/// <summary>Majors → occupations, resident: the official links, and the engine's ranking with the weights fitted on them. Built when first asked (about a second).</summary>
internal sealed class MajorOccupationTable(CodeTable occupations, CodeTable majors)
{
    private readonly Lazy<(MajorOccupationRanker Ranker, Dictionary<string, MajorText> Majors, Dictionary<string, IReadOnlyList<string>> Links)> _built = new(() =>
    {
        var all = OccupationFiles.Majors(majors);
        var links = OccupationFiles.Links(all);
        return (new MajorOccupationRanker(OccupationFiles.Occupations(occupations), OccupationFiles.Groups(occupations), links, all),
            all.ToDictionary(major => major.Code), links.ToDictionary(link => link.Major.Code, link => link.Occupations));
    });

    /// <summary>What the major's official standard names; empty when it has none here.</summary>
    public IReadOnlyList<string> Official(string code) => _built.Value.Links.GetValueOrDefault(code) ?? [];

    /// <summary>The likely occupations of a major, known or not, by its name and courses (null: the catalogue's).</summary>
    public IReadOnlyList<RankedOccupation> Infer(string code, string name, IReadOnlyList<string>? courses, int take) =>
        _built.Value.Ranker.Rank(new MajorText(code, name, courses ?? _built.Value.Majors.GetValueOrDefault(code)?.Courses ?? []), take);
}
