namespace Matching.Engine.Indicators;

/// <summary>
/// Which cells of a column of person counts must not be shown, formula 小数抑制 v1: those on 1 to threshold−1 persons, and as many more as it takes so that nobody
/// can work them out from the total. Zero is shown unless it must help to hide a neighbour.
/// </summary>
public static class Suppression
{
    /// <summary>Persons below which a count is not shown.</summary>
    public const int Threshold = 10;

    /// <summary>Leavers below which an outcome rate is not shown.</summary>
    public const int OutcomeThreshold = 20;

    /// <param name="counts">The cells of one column whose total is shown.</param>
    /// <param name="threshold">Persons below which a count is not shown.</param>
    /// <param name="totalHidden">Set when no choice of cells protects the column, so that the total must go too.</param>
    /// <returns>True for each cell that is hidden.</returns>
    public static bool[] Hide(IReadOnlyList<long> counts, int threshold, out bool totalHidden)
    {
        var hidden = counts.Select(count => count > 0 && count < threshold).ToArray();
        totalHidden = false;
        if (!hidden.Contains(true))
        {
            return hidden;
        }

        while (!IsSafe(counts, hidden, threshold))
        {
            // The smallest that still shows, so that as little as possible is lost; zeros last.
            var next = Enumerable.Range(0, counts.Count).Where(i => !hidden[i]).OrderBy(i => counts[i] == 0).ThenBy(i => counts[i]).ThenBy(i => i).Cast<int?>().FirstOrDefault();
            if (next is null)
            {
                totalHidden = true;
                break;
            }

            hidden[next.Value] = true;
        }

        return hidden;
    }

    /// <summary>The values a hidden cell can have for a reader who knows the total and every shown cell.</summary>
    public static (long Low, long High) Interval(IReadOnlyList<long> counts, bool[] hidden, int cell)
    {
        var rest = counts.Where((_, i) => hidden[i]).Sum();
        var others = hidden.Where((isHidden, i) => isHidden && i != cell).Count();
        return others == 0 ? (rest, rest) : (0, rest);
    }

    // At least three values, one of them at or above the threshold.
    private static bool IsSafe(IReadOnlyList<long> counts, bool[] hidden, int threshold) =>
        Enumerable.Range(0, counts.Count).Where(i => hidden[i]).All(i => Interval(counts, hidden, i) is var (low, high) && high - low >= 2 && high >= threshold);
}
