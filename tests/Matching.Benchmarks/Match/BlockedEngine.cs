using System.Collections.Concurrent;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match;

/// <summary>This project's engine.</summary>
internal sealed class BlockedEngine(MatchSetting setting, int batch = BlockedEngine.Batch) : IMatchEngine
{
    public const int Batch = 256;

    private readonly BenchIndex _index = new(setting.Jobs);
    private readonly ConcurrentBag<BenchSearch> _idle = [];

    public string Name => "blocked";

    public int Sample(BenchTask task, int graduates) => graduates;

    public Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists) => Task.FromResult(setting.Time(graduates.Length, () => Find(task, graduates, lists)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Find(BenchTask task, int[] graduates, TopLists lists) =>
        Parallel.For(
            0, (graduates.Length + batch - 1) / batch, new() { MaxDegreeOfParallelism = setting.Threads }, () => _idle.TryTake(out var search) ? search : new(_index, setting.Graduates),
            (at, _, search) =>
            {
                search.Find(task, graduates.AsSpan(at * batch, Math.Min(batch, graduates.Length - (at * batch))), lists);
                return search;
            },
            _idle.Add);
}
