namespace Matching.Engine.Scoring;

/// <summary>Splits whole points over items in proportion to their shares so that they add up: everybody gets the whole part, the rest goes to the largest remainders, ties to the first.</summary>
public static class LargestRemainder
{
    private const int MostOnStack = 64;

    /// <summary>The exact share of an item is amount · <paramref name="weight"/> / <paramref name="whole"/>.</summary>
    /// <param name="total">What is to be split: the sum of the exact shares, rounded, so never less than the sum of their whole parts.</param>
    /// <param name="amounts">Amount of each item.</param>
    /// <param name="weight">Points that the whole would get.</param>
    /// <param name="whole">The whole, in units of the amounts.</param>
    /// <param name="points">The points of each item, to be filled.</param>
    public static void Split(int total, ReadOnlySpan<int> amounts, int weight, int whole, Span<int> points)
    {
        Span<long> remainders = amounts.Length <= MostOnStack ? stackalloc long[amounts.Length] : new long[amounts.Length];
        var rest = total;
        for (var i = 0; i < amounts.Length; i++)
        {
            var (share, remainder) = Math.DivRem((long)amounts[i] * weight, whole);
            (points[i], remainders[i]) = ((int)share, remainder);
            rest -= points[i];
        }

        for (; rest > 0 && Largest(remainders) is >= 0 and var at; rest--)
        {
            points[at]++;
            remainders[at] = -1;
        }
    }

    // The first of the largest; -1 where each had its turn.
    private static int Largest(ReadOnlySpan<long> remainders)
    {
        var (at, most) = (-1, -1L);
        for (var i = 0; i < remainders.Length; i++)
        {
            if (remainders[i] > most)
            {
                (at, most) = (i, remainders[i]);
            }
        }

        return at;
    }
}
