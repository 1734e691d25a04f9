using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Matching.Benchmarks.Http;
using Matching.Service.Data;
using Npgsql;

namespace Matching.Benchmarks.Serve;

/// <summary>How fast a graduate's matches are served from memory, against bare Kestrel that says hello and against the bare engine behind the same Kestrel.</summary>
internal static class ServeVerb
{
    public const string Usage = "[--demands 100000] [--graduates 20000] [--rounds 3] [--seconds 5] [--only NAME] [--json FILE] [--costs]   matches over HTTP against hello";

    private const int Connections = 32;

    // So few that their answers are ready after the first round of them.
    private const int Popular = 500;

    // Not counted: only after seconds of load is everything compiled as it will be.
    private const int WarmUps = 3;
    private const int MostLengths = 10;

    private const string EachAnew = "matches, each anew";
    private const string Length = "@";
    private const string Anew = $"/api/v1/graduates/#/matches?take={Length}";

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(string name, int otherwise) => int.Parse(Option(args, name) ?? Text(otherwise), CultureInfo.InvariantCulture);
        var (demands, graduates) = (Number("--demands", 100_000), Number("--graduates", 20_000));
        if (Option(args, "--engine") is { } address)
        {
            await EngineServer.RunAsync(address, demands, graduates);
            return 0;
        }

        var folder = Directory.CreateTempSubdirectory("matching-serve-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.StartAsync(folder, new EmbeddedClusterOptions(Durable: false), CancellationToken.None);
            var connection = cluster.ConnectionString("postgres");
            await using var source = NpgsqlDataSource.Create(connection + ";Command Timeout=0");
            var key = await ServeData.FillAsync(source, demands, graduates);
            if (args.Contains("--costs"))
            {
                await ServeCosts.PrintAsync(source, graduates);
                return 0;
            }

            using var hello = await Served.HelloAsync();
            using var engine = await Served.StartAsync(
                "Matching.Benchmarks.dll", url => ["serve", "--engine", url, "--demands", Text(demands), "--graduates", Text(graduates)], "/ready", new Dictionary<string, string>());
            using var service = await Served.ServiceAsync(connection, new Dictionary<string, string> { ["Matching__RunJobs"] = "false", ["Serilog__MinimumLevel__Default"] = "Warning" });
            await AwaitLiveAsync(service.Url, key, graduates);
            var results = await MeasureAsync(hello.Url, engine.Url, service.Url, key, graduates, Option(args, "--only") ?? "", Number("--rounds", 3), TimeSpan.FromSeconds(Number("--seconds", 5)));
            Print(results);
            if (Option(args, "--json") is { } json)
            {
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(results));
            }

            return results.Values.All(result => result.Failed == 0) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Contenders take turns, so that what else the machine does meets all of them; medians of the rounds after the first few, which warm up.
    private static async Task<Dictionary<string, LoadResult>> MeasureAsync(
        string hello, string engine, string service, string key, int graduates, string only, int rounds, TimeSpan time)
    {
        string[] Paths(string path, int count) => [.. Enumerable.Range(1, count).Select(i => path.Replace("#", Text(i), StringComparison.Ordinal))];

        var load = HttpLoad.Find();
        Console.WriteLine($"load: {load.Name}");
        Dictionary<string, string> nobody = [], school = new() { ["Authorization"] = $"Bearer {key}" }, packed = new(school) { ["Accept-Encoding"] = "gzip" };
        (string Name, string Url, string[] Paths, Dictionary<string, string> Headers)[] contenders =
        [
            ("hello", hello, ["/"], nobody),
            ("engine, the best 20", engine, Paths("/top/#/20", graduates), nobody),
            ("engine, the best 50", engine, Paths("/top/#/50", graduates), nobody),
            ("matches, answer ready", service, Paths("/api/v1/graduates/#/matches", Math.Min(Popular, graduates)), packed),
            ("matches, answer ready, no gzip", service, Paths("/api/v1/graduates/#/matches", Math.Min(Popular, graduates)), school),
            (EachAnew, service, Paths(Anew, graduates), packed),
        ];
        contenders = [.. contenders.Where(contender => contender.Name == "hello" || contender.Name.Contains(only, StringComparison.Ordinal))];
        var runs = contenders.ToDictionary(contender => contender.Name, _ => new List<LoadResult>());
        for (var round = -WarmUps; round < rounds; round++)
        {
            foreach (var (name, url, paths, headers) in contenders)
            {
                // A length that was not asked for before, from 20 downwards and the shortest for warming up: no such page is ready.
                var length = 20 - ((round + MostLengths) % MostLengths);
                var asked = paths[0].Contains(Length, StringComparison.Ordinal) ? [.. paths.Select(path => path.Replace(Length, Text(length), StringComparison.Ordinal))] : paths;
                var run = await load.RunAsync(url, asked, headers, Connections, time);
                if (name == EachAnew && run.PerSecond * time.TotalSeconds > asked.Length)
                {
                    Console.WriteLine("pages were asked for twice, so not each was made anew: take more --graduates or fewer --seconds");
                }

                if (round >= 0)
                {
                    runs[name].Add(run);
                }
            }
        }

        return runs.ToDictionary(pair => pair.Key, pair => new LoadResult(
            Median(pair.Value.Select(run => run.PerSecond)), Median(pair.Value.Select(run => run.P50)), Median(pair.Value.Select(run => run.P99)), pair.Value.Sum(run => run.Failed)));
    }

    private static async Task AwaitLiveAsync(string url, string key, int graduates)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        byte[] body;
        JsonElement matches;
        do
        {
            await Task.Delay(500);
            body = await http.GetByteArrayAsync($"{url}/api/v1/graduates/{graduates}/matches");
            matches = JsonDocument.Parse(body).RootElement;
        }
        while (!matches.GetProperty("live").GetBoolean());
        Console.WriteLine($"an answer: {body.Length} bytes, {matches.GetProperty("items").GetArrayLength()} matches with their reasons");
    }

    private static void Print(Dictionary<string, LoadResult> results)
    {
        Console.WriteLine("| c = 32 | requests/s | of hello | p50 ms | p99 ms | failed |\n|---|---:|---:|---:|---:|---:|");
        foreach (var (name, run) in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {run.PerSecond:0} | {run.PerSecond / results["hello"].PerSecond:0.000} | {run.P50:0.00} | {run.P99:0.00} | {run.Failed} |"));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
