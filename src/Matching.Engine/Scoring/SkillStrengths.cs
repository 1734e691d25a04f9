namespace Matching.Engine.Scoring;

/// <summary>How well a graduate answers each skill, the best of all his skills; what scoring a single pair and explaining it read.</summary>
public sealed class SkillStrengths
{
    public const int Levels = 6;
    public const int Full = 1_000;

    private readonly long[] _skills; // ascending
    private readonly LevelStrengths[] _strengths;

    public SkillStrengths(GraduateProfile graduate, SkillGraph graph)
    {
        var answers = new Dictionary<long, LevelStrengths>();
        foreach (var held in graduate.Skills)
        {
            foreach (var (skill, relation) in graph.Answers(held.Skill))
            {
                answers[skill] = LevelStrengths.Max(answers.GetValueOrDefault(skill), LevelStrengths.Of(relation, held.Evidence, held.Level));
            }
        }

        (_skills, _strengths) = ([.. answers.Keys], [.. answers.Values]);
        Array.Sort(_skills, _strengths);
    }

    /// <summary>Thousandths, 0 when he has nothing near it.</summary>
    public int Of(SkillAsk ask)
    {
        // Halving without a branch: what is asked for next is not foreseeable, and a wrong guess costs as much as all the steps.
        var (skills, from) = (_skills, 0);
        for (var length = skills.Length; length > 1;)
        {
            var half = length >> 1;
            from += half & -(skills[from + half] <= ask.Skill ? 1 : 0);
            length -= half;
        }

        return from < skills.Length && skills[from] == ask.Skill ? _strengths[from][ask.Level] : 0;
    }
}
