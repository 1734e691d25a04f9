using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>Scores every pair. Slow and obviously right: the oracle the indexes are tested against.</summary>
public static class ExhaustiveMatcher
{
    public static RankedMatch[] TopDemands(ScoreWeights weights, IEnumerable<DemandProfile> demands, Candidate candidate, int k) =>
        Top(demands.Select(demand => (demand.Id, PairScorer.Score(weights, demand, candidate), demand.Priority)), k);

    // Priority belongs to the demand, so among the graduates of one demand it decides nothing.
    public static RankedMatch[] TopGraduates(ScoreWeights weights, DemandProfile demand, IEnumerable<Candidate> candidates, int k) =>
        Top(candidates.Select(candidate => (candidate.Profile.Id, PairScorer.Score(weights, demand, candidate), false)), k);

    private static RankedMatch[] Top(IEnumerable<(long Id, PairScore Score, bool Priority)> pairs, int k)
    {
        var best = new BestMatches(k);
        foreach (var (id, score, priority) in pairs)
        {
            best.Offer(new(id, score.Points, score.Verdict, priority));
        }

        return best.BestFirst();
    }
}
