using System.Diagnostics;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match;

/// <summary>This project's engine.</summary>
internal sealed class BlockedEngine(MatchSetting setting) : IMatchEngine
{
    private const int Batch = 512;

    private readonly BenchIndex _index = new(setting.Jobs);

    public string Name => "blocked";

    public int Sample(BenchTask task, int graduates) => graduates;

    public Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists)
    {
        var clock = Stopwatch.StartNew();
        Parallel.For(
            0, (graduates.Length + Batch - 1) / Batch, new() { MaxDegreeOfParallelism = MatchSetting.Threads }, () => new BenchSearch(_index, setting.Graduates),
            (batch, _, search) =>
            {
                search.Find(task, graduates.AsSpan(batch * Batch, Math.Min(Batch, graduates.Length - (batch * Batch))), lists);
                return search;
            },
            _ => { });
        return Task.FromResult(clock.Elapsed.TotalMicroseconds / graduates.Length);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
