namespace Matching.Engine.Scoring;

/// <summary>Splits whole points over items in proportion to their shares so that they add up: everybody gets the whole part, the rest goes to the largest remainders, ties to the first.</summary>
public static class LargestRemainder
{
    /// <param name="total">What is to be split: the sum of the exact shares, rounded, so never less than the sum of their whole parts.</param>
    /// <param name="shares">Share of each item, in units of <paramref name="unit"/> per point.</param>
    /// <param name="unit">How much of a share makes one point.</param>
    public static int[] Split(int total, IReadOnlyList<long> shares, long unit)
    {
        var points = shares.Select(share => (int)(share / unit)).ToArray();
        var rest = total - points.Sum();
        foreach (var index in Enumerable.Range(0, points.Length).OrderByDescending(i => shares[i] % unit).ThenBy(i => i).Take(Math.Max(0, rest)))
        {
            points[index]++;
        }

        return points;
    }
}
