using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;

namespace Matching.Benchmarks.Match.Province;

/// <summary>Task D: the best graduates of demands, by the product's own index and score. The records' demands are searched among as many graduates as there are demands in the other tasks.</summary>
internal sealed class GraduatesOfDemands
{
    private readonly MatchSetting _setting;
    private readonly int _batch;
    private readonly DemandProfile[] _demands;
    private readonly GraduateIndex _index;

    public GraduatesOfDemands(MatchSetting setting, int batch)
    {
        (_setting, _batch) = (setting, batch);
        var (jobs, graduates) = new Data.BenchGenerator(setting.Set).Create(setting.Jobs.Count, setting.Jobs.Count);
        _demands = [.. Enumerable.Range(0, Math.Min(setting.Graduates.Count, jobs.Count)).OrderBy(i => jobs.Occupation[i]).Select(i => ProvinceProfiles.Demand(jobs, i))];
        _index = new(ScoreWeights.Default, Enumerable.Range(0, graduates.Count).Select(i => ProvinceProfiles.Graduate(graduates, i)));
    }

    public void Run() => Parallel.For(
        0, (_demands.Length + _batch - 1) / _batch, new() { MaxDegreeOfParallelism = _setting.Threads }, () => new Scratch(),
        (at, _, scratch) =>
        {
            _index.SearchAll(_demands.AsSpan(at * _batch, Math.Min(_batch, _demands.Length - (at * _batch))), _setting.K, scratch);
            return scratch;
        },
        _ => { });
}
