namespace Matching.Engine.Scoring;

/// <summary>
/// How well a graduate answers each skill, in thousandths, per asked level 0–5: relation (10, 9, 5) × evidence (10, 9, 6) × level (10, 6, 3), the best of all his skills.
/// Made once per graduate; scoring and both indexes read it.
/// </summary>
public sealed class SkillStrengths
{
    public const int Levels = 6;
    public const int Full = 1_000;

    private readonly Dictionary<long, short[]> _bySkill = [];

    public SkillStrengths(GraduateProfile graduate, SkillGraph graph)
    {
        foreach (var held in graduate.Skills)
        {
            foreach (var (skill, relation) in graph.Answers(held.Skill))
            {
                Raise(skill, relation * EvidenceTenths(held.Evidence), held.Level);
            }
        }
    }

    /// <summary>All skills answered for, with the strength at each asked level.</summary>
    public IReadOnlyDictionary<long, short[]> All => _bySkill;

    /// <summary>Thousandths, 0 when he has nothing near it.</summary>
    public int Of(SkillAsk ask) => _bySkill.TryGetValue(ask.Skill, out var strengths) ? strengths[ask.Level] : 0;

    private void Raise(long skill, int hundredths, int heldLevel)
    {
        if (!_bySkill.TryGetValue(skill, out var strengths))
        {
            _bySkill[skill] = strengths = new short[Levels];
        }

        for (var asked = 0; asked < Levels; asked++)
        {
            strengths[asked] = Math.Max(strengths[asked], (short)(hundredths * LevelTenths(Math.Max(heldLevel, 1), asked)));
        }
    }

    private static int EvidenceTenths(Evidence evidence) => evidence switch { Evidence.Certificate => 10, Evidence.Claim => 6, _ => 9 };

    private static int LevelTenths(int held, int asked) => held >= asked ? 10 : held == asked - 1 ? 6 : 3;
}
