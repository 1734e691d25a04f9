namespace Matching.Engine.Scoring;

/// <summary>What a demand and a graduate come to.</summary>
/// <param name="Points">Hundredths of a point, 0–10,000.</param>
/// <param name="Verdict">Whether the hard requirements are met.</param>
public readonly record struct PairScore(int Points, Verdict Verdict);

/// <summary>A graduate ready to be scored: his profile and the strengths made of it.</summary>
public sealed class Candidate(GraduateProfile profile, SkillGraph graph)
{
    public GraduateProfile Profile { get; } = profile;

    public SkillStrengths Strengths { get; } = new(profile, graph);
}

/// <summary>Scores one pair. Every search and the explanation add up the same components.</summary>
public static class PairScorer
{
    /// <summary>The pair's points and verdict. O(skills asked).</summary>
    public static PairScore Score(ScoreWeights weights, DemandProfile demand, Candidate candidate) =>
        Score(weights, demand, candidate, Sum(demand.Must, candidate), Sum(demand.Nice, candidate));

    /// <summary>The same when the strengths of the skills are already summed, as an index does.</summary>
    public static PairScore Score(ScoreWeights weights, DemandProfile demand, Candidate candidate, int mustSum, int niceSum)
    {
        var graduate = candidate.Profile;
        var verdict = HardRequirements.Verdict(demand, graduate);
        if (verdict == Verdict.Fail)
        {
            return new(0, Verdict.Fail);
        }

        return new(
            Components.Must(weights, demand.Must.Count, mustSum) + Components.Nice(weights, demand.Nice.Count, niceSum) + BesideSkills(weights, demand, graduate),
            verdict);
    }

    /// <summary>Points of everything but skills.</summary>
    internal static int BesideSkills(ScoreWeights weights, DemandProfile demand, GraduateProfile graduate) =>
        Components.Occupation(weights, demand, graduate)
        + Components.Certificates(weights, demand.Certificates.Count, Held(demand, graduate))
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

    private static int Held(DemandProfile demand, GraduateProfile graduate)
    {
        var held = 0;
        foreach (var ask in demand.Certificates)
        {
            held += graduate.Certificates.Contains(ask.Certificate) ? 1 : 0;
        }

        return held;
    }
}
