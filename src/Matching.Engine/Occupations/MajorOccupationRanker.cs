namespace Matching.Engine.Occupations;

/// <summary>A ranked occupation or group of a major.</summary>
/// <param name="Code">细类, or a 小类 that has no 细类 of its own.</param>
/// <param name="Score">Millionths of the probability mass over the candidates of its kind.</param>
public sealed record RankedOccupation(string Code, int Score);

/// <summary>
/// Major → occupations. Evidence: texts (names, titles, work functions, terms of the field against the major's name and courses), the official links of like majors, and priors of the
/// class and the level, weighed by a conditional logit that was fitted on the links. One list serves both levels of the classification: the first ten are occupations (细类)
/// chosen for what each adds at both levels; after them the best occupation of each group (小类) not yet met, by the group's own score, then the rest. A 小类 stands for itself only where
/// it has no 细类 (the 其他 groups). Ties go to the lower code. A major costs about 10 ms.
/// </summary>
public sealed class MajorOccupationRanker
{
    private const int Head = 10;

    // From 0.3 to 1 the first ten rows meet more groups at no cost to the occupations.
    private const double GroupShare = 0.5;

    private const int TextCandidates = 120;
    private const int GroupCandidates = 25;

    private readonly IReadOnlyList<MajorLinks> _links;
    private readonly string[] _codes;
    private readonly string[] _groups;
    private readonly Dictionary<string, int> _codeAt;
    private readonly Dictionary<string, int> _groupAt;
    private readonly ILookup<string, string> _members;
    private readonly MajorTexts _texts;
    private readonly MajorNeighbours _neighbours;

    /// <param name="occupations">The occupations (细类).</param>
    /// <param name="groups">The groups (小类).</param>
    /// <param name="links">Official links to learn from; may be empty.</param>
    /// <param name="majors">All known majors, for the rarity of words.</param>
    public MajorOccupationRanker(
        IReadOnlyList<OccupationText> occupations, IReadOnlyList<OccupationGroup> groups, IReadOnlyList<MajorLinks> links, IReadOnlyList<MajorText> majors)
    {
        _links = links;
        _codes = [.. occupations.Select(occupation => occupation.Code)];
        _groups = [.. groups.Select(group => group.Code)];
        _codeAt = _codes.Select((code, at) => (code, at)).ToDictionary(pair => pair.code, pair => pair.at);
        _groupAt = _groups.Select((code, at) => (code, at)).ToDictionary(pair => pair.code, pair => pair.at);
        _members = _codes.ToLookup(OccupationCodes.Group);
        _texts = new MajorTexts(occupations, groups);
        _neighbours = new MajorNeighbours(links, majors);
    }

    internal const int Features = 23;

    /// <summary>Fits the weights on the linked majors that may be used, each judged without its own links.</summary>
    public MajorWeights Fit(IReadOnlyList<MajorView> views, Func<int, bool> mayUse, double ridge)
    {
        var (occupations, groups) = (new List<ChoiceSet>(), new List<ChoiceSet>());
        for (var i = 0; i < _links.Count; i++)
        {
            if (mayUse(i))
            {
                var (own, targets) = (i, _links[i].Occupations.ToHashSet());
                var evidence = Evidence(views[i], other => other != own && mayUse(other));
                Add(occupations, evidence.Occupations, targets);
                Add(groups, evidence.Groups, [.. targets.Select(OccupationCodes.Group)]);
            }
        }

        return new MajorWeights(ConditionalLogit.Fit(occupations, Features, ridge), ConditionalLogit.Fit(groups, Features, ridge));
    }

    /// <summary>The occupations of a major with the stored weights and all links.</summary>
    public IReadOnlyList<RankedOccupation> Rank(MajorText major, int take) => Rank(View(major), MajorWeights.Fitted, _ => true, take);

    /// <summary>The same with other weights, and with the links that may be used: evaluations leave some out.</summary>
    public IReadOnlyList<RankedOccupation> Rank(MajorView view, MajorWeights weights, Func<int, bool> mayUse, int take)
    {
        var evidence = Evidence(view, mayUse);
        var occupations = Scored(evidence.Occupations, weights.Occupations);
        var groups = Scored(evidence.Groups, weights.Groups);
        var list = First(occupations, groups);
        var met = list.Select(item => OccupationCodes.Group(item.Code)).ToHashSet();
        var bestOf = occupations.GroupBy(item => OccupationCodes.Group(item.Code)).ToDictionary(g => g.Key, g => g.First());
        list.AddRange(groups.Where(group => met.Add(group.Code)).Select(group => bestOf.GetValueOrDefault(group.Code) ?? group));
        var known = list.Select(item => item.Code).ToHashSet();
        list.AddRange(occupations.Where(item => known.Add(item.Code)));
        return [.. list.Take(take)];
    }

    /// <summary>The occupations that share most text with the major, nothing learned: what the learning is compared with.</summary>
    public IReadOnlyList<string> ByText(MajorView view, int take) =>
        [.. Enumerable.Range(0, _codes.Length).Where(i => view.Occupations.All[i] > 0)
            .OrderByDescending(i => view.Occupations.All[i]).ThenBy(i => _codes[i], StringComparer.Ordinal).Take(take).Select(i => _codes[i])];

