using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Points as units of a 16-bit sum: as many units a point as leave room. Everything is rounded up, so that units never say less than the points they stand for;
/// who finishes a pair asks <see cref="PairScorer"/>, so the rounding decides how many pairs are finished and nothing else.
/// </summary>
internal sealed class UnitScale
{
    /// <summary>No document's floors, terms, sets and columns may exceed this together: all but the unit that <see cref="Sums.Keep"/> gives.</summary>
    public const int Most = ushort.MaxValue - 1;

    // Leaves room for what the rounding of families adds (see SkillFamilies).
    private const int Comfortable = 50_000;

    public UnitScale(ScoreWeights weights)
    {
        var total = weights.Must + weights.Nice + weights.Occupation + weights.Certificates + weights.Region + weights.Wage + weights.Education + weights.OrderClass;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, Comfortable, nameof(weights));
        (Weights, PerPoint) = (weights, Comfortable / Math.Max(1, total));
    }

    public ScoreWeights Weights { get; }

    public int PerPoint { get; }

    /// <summary>Required skills, welcome skills and certificates are rounded half up: so much more than their exact shares may their points be.</summary>
    public int Rounding => ((3 * PerPoint) + 1) / 2;

    public ushort Of(int points) => (ushort)(points * PerPoint);

    /// <summary>One skill's share: weight · strength / (1000 · count), up.</summary>
    public ushort Skill(bool must, int count, int strength)
    {
        var whole = (long)SkillStrengths.Full * count;
        return (ushort)((((long)(must ? Weights.Must : Weights.Nice) * PerPoint * strength) + whole - 1) / whole);
    }

    /// <summary>One certificate's share among so many, up; from 255 on they are taken for 255, which gives more.</summary>
    public ushort Certificate(int asked) => (ushort)(((Weights.Certificates * PerPoint) + Math.Min(asked, byte.MaxValue) - 1) / Math.Clamp(asked, 1, byte.MaxValue));
}
