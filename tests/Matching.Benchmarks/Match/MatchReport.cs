using System.Globalization;

namespace Matching.Benchmarks.Match;

/// <summary>A figure of several rounds.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    public override string ToString() => Text("f1");

    public string Text(string format) => string.Format(CultureInfo.InvariantCulture, $"{{0:{format}}} ({{1:{format}}}-{{2:{format}}})", Median, Min, Max);
}

/// <summary>The ratios, each of the same round: f_vs_taat is how many times longer the straightforward engine takes; p_vs_f how many times the product's score costs of task F.</summary>
internal sealed record MatchReport(
    SortedDictionary<string, Spread> MicrosecondsPerGraduate, SortedDictionary<string, Spread> Ratios, int ExactChecked, int ExactFailed, double BuildSeconds, double PeakMegabytes)
{
    public static MatchReport Of(MatchTimes times)
    {
        var ratios = new SortedDictionary<string, Spread>(StringComparer.Ordinal);
        foreach (var (name, values) in times.Microseconds)
        {
            var (task, engine) = (name[..1], name[2..]);
            if (engine != "blocked")
            {
                ratios[$"{task}_vs_{engine}"] = Spread.Of(values.Zip(times.Microseconds[$"{task}_blocked"], (theirs, ours) => theirs / ours));
            }
        }

        if (times.Microseconds.TryGetValue("p_blocked", out var product))
        {
            ratios["p_vs_f"] = Spread.Of(product.Zip(times.Microseconds["f_blocked"], (p, f) => p / f));
        }

        return new(
            new(times.Microseconds.ToDictionary(pair => pair.Key, pair => Spread.Of(pair.Value)), StringComparer.Ordinal), ratios,
            times.Exact.Values.Sum(pair => pair.Of), times.Exact.Values.Sum(pair => pair.Of - pair.Same), times.BuildSeconds, times.PeakMegabytes);
    }

    public void Print()
    {
        foreach (var (name, spread) in MicrosecondsPerGraduate)
        {
            Console.WriteLine($"{name,-12} {spread}");
        }

        foreach (var (name, spread) in Ratios)
        {
            Console.WriteLine($"{name,-12} {spread} times");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"exact_checked {ExactChecked:n0} lists, {ExactFailed} different; indexes built in {BuildSeconds:f1} s; peak {PeakMegabytes:n0} MB"));
    }
}