    // What is right at either level counts: an occupation brings its own chance, and its group's if it is the first of it.
    private static List<RankedOccupation> First(List<RankedOccupation> occupations, List<RankedOccupation> groups)
    {
        var chance = groups.ToDictionary(group => group.Code, group => group.Score);
        var (left, first) = (occupations.ToList(), new List<RankedOccupation>());
        while (first.Count < Head && left.Count > 0)
        {
            var best = left.MaxBy(item => item.Score + (GroupShare * chance.GetValueOrDefault(OccupationCodes.Group(item.Code))))!;
            first.Add(best);
            left.Remove(best);
            chance[OccupationCodes.Group(best.Code)] = 0;
        }

        return first;
    }

    private static List<RankedOccupation> Scored(List<(string Code, double[] Features)> candidates, double[] weights)
    {
        var scores = candidates.ConvertAll(candidate => ConditionalLogit.Score(weights, candidate.Features));
        var top = scores.Count == 0 ? 0 : scores.Max();
        var all = scores.Sum(score => Math.Exp(score - top));
        return [.. candidates.Select((candidate, i) => new RankedOccupation(candidate.Code, (int)Math.Round(1_000_000 * Math.Exp(scores[i] - top) / all)))
            .OrderByDescending(item => item.Score).ThenBy(item => item.Code, StringComparer.Ordinal)];
    }

    private static void Add(List<ChoiceSet> choices, List<(string Code, double[] Features)> candidates, HashSet<string> right)
    {
        var isRight = candidates.Select(candidate => right.Contains(candidate.Code)).ToArray();
        if (isRight.Contains(true))
        {
            choices.Add(new ChoiceSet([.. candidates.Select(candidate => candidate.Features)], isRight));
        }
    }

    public MajorView View(MajorText major)
    {
        var (occupations, groups) = _texts.Compare(major);
        return new MajorView(major, occupations, groups, _neighbours.Likeness(major));
    }

    /// <summary>The candidates with what speaks for each.</summary>
    internal (List<(string Code, double[] Features)> Occupations, List<(string Code, double[] Features)> Groups) Evidence(MajorView view, Func<int, bool> mayUse)
    {
        var votes = new LinkVotes(view, _links, mayUse);
        var bestOfGroup = new double[_groups.Length];
        for (var i = 0; i < _codes.Length; i++)
        {
            var at = _groupAt[OccupationCodes.Group(_codes[i])];
            bestOfGroup[at] = Math.Max(bestOfGroup[at], view.Occupations.All[i]);
        }

        var candidates = Candidates(view, votes);
        var occupations = candidates.Select(code => (code, OfOccupation(code, view, votes, bestOfGroup))).ToList();
        var voted = votes.Codes.Where(code => !OccupationCodes.IsOccupation(code) && _groupAt.ContainsKey(code));
        var groups = occupations.Select(pair => OccupationCodes.Group(pair.code)).Concat(voted).Distinct().Order(StringComparer.Ordinal).ToList();
        var best = occupations.GroupBy(pair => OccupationCodes.Group(pair.code)).ToDictionary(g => g.Key, g => g.Select(pair => pair.Item2).ToList());
        return (occupations, groups.ConvertAll(group => (group, OfGroup(group, view, votes, best.GetValueOrDefault(group) ?? [], bestOfGroup))));
    }

    private List<string> Candidates(MajorView view, LinkVotes votes)
    {
        var byText = Enumerable.Range(0, _codes.Length).Where(i => view.Occupations.All[i] > 0).OrderByDescending(i => view.Occupations.All[i]).Take(TextCandidates).Select(i => _codes[i]);
        var byVote = votes.Codes.Where(_codeAt.ContainsKey);
        var byGroup = votes.Codes.Where(_groupAt.ContainsKey).OrderByDescending(votes.Near).Take(GroupCandidates).SelectMany(group => _members[group]);
        return [.. byText.Concat(byVote).Concat(byGroup).Distinct().Order(StringComparer.Ordinal)];
    }

    private double[] OfOccupation(string code, MajorView view, LinkVotes votes, double[] bestOfGroup)
    {
        var (group, at) = (OccupationCodes.Group(code), _codeAt[code]);
        var (texts, groups, groupAt) = (view.Occupations, view.Groups, _groupAt[group]);
        return
        [
            texts.NameToName[at], texts.Name[at], texts.CoursesToName[at], texts.Courses[at], texts.All[at], texts.All[at] * texts.All[at], texts.Name[at] * texts.Courses[at],
            groups.Name[groupAt], groups.Courses[groupAt], groups.NameToName[groupAt], groups.All[groupAt], bestOfGroup[groupAt],
            votes.Near(code), votes.Near(group), votes.Sharp(code), votes.Sharp(group), votes.Linked(code), votes.Linked(group), votes.OfClass(group), votes.OfLevel(code),
            1.0 / (1 + _members[group].Count()), votes.Near(code) * texts.All[at], votes.Near(group) * texts.All[at],
        ];
    }

    // A group is as good as its best occupation in every respect, and has votes of its own.
    private double[] OfGroup(string group, MajorView view, LinkVotes votes, List<double[]> members, double[] bestOfGroup)
    {
        var best = new double[Features];
        foreach (var member in members)
        {
            for (var i = 0; i < Features; i++)
            {
                best[i] = Math.Max(best[i], member[i]);
            }
        }

        var at = _groupAt[group];
        (best[7], best[8], best[9], best[10], best[11]) = (view.Groups.Name[at], view.Groups.Courses[at], view.Groups.NameToName[at], view.Groups.All[at], bestOfGroup[at]);
        (best[13], best[15], best[17], best[18], best[19]) = (votes.Near(group), votes.Sharp(group), votes.Linked(group), votes.OfClass(group), votes.OfLevel(group));
        best[20] = 1.0 / (1 + members.Count);
        return best;
    }
}
