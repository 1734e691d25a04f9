namespace Matching.Benchmarks.Match;

/// <summary>What the rounds took, by task and engine, and how many lists agreed with ours.</summary>
internal sealed class MatchTimes
{
    public SortedDictionary<string, List<double>> Microseconds { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, (int Same, int Of)> Exact { get; } = new(StringComparer.Ordinal);

    public double BuildSeconds { get; init; }

    public double PeakMegabytes { get; set; }

    public void Add(string name, double? microseconds)
    {
        if (microseconds is { } counted)
        {
            (Microseconds.TryGetValue(name, out var list) ? list : Microseconds[name] = []).Add(counted);
        }
    }

    public void Checked(string name, int same, int of) => Exact[name] = (same, of);
}
