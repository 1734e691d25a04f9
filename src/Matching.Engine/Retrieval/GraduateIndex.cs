using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The graduates of a consortium, to be searched by demand: skill → the graduates who answer for it with their strengths (relations expanded once, here).
/// The mirror of <see cref="DemandIndex"/>, with the same invariant and costs; memory is O(skills answered for).
/// </summary>
public sealed class GraduateIndex
{
    private readonly ScoreWeights _weights;
    private readonly Candidate[] _candidates;
    private readonly Dictionary<long, List<(int Graduate, short[] Strengths)>> _postings = [];

    public GraduateIndex(ScoreWeights weights, IEnumerable<Candidate> candidates)
    {
        _weights = weights;
        _candidates = [.. candidates.OrderBy(candidate => candidate.Profile.Id)];
        for (var i = 0; i < _candidates.Length; i++)
        {
            foreach (var (skill, strengths) in _candidates[i].Strengths.All)
            {
                (_postings.TryGetValue(skill, out var list) ? list : _postings[skill] = []).Add((i, strengths));
            }
        }
    }

    public int Count => _candidates.Length;

    /// <summary>The best graduates of a demand, exactly those of <see cref="ExhaustiveMatcher"/>.</summary>
    public RankedMatch[] Search(DemandProfile demand, int k, Scratch scratch)
    {
        demand = demand.Create();
        var (must, nice) = scratch.For(_candidates.Length);
        Add(demand.Must, must);
        Add(demand.Nice, nice);
        var beside = Components.Attainable(_weights, demand with { Must = [], Nice = [] });
        var best = new BestMatches(k);
        for (var i = 0; i < _candidates.Length; i++)
        {
            var skills = must[i] == 0 && nice[i] == 0 ? 0 : Components.Must(_weights, demand.Must.Count, must[i]) + Components.Nice(_weights, demand.Nice.Count, nice[i]);
            if (best.CouldEnter(skills + beside))
            {
                var score = PairScorer.Score(_weights, demand, _candidates[i], must[i], nice[i]);
                best.Offer(new(_candidates[i].Profile.Id, score.Points, score.Verdict));
            }
        }

        return best.BestFirst();
    }

    private void Add(IReadOnlyList<SkillAsk> asks, int[] sums)
    {
        foreach (var ask in asks)
        {
            if (_postings.TryGetValue(ask.Skill, out var postings))
            {
                foreach (var (graduate, strengths) in postings)
                {
                    sums[graduate] += strengths[ask.Level];
                }
            }
        }
    }
}
