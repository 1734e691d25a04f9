namespace Matching.Engine.Scoring;

/// <summary>
/// How well one skill is answered at each asked level 0–5, in thousandths: relation (10, 9, 5) × evidence (10, 9, 6) × level (10, 6, 3). Ten bits a level, so that a graduate's
/// strengths are numbers and not arrays.
/// </summary>
internal readonly record struct LevelStrengths(ulong Bits)
{
    private const int LevelBits = 10;
    private const ulong Mask = (1 << LevelBits) - 1;

    public static LevelStrengths Full { get; } = Of(10, Evidence.Certificate, SkillStrengths.Levels - 1);

    /// <summary>Strength at an asked level.</summary>
    public int this[int level] => At(Shift(level));

    /// <summary>The most of all levels: at "any".</summary>
    public int Most => At(0);

    /// <summary>Where a level lies, for <see cref="At"/>.</summary>
    public static int Shift(int level) => LevelBits * level;

    public int At(int shift) => (int)(Bits >> shift & Mask);

    /// <summary>What one held skill gives in this relation (tenths).</summary>
    public static LevelStrengths Of(int relation, Evidence evidence, int level)
    {
        var bits = 0UL;
        for (var asked = 0; asked < SkillStrengths.Levels; asked++)
        {
            bits |= (ulong)(relation * EvidenceTenths(evidence) * LevelTenths(Math.Max(level, 1), asked)) << Shift(asked);
        }

        return new(bits);
    }

    /// <summary>The better of both at every level.</summary>
    public static LevelStrengths Max(LevelStrengths a, LevelStrengths b)
    {
        var bits = 0UL;
        for (var mask = Mask; mask <= Mask << Shift(SkillStrengths.Levels - 1); mask <<= LevelBits)
        {
            bits |= Math.Max(a.Bits & mask, b.Bits & mask);
        }

        return new(bits);
    }

    private static int EvidenceTenths(Evidence evidence) => evidence switch { Evidence.Certificate => 10, Evidence.Claim => 6, _ => 9 };

    private static int LevelTenths(int held, int asked) => held >= asked ? 10 : held == asked - 1 ? 6 : 3;
}
