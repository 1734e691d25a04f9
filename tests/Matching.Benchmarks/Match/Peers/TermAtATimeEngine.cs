using System.Collections.Concurrent;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match.Peers;

internal sealed class TermAtATimeEngine(MatchSetting setting) : IMatchEngine
{
    private const int Most = 4_000;
    private const int Chunk = 64;

    private readonly TermAtATime _engine = new(setting.Jobs, setting.Graduates);
    private readonly ConcurrentBag<TermAtATime.Scratch> _idle = [];

    public string Name => "taat";

    public int Sample(BenchTask task, int graduates) => Math.Min(Most, graduates);

    public Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists) => Task.FromResult(setting.Time(graduates.Length, () => Find(task, graduates, lists)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Find(BenchTask task, int[] graduates, TopLists lists) =>
        Parallel.For(
            0, (graduates.Length + Chunk - 1) / Chunk, new() { MaxDegreeOfParallelism = setting.Threads }, () => _idle.TryTake(out var scratch) ? scratch : _engine.NewScratch(),
            (chunk, _, scratch) =>
            {
                foreach (var graduate in graduates.AsSpan(chunk * Chunk, Math.Min(Chunk, graduates.Length - (chunk * Chunk))))
                {
                    _engine.Find(task, graduate, lists.K, lists, graduate, scratch);
                }

                return scratch;
            },
            _idle.Add);
}
