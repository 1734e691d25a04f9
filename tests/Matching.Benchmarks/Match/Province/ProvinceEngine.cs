using System.Diagnostics;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Benchmarks.Match.Province;

/// <summary>Task P: the product's own index and score, asked one graduate at a time as the service does.</summary>
internal sealed class ProvinceEngine
{
    public const int Checked = 100;
    public const int Most = 4_000;

    private readonly MatchSetting _setting;
    private readonly DemandProfile[] _demands;
    private readonly Candidate[] _candidates;
    private readonly DemandIndex _index;

    public ProvinceEngine(MatchSetting setting, int most)
    {
        _setting = setting;
        _demands = [.. Enumerable.Range(0, setting.Jobs.Count).Select(i => ProvinceProfiles.Demand(setting.Jobs, i))];
        _candidates = [.. setting.Sample(most).Select(i => ProvinceProfiles.Graduate(setting.Graduates, i))];
        _index = new(ScoreWeights.Default, _demands, ProvinceProfiles.Graph);
    }

    /// <summary>Microseconds a graduate on both cores.</summary>
    public double Run()
    {
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(
            _candidates, new ParallelOptions { MaxDegreeOfParallelism = _setting.Threads }, () => new Scratch(),
            (candidate, _, scratch) =>
            {
                _index.Search(candidate, _setting.K, scratch);
                return scratch;
            },
            _ => { });
        return clock.Elapsed.TotalMicroseconds / _candidates.Length;
    }

    /// <summary>How many lists are those of scoring every pair.</summary>
    public int CountExact(int count)
    {
        var scratch = new Scratch();
        return Enumerable.Range(0, count).Select(i => _candidates[(int)((long)i * _candidates.Length / count)]).Count(candidate =>
            _index.Search(candidate, _setting.K, scratch).SequenceEqual(ExhaustiveMatcher.TopDemands(ScoreWeights.Default, _demands, candidate, _setting.K)));
    }
}
