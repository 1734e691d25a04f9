namespace Matching.Engine.Retrieval;

/// <summary>
/// Which lists of a block are dense, and where they are capped. Leaving a dense list out of the sums saves much and costs the bound what the list can give at most;
/// capped, that most is what 85 of 100 documents do not exceed, while the few that do bring their excess in the part that is always summed.
/// </summary>
internal static class DenseCaps
{
    private const int DenseDivisor = 24; // dense: more than one document in this many
    private const int FewestDense = 512; // a shorter list is summed before its bound is looked up
    private const int CapPercent = 85;

    /// <summary>The cap of each term, 0 where its list is not dense.</summary>
    public static byte[] Of(bool[] linear, int count, ReadOnlySpan<int> inBlock, ReadOnlySpan<byte> codes)
    {
        var frequency = new int[linear.Length];
        foreach (var term in inBlock)
        {
            frequency[term]++;
        }

        var histograms = new Dictionary<int, int[]>();
        for (var at = 0; at < inBlock.Length; at++)
        {
            var term = inBlock[at];
            if (linear[term] && frequency[term] >= FewestDense && frequency[term] * DenseDivisor > count)
            {
                (histograms.TryGetValue(term, out var histogram) ? histogram : histograms[term] = new int[256])[codes[at]]++;
            }
        }

        var caps = new byte[linear.Length];
        // The densest, if there are more than columns can be numbered.
        foreach (var (term, histogram) in histograms.OrderByDescending(pair => frequency[pair.Key]).Take(ListDirectory.MostColumns))
        {
            // All codes 1: a list of members, as floors are set by.
            caps[term] = histogram[1] == frequency[term] ? (byte)0 : Percentile(histogram, frequency[term]);
        }

        return caps;
    }

    private static byte Percentile(int[] histogram, int total)
    {
        var (sum, code) = (0, 0);
        while ((sum += histogram[code]) * 100 < total * CapPercent)
        {
            code++;
        }

        return (byte)code;
    }
}
