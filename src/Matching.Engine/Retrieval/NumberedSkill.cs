using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>As what a skill held answers an ask.</summary>
internal enum SkillRelation : byte
{
    /// <summary>It is asked for.</summary>
    Itself,

    /// <summary>A broader one is.</summary>
    Broader,

    /// <summary>Another part of the same broader one is.</summary>
    Sibling,
}

/// <summary>A skill held, by its number in an index: four bytes a skill of each graduate, and what it gives is a look into a table.</summary>
internal readonly record struct NumberedSkill
{
    private const int HowBits = 5; // two of evidence, three of level

    private static readonly LevelStrengths[] Gives =
        [.. new[] { SkillGraph.Itself, SkillGraph.Broader, SkillGraph.Sibling }.SelectMany(tenths => Enumerable.Range(0, 1 << HowBits).Select(how => LevelStrengths.Of(tenths, (Evidence)(how & 3), how >> 2)))];

    private readonly uint _bits;

    public NumberedSkill(int number, SkillHeld held)
        : this(((uint)number << HowBits) | ((uint)Math.Clamp(held.Level, 0, SkillStrengths.Levels - 1) << 2) | (uint)held.Evidence)
    {
    }

    private NumberedSkill(uint bits) => _bits = bits;

    public int Number => (int)(_bits >> HowBits);

    /// <summary>The same by another number.</summary>
    public NumberedSkill Renumbered(int number) => new(((uint)number << HowBits) | (_bits & ((1 << HowBits) - 1)));

    /// <summary>What it gives.</summary>
    public LevelStrengths As(SkillRelation relation) => Gives[((int)relation << HowBits) | (int)(_bits & ((1 << HowBits) - 1))];
}
