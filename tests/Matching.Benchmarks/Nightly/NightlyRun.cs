using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Service.Data;
using Matching.Service.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Benchmarks.Nightly;

/// <summary>One run: how long each side took by the clock, what its pieces were made of in seconds of all workers, and the memory of this process.</summary>
internal sealed partial class NightlyRun(IServiceProvider services)
{
    private const string PiecesSql = "SELECT payload, total, note FROM job_shard WHERE consortium_id = current_consortium() AND run_id = @Run AND phase = 'WORK' ORDER BY number";

    private readonly JobOptions _options = services.GetRequiredService<JobOptions>();
    private readonly TenantSessionFactory _sessions = services.GetRequiredService<TenantSessionFactory>();
    private readonly JobRunner _runner = services.GetRequiredService<JobRunner>();

    public async Task RunAsync()
    {
        await ResidentMemory.CountPeakFromHereAsync();
        var before = ResidentMemory.Now;
        var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var run = await EnqueueAsync();
        await Task.WhenAll(Enumerable.Range(0, _options.Workers).Select(_ => Task.Run(WorkAsync)));
        Say($"run {run}, {_options.Workers} workers: {clock.Elapsed.TotalSeconds:0.0} s by the clock, {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:0.0} s of this process's processor time");
        Say($"memory: {before:0} MB before, {ResidentMemory.Peak:0} MB at most");
        await using var session = _sessions.Open(TenantContext.Job(NightlyData.Consortium));
        var pieces = await session.QueryAsync<(string Payload, long Total, string Note)>(PiecesSql, new { Run = run }, CancellationToken.None);
        foreach (var side in pieces.GroupBy(piece => piece.Payload.Split(' ')[0]))
        {
            var seconds = side.Select(piece => Seconds().Matches(piece.Note).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray()).ToArray();
            var (load, index, match, write) = (seconds.Sum(part => part[0]), seconds.Sum(part => part[1]), seconds.Sum(part => part[2]), seconds.Sum(part => part[3]));
            Say($"{side.Key}: {side.Sum(piece => piece.Total)} rows in {side.Count()} pieces; worker seconds: load {load:0.0}, index {index:0.0}, match {match:0.0} ({1e6 * match / side.Sum(piece => piece.Total):0} µs a row), write {write:0.0}; longest piece {seconds.Max(part => part.Sum()):0.0}");
        }

        Say($"publish and remove, and all else: see the clock; tables {await session.FindAsync<string>("SELECT pg_size_pretty(pg_total_relation_size('demand_match_list')) || ' + ' || pg_size_pretty(pg_total_relation_size('graduate_match_list'))", null, CancellationToken.None)}");
    }

    private async Task WorkAsync()
    {
        while (await _runner.RunOneAsync(CancellationToken.None) || await IsRunningAsync())
        {
        }
    }

    private async Task<bool> IsRunningAsync()
    {
        await Task.Delay(20);
        await using var session = _sessions.Open(TenantContext.Job(NightlyData.Consortium));
        return await session.FindAsync<bool>("SELECT EXISTS (SELECT FROM job_run WHERE consortium_id = current_consortium() AND state IN ('PLANNED', 'RUNNING'))", null, CancellationToken.None);
    }

    private async Task<long> EnqueueAsync()
    {
        await using var session = _sessions.Open(TenantContext.Job(NightlyData.Consortium));
        var run = await JobLedger.EnqueueNowAsync(session, "recompute-matches", "", CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
        return run;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"[0-9]+\.[0-9]+")]
    private static partial Regex Seconds();
}
