namespace Matching.Engine.Scoring;

/// <summary>Which skill is a part of which (上位技能). A circle in the data ends where it closes.</summary>
public sealed class SkillGraph
{
    internal const int Itself = 10;
    internal const int Broader = 9;
    internal const int Sibling = 5;

    private readonly Dictionary<long, long> _broader;
    private readonly Dictionary<long, long[]> _parts;

    /// <param name="broader">Skill → the broader skill it is a part of.</param>
    public SkillGraph(IReadOnlyDictionary<long, long> broader)
    {
        _broader = new(broader);
        _parts = broader.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.Select(pair => pair.Key).Order().ToArray());
    }

    public static SkillGraph Empty { get; } = new(new Dictionary<long, long>());

    /// <summary>All skills that are in a relation.</summary>
    internal IEnumerable<long> Skills => _broader.Keys.Union(_broader.Values);

    /// <summary>The skill it is a part of, null where it is no part.</summary>
    internal long? BroaderOf(long skill) => _broader.TryGetValue(skill, out var broader) ? broader : null;

    /// <summary>Every broader skill, the nearest first, up to where a circle would close.</summary>
    internal IEnumerable<long> Ancestors(long skill)
    {
        var seen = new HashSet<long> { skill };
        for (var up = BroaderOf(skill); up is { } ancestor && seen.Add(ancestor); up = BroaderOf(ancestor))
        {
            yield return ancestor;
        }
    }

    /// <summary>
    /// The skills somebody who has <paramref name="skill"/> also answers for, each with its share in tenths: itself 10, every broader one 9 (he has a narrower one),
    /// other parts of the same broader one 5.
    /// </summary>
    public IEnumerable<(long Skill, int Tenths)> Answers(long skill)
    {
        yield return (skill, Itself);
        foreach (var ancestor in Ancestors(skill))
        {
            yield return (ancestor, Broader);
        }

        if (BroaderOf(skill) is { } parent)
        {
            foreach (var sibling in _parts[parent])
            {
                if (sibling != skill)
                {
                    yield return (sibling, Sibling);
                }
            }
        }
    }
}
