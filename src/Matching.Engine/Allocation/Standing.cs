using Matching.Engine.Scoring;

namespace Matching.Engine.Allocation;

/// <summary>
/// How a graduate stands with a demand, in one number; smaller is better: PASS before UNKNOWN, then the priority class, then points.
/// Bits: 31 order class · 18 UNKNOWN · 17–14 class · 13–0 what is missing to 10,000 points.
/// </summary>
internal static class Standing
{
    public const int MostPoints = 10_000;
    public const int MostClass = 15;

    private const int ClassShift = 14;
    private const uint PointsMask = (1u << ClassShift) - 1;
    private const uint UnknownBit = 1u << 18;
    private const uint OrderClassBit = 1u << 31;

    public static uint Of(in ListedPair pair) =>
        (pair.OrderClass ? OrderClassBit : 0) | (pair.Verdict == Verdict.Unknown ? UnknownBit : 0) | ((uint)pair.Class << ClassShift) | (uint)(MostPoints - pair.Points);

    public static bool OrderClass(uint standing) => (standing & OrderClassBit) != 0;

    public static bool Unknown(uint standing) => (standing & UnknownBit) != 0;

    public static int Class(uint standing) => (int)((standing & ~(OrderClassBit | UnknownBit)) >> ClassShift);

    public static int Points(uint standing) => MostPoints - (int)(standing & PointsMask);

    /// <summary>The place of a graduate in the demand's order, ties to the lower position; whether he is of the order class decides about seats, not here.</summary>
    public static ulong Place(uint standing, int graduate) => ((ulong)(standing & ~OrderClassBit) << 32) | (uint)graduate;

    public static int Graduate(ulong place) => (int)(uint)place;
}
