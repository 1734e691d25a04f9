using System.Diagnostics;
using System.Globalization;

namespace Matching.Benchmarks.Ingest;

/// <summary>Contenders that take turns; what counts is the median of a contender's rounds.</summary>
internal static class Rounds
{
    /// <summary>Rows per second of each contender.</summary>
    /// <param name="contenders">Each answers how long its rows took, seconds.</param>
    /// <param name="rows">How many rows each writes.</param>
    /// <param name="rounds">How often each has its turn.</param>
    /// <param name="before">Makes the table empty before every turn; not timed.</param>
    public static async Task<Dictionary<string, double>> RatesAsync((string Name, Func<Task<double>> Run)[] contenders, int rows, int rounds, Func<Task> before)
    {
        var times = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, run) in contenders)
            {
                await before();
                times[name].Add(await run());
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} {name} {rows / times[name][^1]:0} rows/s"));
            }
        }

        return times.ToDictionary(pair => pair.Key, pair => rows / pair.Value.Order().ElementAt(pair.Value.Count / 2));
    }

    /// <summary>How long something takes by the clock, seconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return watch.Elapsed.TotalSeconds;
    }
}
