using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The skills of a graph and of an index, numbered from 0 so that the parts of one broader skill (a family) follow one another: what a graduate answers to siblings is a range,
/// and everything an index keeps by skill is an array.
/// </summary>
internal sealed class SkillNumbers
{
    private const int None = -1;

    private readonly Dictionary<long, int> _numbers;
    private readonly int[] _familyOf;
    private readonly int[] _familyUnder;
    private readonly (int From, int To)[] _parts;
    private readonly int[] _ancestorsStart;
    private readonly int[] _ancestors;

    /// <param name="graph">Which skills answer for which.</param>
    /// <param name="others">Skills that may be in no relation.</param>
    public SkillNumbers(SkillGraph graph, IEnumerable<long> others)
    {
        Graph = graph;
        long[] skills = [.. graph.Skills.Concat(others).Distinct().OrderBy(skill => graph.BroaderOf(skill) is null).ThenBy(skill => graph.BroaderOf(skill)).ThenBy(skill => skill)];
        _numbers = skills.Select((skill, number) => (skill, number)).ToDictionary(pair => pair.skill, pair => pair.number);
        (_familyOf, _familyUnder) = (new int[skills.Length], new int[skills.Length]);
        _familyOf.AsSpan().Fill(None);
        _familyUnder.AsSpan().Fill(None);
        var (parts, from) = (new List<(int, int)>(), 0);
        while (from < skills.Length && graph.BroaderOf(skills[from]) is { } over)
        {
            var to = from;
            for (; to < skills.Length && graph.BroaderOf(skills[to]) == over; to++)
            {
                _familyOf[to] = parts.Count;
            }

            _familyUnder[_numbers[over]] = parts.Count;
            parts.Add((from, to));
            from = to;
        }

        _parts = [.. parts];
        var ancestors = skills.Select(skill => graph.Ancestors(skill).Select(ancestor => _numbers[ancestor]).ToArray()).ToArray();
        _ancestorsStart = [0, .. ancestors.Select(ancestor => ancestor.Length)];
        for (var i = 0; i < ancestors.Length; i++)
        {
            _ancestorsStart[i + 1] += _ancestorsStart[i];
        }

        _ancestors = [.. ancestors.SelectMany(ancestor => ancestor)];
    }

    public SkillGraph Graph { get; }

    public int Count => _familyOf.Length;

    public int Families => _parts.Length;

    /// <summary>False for a skill that nobody here names and that is in no relation.</summary>
    public bool TryFind(long skill, out int number) => _numbers.TryGetValue(skill, out number);

    public int Of(long skill) => _numbers[skill];

    /// <summary>The family the skill is a part of.</summary>
    public bool IsPart(int skill, out int family) => (family = _familyOf[skill]) != None;

    /// <summary>The family of the skill's own parts.</summary>
    public bool HasParts(int skill, out int family) => (family = _familyUnder[skill]) != None;

    public (int From, int To) Parts(int family) => _parts[family];

    public ReadOnlySpan<int> Ancestors(int skill) => _ancestors.AsSpan(_ancestorsStart[skill].._ancestorsStart[skill + 1]);

    /// <summary>Every skill of which it is an ancestor.</summary>
    public List<int> Descendants(int skill)
    {
        var found = new List<int>();
        var above = skill;
        for (var next = 0; ; above = found[next++])
        {
            var (from, to) = HasParts(above, out var family) ? Parts(family) : default;
            for (var part = from; part < to; part++)
            {
                if (part != skill && !found.Contains(part))
                {
                    found.Add(part);
                }
            }

            if (next == found.Count)
            {
                return found;
            }
        }
    }
}
