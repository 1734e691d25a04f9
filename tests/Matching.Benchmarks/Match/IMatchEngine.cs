using System.Diagnostics;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match;

/// <summary>One way to answer the tasks, to be timed on both cores.</summary>
internal interface IMatchEngine : IAsyncDisposable
{
    string Name { get; }

    /// <summary>How many graduates a round asks: the slow ones get a sample.</summary>
    int Sample(BenchTask task, int graduates);

    /// <summary>Fills the lists of these graduates; the time of one in microseconds of both cores' wall clock.</summary>
    Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists);
}

/// <summary>The data set and what of it was asked for.</summary>
internal sealed record MatchSetting(char Set, BenchRecords Jobs, BenchRecords Graduates, int K)
{
    public int Threads { get; init; } = 2;

    /// <summary>Engines of this process are timed by its processor time, shared among the threads, not by the clock: for a machine that others use too.</summary>
    public bool ByProcessorTime { get; init; }

    /// <summary>Microseconds on all threads that the work takes a graduate.</summary>
    public double Time(int graduates, Action work)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        work();
        return (ByProcessorTime ? (Environment.CpuUsage.TotalTime - before) / Threads : clock.Elapsed).TotalMicroseconds / graduates;
    }

    /// <summary>The first of the graduates in the order of their occupations, as a job of the product takes them.</summary>
    public int[] Sample(int count) => [.. Enumerable.Range(0, Math.Min(count, Graduates.Count)).OrderBy(i => Graduates.Occupation[i]).ThenBy(i => i)];
}
