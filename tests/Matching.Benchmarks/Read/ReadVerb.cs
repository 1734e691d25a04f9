using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Matching.Benchmarks.Http;
using Matching.Service.Data;

namespace Matching.Benchmarks.Read;

/// <summary>Answers from memory (published bulletins, reference codes) against a bare server that says hello: one run, in turns, the same load on each.</summary>
internal static class ReadVerb
{
    public const string Usage = "[--rounds 5] [--seconds 3] [--connections 32] [--json FILE]   answers from memory against a bare hello";

    private const string Hello = "hello";

    /// <summary>One thing asked for, over and over.</summary>
    private sealed record Contender(string Name, Served Server, string Path, Dictionary<string, string> Headers)
    {
        public int Bytes { get; set; }

        public List<LoadResult> Rounds { get; } = [];

        /// <summary>The server's processor time for one answer, µs, round by round: what other processes take of the machine distorts it less than the rate.</summary>
        public List<double> Costs { get; } = [];
    }

    private sealed record Row(string Name, int Bytes, double PerSecond, double P50, double P99, double VsHello, double Cost, double CostVsHello, long Failed);

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(string name, int otherwise) => int.Parse(Option(args, name) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("matching-read-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.StartAsync(folder, new EmbeddedClusterOptions(Durable: false), CancellationToken.None);
            using var hello = await Served.HelloAsync();
            using var service = await Served.ServiceAsync(cluster.ConnectionString("postgres"), new Dictionary<string, string> { ["Matching__RunJobs"] = "false" });
            var data = await ReadData.WriteAsync(cluster.ConnectionString("postgres"));
            var contenders = await ContendersAsync(hello, service, data);
            var load = HttpLoad.Find();
            await MeasureAsync(load, contenders, Number("--rounds", 5), Number("--connections", 32), TimeSpan.FromSeconds(Number("--seconds", 3)));
            var rows = Rows(contenders);
            Print(load, rows);
            if (Option(args, "--json") is { } json)
            {
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { load = load.Name, rows }));
            }

            return rows.Any(row => row.Failed > 0) ? 1 : 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Contender>> ContendersAsync(Served hello, Served service, ReadData data)
    {
        Dictionary<string, string> none = [], key = new() { ["Authorization"] = $"Bearer {data.Key}" };
        var (small, large) = ($"/api/v1/bulletins/{data.Small}", $"/api/v1/bulletins/{data.Large}");
        List<Contender> contenders =
        [
            new(Hello, hello, "/", none),
            new("bulletin, small", service, small, none),
            new("bulletin, small, with a key", service, small, key),
            new("bulletin, 20 KB", service, large, none),
            new("bulletin, 20 KB, with a key", service, large, key),
            new("codes, small", service, "/api/v1/regions?parent=440300", none),
            new("codes, 20 KB", service, "/api/v1/occupations?level=4&take=95", none),
        ];
        using var http = new HttpClient();
        foreach (var contender in contenders)
        {
            contender.Bytes = (await AskAsync(http, contender)).Bytes;
        }

        var tag = (await AskAsync(http, contenders.Single(contender => contender.Name == "bulletin, 20 KB"))).ETag!;
        contenders.Add(new("bulletin, not modified (304)", service, large, new() { ["If-None-Match"] = tag }));
        return contenders;
    }

    private static async Task<(int Bytes, string? ETag)> AskAsync(HttpClient http, Contender contender)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, contender.Server.Url + contender.Path);
        request.Headers.Authorization = contender.Headers.TryGetValue("Authorization", out var key) ? AuthenticationHeaderValue.Parse(key) : null;
        using var response = (await http.SendAsync(request)).EnsureSuccessStatusCode();
        return ((await response.Content.ReadAsByteArrayAsync()).Length, response.Headers.ETag?.Tag);
    }

    // Servers warm up first; then every round asks each contender, so that what else the machine does falls on all alike.
    private static async Task MeasureAsync(HttpLoad load, IReadOnlyList<Contender> contenders, int rounds, int connections, TimeSpan time)
    {
        foreach (var contender in contenders)
        {
            await load.RunAsync(contender.Server.Url, [contender.Path], contender.Headers, connections, TimeSpan.FromSeconds(2));
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var before = contender.Server.Child.ProcessorTime();
                var result = await load.RunAsync(contender.Server.Url, [contender.Path], contender.Headers, connections, time);
                contender.Rounds.Add(result);
                contender.Costs.Add((contender.Server.Child.ProcessorTime() - before).TotalMicroseconds / (result.PerSecond * time.TotalSeconds));
            }
        }
    }

    private static IReadOnlyList<Row> Rows(IReadOnlyList<Contender> contenders)
    {
        var hello = contenders[0];
        return [.. contenders.Select(contender => new Row(
            contender.Name, contender.Bytes, Median(contender.Rounds.Select(round => round.PerSecond)), Median(contender.Rounds.Select(round => round.P50)),
            Median(contender.Rounds.Select(round => round.P99)), Median(contender.Rounds.Select((round, i) => round.PerSecond / hello.Rounds[i].PerSecond)),
            Median(contender.Costs), Median(contender.Costs.Select((cost, i) => hello.Costs[i] / cost)), contender.Rounds.Sum(round => round.Failed)))];
    }

    private static void Print(HttpLoad load, IReadOnlyList<Row> rows)
    {
        Console.WriteLine($"{load.Name}; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end");
        Console.WriteLine("| answer | bytes | req/s | p50 ms | p99 ms | : hello | server µs | hello : µs |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Bytes:#,0} | {row.PerSecond:#,0} | {row.P50:0.00} | {row.P99:0.0} | {row.VsHello:0.00} | {row.Cost:0.0} | {row.CostVsHello:0.00} |{(row.Failed > 0 ? $" {row.Failed} failed" : "")}"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
