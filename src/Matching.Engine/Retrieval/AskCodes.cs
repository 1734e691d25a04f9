using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// An ask in one byte: what it counts (which list, among how many) and the level. Counts that share a code are taken for the smallest of them, which gives the most.
/// </summary>
internal static class AskCodes
{
    private static readonly int[] MustCounts = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 27, 30, 35, 40, 50, 60];
    private static readonly int[] NiceCounts = [3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30];

    public static byte Of(bool must, int asked, int level)
    {
        var counts = must ? MustCounts : NiceCounts;
        return (byte)(1 + (((must ? 0 : MustCounts.Length) + Class(counts, asked)) * SkillStrengths.Levels) + level);
    }

    /// <summary>Units by code for a graduate who answers the skill with these strengths, but for a part that is given otherwise.</summary>
    public static ushort[] Table(UnitScale scale, LevelStrengths strengths, int given)
    {
        var units = new ushort[256];
        for (var i = 0; i < MustCounts.Length + NiceCounts.Length; i++)
        {
            var must = i < MustCounts.Length;
            var count = must ? MustCounts[i] : NiceCounts[i - MustCounts.Length];
            for (var level = 0; level < SkillStrengths.Levels; level++)
            {
                units[1 + (i * SkillStrengths.Levels) + level] = scale.Skill(must, count, Math.Max(0, strengths[level] - given));
            }
        }

        return units;
    }

    /// <summary>The most units a demand can give.</summary>
    public static int Most(UnitScale scale, DemandProfile demand) =>
        (demand.Must.Count * scale.Skill(true, MustCounts[Class(MustCounts, demand.Must.Count)], SkillStrengths.Full))
        + (demand.Nice.Count * scale.Skill(false, NiceCounts[Class(NiceCounts, demand.Nice.Count)], SkillStrengths.Full))
        + (demand.Certificates.Count * scale.Certificate(demand.Certificates.Count))
        + scale.Of(scale.Weights.Occupation + scale.Weights.Region + scale.Weights.Wage + scale.Weights.Education + scale.Weights.OrderClass);

    private static int Class(int[] counts, int asked) => Array.FindLastIndex(counts, count => count <= Math.Max(asked, counts[0]));
}
