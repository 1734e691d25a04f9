using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The open demands of a consortium, to be searched by graduate: skill → the demands that ask for it, so that strengths are summed only where skills meet.
/// Demands that share no skill with the graduate are scored only while points beside skills could still get them in.
/// Invariant: a skipped demand's bound is below the worst kept PASS entry. O(asks) memory; a search is O(postings met + demands), the latter a comparison each.
/// Immutable, so threads share it; each brings its own <see cref="Scratch"/>.
/// </summary>
public sealed class DemandIndex
{
    private readonly ScoreWeights _weights;
    private readonly DemandProfile[] _demands;
    private readonly int[] _besideBound;
    private readonly Dictionary<long, List<Posting>> _postings = [];

    public DemandIndex(ScoreWeights weights, IEnumerable<DemandProfile> demands)
    {
        _weights = weights;
        _demands = [.. demands.Select(demand => demand.Create()).OrderBy(demand => demand.Id)];
        _besideBound = [.. _demands.Select(demand => Components.Attainable(weights, demand)
            - Components.Must(weights, demand.Must.Count, SkillStrengths.Full * demand.Must.Count)
            - Components.Nice(weights, demand.Nice.Count, SkillStrengths.Full * demand.Nice.Count))];
        for (var i = 0; i < _demands.Length; i++)
        {
            Post(i, _demands[i].Must, must: true);
            Post(i, _demands[i].Nice, must: false);
        }
    }

    public int Count => _demands.Length;

    /// <summary>The best demands of a graduate, exactly those of <see cref="ExhaustiveMatcher"/>.</summary>
    public RankedMatch[] Search(Candidate candidate, int k, Scratch scratch)
    {
        var (must, nice) = scratch.For(_demands.Length);
        foreach (var (skill, strengths) in candidate.Strengths.All)
        {
            if (_postings.TryGetValue(skill, out var postings))
            {
                foreach (var posting in postings)
                {
                    (posting.Must ? must : nice)[posting.Demand] += strengths[posting.Level];
                }
            }
        }

        var best = new BestMatches(k);
        for (var i = 0; i < _demands.Length; i++)
        {
            var demand = _demands[i];
            var skills = must[i] == 0 && nice[i] == 0 ? 0 : Components.Must(_weights, demand.Must.Count, must[i]) + Components.Nice(_weights, demand.Nice.Count, nice[i]);
            if (best.CouldEnter(skills + _besideBound[i]))
            {
                var score = PairScorer.Score(_weights, demand, candidate, must[i], nice[i]);
                best.Offer(new(demand.Id, score.Points, score.Verdict, demand.Priority));
            }
        }

        return best.BestFirst();
    }

    private void Post(int demand, IReadOnlyList<SkillAsk> asks, bool must)
    {
        foreach (var ask in asks)
        {
            (_postings.TryGetValue(ask.Skill, out var list) ? list : _postings[ask.Skill] = []).Add(new(demand, (byte)ask.Level, must));
        }
    }

    private readonly record struct Posting(int Demand, byte Level, bool Must);
}
