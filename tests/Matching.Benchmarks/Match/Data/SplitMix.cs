namespace Matching.Benchmarks.Match.Data;

/// <summary>SplitMix64: every record has a stream of its own, so a smaller set is a prefix of a larger one and records can be made in parallel.</summary>
internal struct SplitMix(ulong state)
{
    private ulong _state = state;

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>An index with the frequency its step in the cumulative table has.</summary>
    public int Pick(ulong[] cumulative)
    {
        var x = Math.BigMul(Next(), cumulative[^1], out _);
        var (low, high) = (0, cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = cumulative[middle] > x ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
