using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Peers;
using Matching.Benchmarks.Match.Province;
using Matching.Benchmarks.Match.Stored;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match;

/// <summary>All engines on the same data, turn by turn, so that a busy machine slows all of them; figures are ratios, each with its median, least and most.</summary>
internal static class MatchVerb
{
    public const string Usage =
        "[--set C|Z] [--demands 100000] [--graduates 20000] [--k 20] [--rounds 3] [--peers taat,sql,lucene] [--json FILE] | --gate | " + MatchAlone.Usage + " | " + MatchStored.Usage + "   exact top-k of all pairs";

    private static readonly BenchTask[] Tasks = Enum.GetValues<BenchTask>();

    public static Task<int> RunAsync(string[] args) => args is ["--gate"] ? MatchGate.RunAsync()
        : new MatchOptions(args) is var options && options.Has("--alone") ? Task.FromResult(MatchAlone.Run(options))
        : options.Has("--stored") ? MatchStored.RunAsync(options) : CompareAsync(options);

    private static async Task<int> CompareAsync(MatchOptions options)
    {
        var (set, demands, graduates) = (options.Set, options.Number("--demands", 100_000), options.Number("--graduates", 20_000));
        var (k, rounds) = (options.Number("--k", 20), options.Number("--rounds", 3));
        var (jobs, seekers) = new BenchGenerator(set).Create(demands, graduates);
        var setting = new MatchSetting(set, jobs, seekers, k);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"set {set}, {demands:n0} demands, {graduates:n0} graduates, best {k}, {rounds} rounds; us a graduate on both cores"));
        var times = await MeasureAsync(setting, rounds, options.Text("--peers", "taat,sql,lucene").Split(',', StringSplitOptions.RemoveEmptyEntries));
        var report = MatchReport.Of(times);
        report.Print();
        if (options.Text("--json", "") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        }

        return report.ExactFailed == 0 ? 0 : 1;
    }

    internal static async Task<MatchTimes> MeasureAsync(MatchSetting setting, int rounds, IReadOnlyCollection<string> peers)
    {
        var clock = Stopwatch.StartNew();
        var engines = new List<IMatchEngine> { new BlockedEngine(setting) };
        var times = new MatchTimes { BuildSeconds = clock.Elapsed.TotalSeconds };
        engines.AddRange(peers.Contains("taat") ? [new TermAtATimeEngine(setting)] : []);
        engines.AddRange(peers.Contains("sql") && await SqlEngine.StartAsync(setting) is { } sql ? [sql] : []);
        engines.AddRange(peers.Contains("lucene") && await LuceneEngine.StartAsync(setting) is { } lucene ? [lucene] : []);
        var province = peers.Contains("province") || peers.Count > 1 ? new ProvinceEngine(setting, ProvinceEngine.Most) : null;
        // Round 0 warms up and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var task in Tasks)
            {
                await TurnAsync(setting, engines, task, times, counted: round > 0);
            }

            if (province is not null)
            {
                var took = province.Run();
                times.Add("p_blocked", round > 0 ? took : null);
            }
        }

        if (province is not null)
        {
            times.Checked("p", province.CountExact(ProvinceEngine.Checked), ProvinceEngine.Checked);
        }

        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }

        times.PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        return times;
    }

    private static async Task TurnAsync(MatchSetting setting, List<IMatchEngine> engines, BenchTask task, MatchTimes times, bool counted)
    {
        TopLists? ours = null;
        foreach (var engine in engines)
        {
            var sample = setting.Sample(engine.Sample(task, setting.Graduates.Count));
            var lists = new TopLists(setting.Graduates.Count, setting.K);
            var took = await engine.RunAsync(task, sample, lists);
            times.Add($"{task}_{engine.Name}".ToLowerInvariant(), counted ? took : null);
            ours ??= lists;
            if (counted && engine.Name != "blocked")
            {
                times.Checked($"{task}_{engine.Name}".ToLowerInvariant(), sample.Count(graduate => lists.Same(graduate, ours, graduate)), sample.Length);
            }
        }
    }
}
