namespace Matching.Engine.Scoring;

/// <summary>A graduate ready to be scored.</summary>
/// <param name="profile">What is known of him.</param>
/// <param name="graph">How skills answer for each other. One graph for all that are compared: an index refuses another one's candidates.</param>
public sealed class Candidate(GraduateProfile profile, SkillGraph graph)
{
    private readonly GraduateFacts _facts = profile;
    private SkillStrengths? _strengths;

    public GraduateProfile Profile { get; } = profile;

    public SkillGraph Graph { get; } = graph;

    /// <summary>His profile but for the skills, as scoring reads it.</summary>
    public ref readonly GraduateFacts Facts => ref _facts;

    /// <summary>Made when first asked for: an index works them out by itself, and of a million graduates few are shown.</summary>
    public SkillStrengths Strengths => _strengths ??= new(Profile, Graph);
}
