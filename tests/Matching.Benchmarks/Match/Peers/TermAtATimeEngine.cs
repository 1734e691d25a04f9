using System.Diagnostics;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match.Peers;

internal sealed class TermAtATimeEngine(MatchSetting setting) : IMatchEngine
{
    private const int Most = 4_000;
    private const int Chunk = 64;

    private readonly TermAtATime _engine = new(setting.Jobs, setting.Graduates);

    public string Name => "taat";

    public int Sample(BenchTask task, int graduates) => Math.Min(Most, graduates);

    public Task<double> RunAsync(BenchTask task, int[] graduates, TopLists lists)
    {
        var clock = Stopwatch.StartNew();
        Parallel.For(
            0, (graduates.Length + Chunk - 1) / Chunk, new() { MaxDegreeOfParallelism = setting.Threads }, _engine.NewScratch,
            (chunk, _, scratch) =>
            {
                foreach (var graduate in graduates.AsSpan(chunk * Chunk, Math.Min(Chunk, graduates.Length - (chunk * Chunk))))
                {
                    _engine.Find(task, graduate, lists.K, lists, graduate, scratch);
                }

                return scratch;
            },
            _ => { });
        return Task.FromResult(clock.Elapsed.TotalMicroseconds / graduates.Length);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
