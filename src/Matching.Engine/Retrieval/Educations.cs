namespace Matching.Engine.Retrieval;

/// <summary>Education ranks as classes: 0 not said, then a class a rank. The first class holds what is below it too, the last what is above it.</summary>
internal static class Educations
{
    private const int Last = Block.Classes - 1;

    public static byte Of(int? rank) => rank is { } value ? (byte)Math.Clamp(1L + value, 1, Last) : (byte)0;

    /// <summary>The classes of demands that a graduate of this rank fails for certain, a bit each.</summary>
    public static uint AskingMoreThan(int rank) => Bits(rankClass => rankClass > 1 && rankClass - 1 > rank);

    /// <summary>The classes of graduates who fail this least rank for certain.</summary>
    public static uint ReachingLessThan(int rank) => Bits(rankClass => rankClass < Last && rankClass - 1 < rank);

    private static uint Bits(Func<int, bool> refused)
    {
        var bits = 0u;
        for (var rankClass = 1; rankClass < Block.Classes; rankClass++)
        {
            bits |= refused(rankClass) ? 1u << rankClass : 0;
        }

        return bits;
    }
}
