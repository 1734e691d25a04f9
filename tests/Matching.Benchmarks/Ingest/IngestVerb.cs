using System.Globalization;
using System.Text.Json;
using Matching.Service.Data;

namespace Matching.Benchmarks.Ingest;

/// <summary>How fast rows come in, against psql, and how much memory that takes.</summary>
internal static class IngestVerb
{
    public const string Usage = "[--only bare|demand|rss|xlsx|checks] [--rows N] [--demands 20000] [--rounds 3] [--megabytes 1000] [--json FILE]   imports against psql; memory";

    private static readonly string[] Parts = ["checks", "bare", "demand", "rss", "xlsx"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (Option(args, "--serve") is { } url)
        {
            await BareFeed.ServeAsync(Environment.GetEnvironmentVariable("BENCH_CONNECTION")!, url);
            return 0;
        }

        int Number(string name, int otherwise) => int.Parse(Option(args, name) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var results = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var folder = Directory.CreateTempSubdirectory("matching-ingest-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.StartAsync(folder, new EmbeddedClusterOptions(), CancellationToken.None);
            // On a busy machine a statement may take long; the rounds tell.
            var connection = cluster.ConnectionString("postgres") + ";Command Timeout=0";
            var servers = new IngestServers(connection);
            foreach (var part in Option(args, "--only") is { } only ? [only] : Parts)
            {
                await (part switch
                {
                    "checks" => RowCosts.RunAsync(Number("--rows", 100_000) / 5, results),
                    "bare" => new BareBench(connection, servers, folder, results).RunAsync(Number("--rows", 500_000), Number("--rounds", 3)),
                    "demand" => new DemandBench(connection, servers, folder, results).RunAsync(Number("--demands", 20_000), Number("--rounds", 3)),
                    "rss" => new MemoryBench(connection, servers, folder, results).FeedAsync(Number("--megabytes", 1_000)),
                    "xlsx" => new MemoryBench(connection, servers, folder, results).WorkbookAsync(Number("--rows", 100_000)),
                    _ => throw new ArgumentException($"No part {part}."),
                });
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (name, value) in results)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {value,12:0.###}"));
        }

        if (Option(args, "--json") is { } json)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(results));
        }

        return 0;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
