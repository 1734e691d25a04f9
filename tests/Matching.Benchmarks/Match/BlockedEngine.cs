using System.Diagnostics;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match;

/// <summary>This project's engine.</summary>
internal sealed class BlockedEngine(MatchSetting setting, int batch = BlockedEngine.Batch) : IMatchEngine
{
    public const int Batch = 1_024;

    private readonly BenchIndex _index = new(setting.Jobs);

    public string Name => "blocked";

    public int Sample(BenchTask task, int graduates) => graduates;

    public Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists)
    {
        var clock = Stopwatch.StartNew();
        Parallel.For(
            0, (graduates.Length + batch - 1) / batch, new() { MaxDegreeOfParallelism = setting.Threads }, () => new BenchSearch(_index, setting.Graduates),
            (at, _, search) =>
            {
                search.Find(task, graduates.AsSpan(at * batch, Math.Min(batch, graduates.Length - (at * batch))), lists);
                return search;
            },
            _ => { });
        return Task.FromResult(clock.Elapsed.TotalMicroseconds / graduates.Length);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
