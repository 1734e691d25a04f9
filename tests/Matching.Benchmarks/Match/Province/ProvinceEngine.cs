using System.Diagnostics;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Benchmarks.Match.Province;

/// <summary>Task P: the product's own index and score, asked for many graduates at a time as the nightly run does.</summary>
internal sealed class ProvinceEngine
{
    public const int Checked = 100;
    public const int Most = 4_000;

    private readonly MatchSetting _setting;
    private readonly int _batch;
    private readonly DemandProfile[] _demands;
    private readonly Candidate[] _candidates;
    private readonly DemandIndex _index;

    public ProvinceEngine(MatchSetting setting, int most, int batch = BlockedEngine.Batch)
    {
        (_setting, _batch) = (setting, batch);
        _demands = [.. Enumerable.Range(0, setting.Jobs.Count).Select(i => ProvinceProfiles.Demand(setting.Jobs, i))];
        _candidates = [.. setting.Sample(most).Select(i => ProvinceProfiles.Graduate(setting.Graduates, i))];
        _index = new(ScoreWeights.Default, _demands, ProvinceProfiles.Graph);
    }

    /// <summary>Microseconds a graduate on both cores.</summary>
    public double Run()
    {
        var clock = Stopwatch.StartNew();
        Parallel.For(
            0, (_candidates.Length + _batch - 1) / _batch, new() { MaxDegreeOfParallelism = _setting.Threads }, () => new Scratch(),
            (at, _, scratch) =>
            {
                _index.SearchAll(_candidates.AsSpan(at * _batch, Math.Min(_batch, _candidates.Length - (at * _batch))), _setting.K, scratch);
                return scratch;
            },
            _ => { });
        return clock.Elapsed.TotalMicroseconds / _candidates.Length;
    }

    /// <summary>How many lists are those of scoring every pair.</summary>
    public int CountExact(int count)
    {
        Candidate[] asked = [.. Enumerable.Range(0, count).Select(i => _candidates[(int)((long)i * _candidates.Length / count)])];
        var lists = _index.SearchAll(asked, _setting.K, new Scratch());
        return asked.Zip(lists).Count(pair => pair.Second.SequenceEqual(ExhaustiveMatcher.TopDemands(ScoreWeights.Default, _demands, pair.First, _setting.K)));
    }
}
