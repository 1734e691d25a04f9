using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// A match's whole place in the order as one number, larger is better: PASS before UNKNOWN, then points, then priority, then the lower id.
/// Ids stand in it as their rank among the documents, so that they fit. Bits: 62 pass · 61–41 points · 40 priority · 39–0 rank, inverted.
/// </summary>
internal static class RankKey
{
    private const int PointsShift = 41;
    private const long PassBit = 1L << 62;
    private const long PriorityBit = 1L << 40;
    private const long RankMask = PriorityBit - 1;

    public static long Of(bool pass, int points, bool priority, int rank) =>
        (pass ? PassBit : 0) | ((long)points << PointsShift) | (priority ? PriorityBit : 0) | (RankMask - rank);

    /// <summary>0 for a pair that must not be listed.</summary>
    public static long Of(PairScore score, bool priority, int rank) =>
        score.Verdict == Verdict.Fail || score.Points < 1 ? 0 : Of(score.Verdict == Verdict.Pass, score.Points, priority, rank);

    public static int Points(long key) => (int)((key & ~PassBit) >> PointsShift);

    public static bool Pass(long key) => key >= PassBit;

    public static bool Priority(long key) => (key & PriorityBit) != 0;

    public static int Rank(long key) => (int)(RankMask - (key & RankMask));

    public static RankedMatch ToMatch(long key, long[] ids) => new(ids[Rank(key)], Points(key), Pass(key) ? Verdict.Pass : Verdict.Unknown, Priority(key));
}
