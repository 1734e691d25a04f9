using System.Diagnostics;
using System.Globalization;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Province;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match;

/// <summary>
/// Our engine alone: wall clock and processor time a graduate, whole runs, highest memory. Processor time is what can be compared while others use the machine.
/// D is the product's score the other way round: the best graduates of each demand; as many demands are asked as there are graduates.
/// </summary>
internal static class MatchAlone
{
    public const string Usage = "--alone U,F,P,D [--set C] [--demands 100000] [--graduates 20000] [--k 20] [--rounds 3] [--threads 2] [--batch 256]";

    public static int Run(MatchOptions options)
    {
        var (tasks, threads) = (options.Text("--alone", "U,F,P").Split(','), options.Number("--threads", 2));
        foreach (var demands in options.Text("--demands", "100000").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            var (jobs, graduates) = new BenchGenerator(options.Set).Create(demands, options.Number("--graduates", 20_000));
            var setting = new MatchSetting(options.Set, jobs, graduates, options.Number("--k", 20)) { Threads = threads };
            foreach (var task in tasks)
            {
                Print(task, setting, options);
            }
        }

        return 0;
    }

    private static void Print(string task, MatchSetting setting, MatchOptions options)
    {
        var clock = Stopwatch.StartNew();
        var run = Prepare(task, setting, options.Number("--batch", BlockedEngine.Batch));
        var built = clock.Elapsed.TotalSeconds;
        var (wall, processor) = (new List<double>(), new List<double>());
        for (var round = 0; round <= options.Number("--rounds", 3); round++)
        {
            clock.Restart();
            var before = Environment.CpuUsage.TotalTime;
            run();
            // Round 0 warms up.
            (round == 0 ? [] : wall).Add(clock.Elapsed.TotalSeconds);
            (round == 0 ? [] : processor).Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / setting.Graduates.Count);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{task} {setting.Jobs.Count,7} demands x {setting.Graduates.Count} graduates: {Spread.Of(wall).Text("f2")} s on {setting.Threads} threads; {Spread.Of(processor).Text("f1")} us of processor time a graduate; built in {built:f1} s; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:n0} MB"));
    }

    private static Action Prepare(string task, MatchSetting setting, int batch)
    {
        if (task == "P")
        {
            var province = new ProvinceEngine(setting, setting.Graduates.Count, batch);
            return () => province.Run();
        }

        if (task == "D")
        {
            return new GraduatesOfDemands(setting, batch).Run;
        }

        var (engine, lists, order) = (new BlockedEngine(setting, batch), new TopLists(setting.Graduates.Count, setting.K), setting.Sample(setting.Graduates.Count));
        return () => engine.RunAsync(Enum.Parse<BenchTask>(task), order, lists).GetAwaiter().GetResult();
    }
}
