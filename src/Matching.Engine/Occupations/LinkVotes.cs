namespace Matching.Engine.Occupations;

/// <summary>The votes of the linked majors that may be used, for one major.</summary>
internal sealed class LinkVotes
{
    private const double Power = 4;
    private const double SharpPower = 10;
    private const double OfOccupationForGroup = 0.5;

    private readonly Dictionary<string, double> _near = [];
    private readonly Dictionary<string, double> _sharp = [];
    private readonly Dictionary<string, int> _linked = [];
    private readonly Dictionary<string, int> _class = [];
    private readonly Dictionary<char, int> _levelSections = [];
    private readonly double _all = 1e-12;
    private readonly double _allSharp = 1e-12;
    private readonly int _ofClass;
    private readonly int _ofLevel;

    public LinkVotes(MajorView view, IReadOnlyList<MajorLinks> links, Func<int, bool> mayUse)
    {
        for (var i = 0; i < links.Count; i++)
        {
            if (!mayUse(i))
            {
                continue;
            }

            var (other, targets) = (links[i].Major, links[i].Occupations);
            var (vote, sharp) = (Math.Pow(view.Likeness[i], Power), Math.Pow(view.Likeness[i], SharpPower));
            _all += vote;
            _allSharp += sharp;
            foreach (var target in targets)
            {
                Vote(target, vote, sharp);
                if (other.Level == view.Major.Level)
                {
                    _ofLevel++;
                    Increment(_levelSections, target[0]);
                }
            }

            if (other.Class == view.Major.Class)
            {
                _ofClass++;
                foreach (var group in targets.Select(OccupationCodes.Group).Distinct())
                {
                    Increment(_class, group);
                }
            }
        }
    }

    /// <summary>Everything voted for, occupations and groups.</summary>
    public IEnumerable<string> Codes => _near.Keys;

    public double Near(string code) => Math.Sqrt(_near.GetValueOrDefault(code) / _all);

    public double Sharp(string code) => _sharp.GetValueOrDefault(code) / _allSharp;

    public double Linked(string code) => Math.Log(1 + _linked.GetValueOrDefault(code));

    /// <summary>Share of the majors of the same class that link into the group.</summary>
    public double OfClass(string group) => (double)_class.GetValueOrDefault(group) / (_ofClass + 1);

    /// <summary>Share of the level's links that go into the 大类: a vocational bachelor's go to 2, a secondary school's to 4 and 6.</summary>
    public double OfLevel(string code) => (_levelSections.GetValueOrDefault(code[0]) + 1.0) / (_ofLevel + 8);

    private void Vote(string target, double vote, double sharp)
    {
        var group = OccupationCodes.Group(target);
        Increment(_linked, group);
        if (OccupationCodes.IsOccupation(target))
        {
            Increment(_linked, target);
            Add(_near, target, vote);
            Add(_sharp, target, sharp);
            (vote, sharp) = (vote * OfOccupationForGroup, sharp * OfOccupationForGroup);
        }

        Add(_near, group, vote);
        Add(_sharp, group, sharp);
    }

    private static void Add(Dictionary<string, double> votes, string code, double vote) => votes[code] = votes.GetValueOrDefault(code) + vote;

    private static void Increment<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
