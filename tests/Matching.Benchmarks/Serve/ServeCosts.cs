using System.Diagnostics;
using System.Globalization;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service;
using Matching.Service.Data;
using Matching.Service.Features.Matches;
using Matching.Service.Http;
using Matching.Service.Reference;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Matching.Benchmarks.Serve;

/// <summary>Processor time of each step of an answer, one after another on one thread, so that what else the machine does matters little.</summary>
internal static class ServeCosts
{
    private const int Warm = 8_000;
    private const int Counted = 4_000;

    public static async Task PrintAsync(NpgsqlDataSource source, int graduates)
    {
        // For what they tell Dapper.
        var services = new ServiceCollection();
        services.AddData(new MatchingOptions { ConnectionString = source.ConnectionString });
        services.AddMatches(new MatchingOptions());
        var reference = new ReferenceTables();
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        await using var session = new TenantSession(source, TenantContext.Job(1));
        var (set, _) = await new ResidentReader(session, reference).LoadAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"loading: {(Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds:0.0} s of processor time, {GC.GetTotalMemory(true) / 1e6:0} MB in memory"));
        var json = new JsonOptions();
        HttpSetup.Configure(json.SerializerOptions);
        using var matches = new ResidentMatches(null!, reference, Options.Create(json), TimeProvider.System);
        var (scratch, people) = (new Scratch(), set.Graduates.Values.OrderBy(graduate => graduate.Row.Id).ToArray());
        Measure("search, the best 20", i => set.View.Demands.Search(people[i % graduates].Candidate, 20, scratch));
        Measure("search, the best 50", i => set.View.Demands.Search(people[i % graduates].Candidate, MatchComputation.ListLength, scratch));
        var lists = people.Select(one => set.View.Demands.Search(one.Candidate, 21, scratch)).ToArray();
        var reasons = new PairReasons();
        var asks = set.Demands.Values.ToDictionary(demand => demand.Row.Id, demand => new ExplainedDemand(demand.Profile));
        Measure("reasons of the best 20", i =>
        {
            var (list, one) = (lists[i % graduates], people[i % graduates]);
            for (var j = 0; j < Math.Min(20, list.Length); j++)
            {
                Explainer.Explain(set.Weights, asks[list[j].Id], one.Candidate, MatchExplaining.BriefRaises, reasons);
            }
        });
        JsonPieces Brief(int i) => matches.Brief(set, lists[i % graduates], 0, Math.Min(20, lists[i % graduates].Length), people[i % graduates], null);
        Measure("reasons and JSON of the best 20", i => Brief(i));
        Measure("the same and gzip", i => ReadyJson.Pack(Brief(i).ToArray()));
        // A page that was never asked for: its length tells it from those before.
        Measure("an answer made: search, reasons, JSON", i => matches.Body(set, new(1 + (i % graduates), 0, 20 - (i / graduates % 10), IsFull: false, IsPacked: false)));
        Measure("an answer that is ready", _ => matches.Body(set, new(1, 0, 20, IsFull: false, IsPacked: false)));
        var demand = set.Demands.Values.First().Row;
        var moment = 0;
        Measure("a demand that changes", _ => set.Apply([demand.Id], [new(demand with { WageMax = 5_000 + (++moment % 7) }, set.Demands[demand.Id].Profile)], [], []), 200);
    }

    private static void Measure(string what, Action<int> step, int times = Warm)
    {
        for (var i = 0; i < times; i++)
        {
            step(i);
        }

        var (before, allocated) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetAllocatedBytesForCurrentThread());
        var counted = Math.Min(times, Counted);
        for (var i = 0; i < counted; i++)
        {
            step(times + i);
        }

        var spent = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / counted;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {spent:0.0} µs, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / counted} B"));
    }
}
