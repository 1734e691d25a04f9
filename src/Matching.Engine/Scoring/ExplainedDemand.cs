namespace Matching.Engine.Scoring;

/// <summary>A demand ready to have pairs explained: what scoring reads of it, all in one place, where the profile's lists lie anywhere in memory and fetching them takes longer than reading them.</summary>
/// <param name="demand">The demand.</param>
public sealed class ExplainedDemand(DemandProfile demand)
{
    private readonly DemandFacts _facts = demand;
    private readonly SkillAsk[] _skills = [.. demand.Must, .. demand.Nice];

    internal ref readonly DemandFacts Facts => ref _facts;

    internal ReadOnlySpan<SkillAsk> Must => _skills.AsSpan(0, _facts.MustCount);

    internal ReadOnlySpan<SkillAsk> Nice => _skills.AsSpan(_facts.MustCount);

    /// <summary>Reads a little of each of its parts, so that they are on their way when they are needed; the result means nothing.</summary>
    public int Fetch() => _facts.Majors.Length + _facts.Certificates.Length + (_skills.Length > 0 ? _skills[0].Level + _skills[^1].Level : 0);
}
