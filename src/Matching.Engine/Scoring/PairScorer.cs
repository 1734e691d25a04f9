namespace Matching.Engine.Scoring;

/// <summary>What a demand and a graduate come to.</summary>
/// <param name="Points">Hundredths of a point, 0–10,000.</param>
/// <param name="Verdict">Whether the hard requirements are met.</param>
public readonly record struct PairScore(int Points, Verdict Verdict);

/// <summary>Scores one pair. Every search and the explanation add up the same components.</summary>
public static class PairScorer
{
    /// <summary>The pair's points and verdict. O(skills asked).</summary>
    public static PairScore Score(ScoreWeights weights, DemandProfile demand, Candidate candidate) =>
        Score(weights, demand, candidate.Facts, Sum(demand.Must, candidate), Sum(demand.Nice, candidate));

    /// <summary>The same when the strengths of the skills are already summed, as an index does.</summary>
    public static PairScore Score(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate, int mustSum, int niceSum)
    {
        var verdict = HardRequirements.Verdict(demand, graduate);
        return verdict == Verdict.Fail ? new(0, Verdict.Fail) : new(Points(weights, demand, graduate, mustSum, niceSum), verdict);
    }

    /// <summary>The points alone, whatever the verdict.</summary>
    internal static int Points(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate, int mustSum, int niceSum) =>
        Components.Must(weights, demand.MustCount, mustSum)
        + Components.Nice(weights, demand.NiceCount, niceSum)
        + Components.Occupation(weights, demand, graduate)
        + Components.Certificates(weights, demand.Certificates.Length, Held(demand, graduate))
        + Components.Region(weights, demand, graduate)
        + Components.Wage(weights, demand, graduate)
        + Components.Education(weights, demand, graduate)
        + Components.OrderClass(weights, demand, graduate);

    internal static int Sum(IReadOnlyList<SkillAsk> asks, Candidate candidate)
    {
        var sum = 0;
        foreach (var ask in asks)
        {
            sum += candidate.Strengths.Of(ask);
        }

        return sum;
    }

    private static int Held(in DemandFacts demand, in GraduateFacts graduate)
    {
        var held = 0;
        foreach (var ask in demand.Certificates)
        {
            held += graduate.Certificates.Contains(ask.Certificate) ? 1 : 0;
        }

        return held;
    }
}
