using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Dapper;
using Matching.Benchmarks.Http;
using Matching.Service.Http;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>The parts of the verb that need a database. Contenders take turns; what counts is the median of a contender's rounds.</summary>
internal sealed class IngestBench(string connection, string folder, SortedDictionary<string, double> results)
{
    private const string DemandColumns = """
        consortium_id, organization_id, external_ref, kind, source, state, title, description, occupation_code, occupation_confidence, industry_code, cluster_id, region_code,
        region_binding, headcount, filled, education_code, major_codes, experience_years, wage_min, wage_max, opened_on, starts_on, valid_through, closed_on,
        contract_months, warnings, unparsed, headcount_stated, wage_negotiable
        """;

    private string? _key;

    /// <summary>performance.md's table: primary key and two indexes, no policies, no triggers; every contender writes into a new one.</summary>
    public async Task BareAsync(int rows, int rounds)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var db = await source.OpenConnectionAsync();
        var (feed, csv, binary) = (File("bare.ndjson"), File("bare.csv"), File("bare.bin"));
        FeedRows.Write(feed, 1, rows, FeedRows.Bare);
        using var server = await ServeBareAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(20) };
        await FreshAsync(db, indexes: false);
        await SendAsync(http, $"{server.Url}/bare", feed);
        await Child.PsqlAsync(connection, $"\\copy bare to '{csv}' csv", $"\\copy bare to '{binary}' binary");
        (string Name, Func<Task> Run)[] contenders =
        [
            ("psql_csv", () => Child.PsqlAsync(connection, $"\\copy bare from '{csv}' csv")),
            ("psql_binary", () => Child.PsqlAsync(connection, $"\\copy bare from '{binary}' binary")),
            ("http_ndjson", () => SendAsync(http, $"{server.Url}/bare", feed)),
        ];
        foreach (var indexes in (bool[])[false, true])
        {
            var rates = await RatesAsync(contenders, rows, rounds, () => FreshAsync(db, indexes));
            var suffix = indexes ? "" : "_no_index";
            foreach (var (name, rate) in rates)
            {
                results[$"{name}_rows_per_s{suffix}"] = rate;
            }

            results[$"ingest_vs_psql_csv{suffix}"] = rates["http_ndjson"] / rates["psql_csv"];
            results[$"ingest_vs_binary{suffix}"] = rates["http_ndjson"] / rates["psql_binary"];
        }
    }

    /// <summary>The real table through the service, against the same rows into a table of the same columns and indexes without policies and triggers, and into the real one.</summary>
    public async Task DemandAsync(int rows, int rounds)
    {
        using var service = await ServeAsync();
        await using var source = NpgsqlDataSource.Create(connection);
        await using var db = await source.OpenConnectionAsync();
        using var http = Client();
        var (feed, csv, binary) = (File("demand.ndjson"), File("demand.csv"), File("demand.bin"));
        FeedRows.Write(feed, 1, rows, i => FeedRows.Demand(i, 4));
        await SendAsync(http, $"{service.Url}/api/v1/imports/stream?kind=demands", feed);
        await Child.PsqlAsync(connection, $"\\copy (SELECT {OneLine} FROM demand ORDER BY id) to '{csv}' csv", $"\\copy (SELECT {OneLine} FROM demand ORDER BY id) to '{binary}' binary");
        await db.ExecuteAsync("CREATE TABLE demand_plain (LIKE demand INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS INCLUDING INDEXES)");
        results["demand_indexes"] = await db.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_index WHERE indrelid = 'demand'::regclass");
        const string AsLoader = "SET app.audit = 'summary'; SET app.role = 'office'; SET app.consortium = '1'; SET ROLE matching_loader";
        (string Name, Func<Task> Run)[] contenders =
        [
            ("demand_psql_csv_plain", () => Child.PsqlAsync(connection, $"\\copy demand_plain ({OneLine}) from '{csv}' csv")),
            ("demand_psql_binary_plain", () => Child.PsqlAsync(connection, $"\\copy demand_plain ({OneLine}) from '{binary}' binary")),
            ("demand_loader_binary_triggers", () => Child.PsqlAsync(connection, AsLoader, $"\\copy demand ({OneLine}) from '{binary}' binary")),
            ("demand_http_ndjson", () => SendAsync(http, $"{service.Url}/api/v1/imports/stream?kind=demands", feed)),
        ];
        var rates = await RatesAsync(contenders, rows, rounds, () => db.ExecuteAsync("""
            TRUNCATE demand_plain; SET session_replication_role = replica;
            TRUNCATE demand, demand_skill, demand_event, demand_link, demand_share, change_log, import, import_rejection, import_chunk CASCADE;
            DELETE FROM search_entry WHERE resource = 'demand'; RESET session_replication_role
            """, commandTimeout: 0));
        foreach (var (name, rate) in rates)
        {
            results[$"{name}_rows_per_s"] = rate;
        }

        results["demand_vs_psql_csv_plain"] = rates["demand_http_ndjson"] / rates["demand_psql_csv_plain"];
        results["demand_vs_loader_copy"] = rates["demand_http_ndjson"] / rates["demand_loader_binary_triggers"];
    }

    /// <summary>Memory of the service over a long feed, after a short one that warms it: the bare table, and demands read and judged but not written (a dry run).</summary>
    public async Task MemoryAsync(int megabytes)
    {
        var feed = File("long.ndjson");
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        using (var server = await ServeBareAsync())
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var db = await source.OpenConnectionAsync();
            await FreshAsync(db, indexes: false);
            // Half a million rows are the most a file may have; longer titles make them a gigabyte.
            var padding = new string('长', Math.Max(0, (megabytes * 1_000_000 / 490_000 / 3) - 110));
            results["rss_growth_mb"] = await GrowthAsync(server, http, "/bare", feed, megabytes, i => FeedRows.Bare(i)[..^1] + $",\"remark\":\"{padding}\"}}");
        }

        using var service = await ServeAsync();
        using var client = Client();
        results["rss_growth_demand_dry_run_mb"] = await GrowthAsync(service, client, "/api/v1/imports/stream?kind=demands&dryRun=true", feed, megabytes / 10, i => FeedRows.Demand(i, 12));
    }

    /// <summary>Peak memory of the service while it imports a workbook as a job, demands written.</summary>
    public async Task WorkbookAsync(int rows)
    {
        var book = File("demands.xlsx");
        DemandWorkbook.Write(book, rows);
        using var service = await ServeAsync();
        using var http = Client();
        results["xlsx_peak_before_mb"] = service.Child.Memory().Peak;
        await using var content = System.IO.File.OpenRead(book);
        results["xlsx_file_mb"] = content.Length / 1e6;
        var watch = Stopwatch.StartNew();
        using var response = await http.PostAsync($"{service.Url}/api/v1/imports?kind=demands", new StreamContent(content));
        response.EnsureSuccessStatusCode();
        var location = response.Headers.Location!;
        var (import, peak) = (new Progress("", 0, 0), 0.0);
        while (import.State is not ("DONE" or "FAILED"))
        {
            await Task.Delay(1_000);
            import = (await http.GetFromJsonAsync<Progress>($"{service.Url}{location}"))!;
            peak = service.Child.Memory().Peak;
        }

        results["xlsx_rows_created"] = import.Created;
        results["xlsx_peak_mb"] = peak;
        results["xlsx_rows_per_s"] = rows / watch.Elapsed.TotalSeconds;
    }

    private async Task<double> GrowthAsync(Served served, HttpClient http, string path, string feed, int megabytes, Func<int, string> row)
    {
        var rowBytes = FeedRows.Write(feed, 1, 2_000, row) / 2_000;
        FeedRows.Write(feed, 1, 20_000, row);
        await SendAsync(http, served.Url + path, feed);
        var before = served.Child.Memory();
        var bytes = FeedRows.Write(feed, 1, (int)Math.Min(490_000, megabytes * 1_000_000L / rowBytes), row);
        await SendAsync(http, served.Url + path, feed);
        var after = served.Child.Memory();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {bytes / 1e6:0} MB; resident {before.Now:0} -> {after.Now:0} MB, peak {before.Peak:0} -> {after.Peak:0} MB"));
        return after.Peak - before.Peak;
    }

    private static async Task<Dictionary<string, double>> RatesAsync((string Name, Func<Task> Run)[] contenders, int rows, int rounds, Func<Task> before)
    {
        var times = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, run) in contenders)
            {
                await before();
                var watch = Stopwatch.StartNew();
                await run();
                times[name].Add(watch.Elapsed.TotalSeconds);
            }
        }

        return times.ToDictionary(pair => pair.Key, pair => rows / pair.Value.Order().ElementAt(pair.Value.Count / 2));
    }

    private static async Task FreshAsync(NpgsqlConnection db, bool indexes) => await db.ExecuteAsync(BareFeed.TableSql + (indexes ? BareFeed.IndexesSql : ""));

    private static async Task SendAsync(HttpClient http, string url, string path)
    {
        await using var file = System.IO.File.OpenRead(path);
        using var content = new StreamContent(file, 1 << 16);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await http.PostAsync(url, content);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
        }
    }

    private Task<Served> ServeBareAsync() =>
        Served.StartAsync("Matching.Benchmarks.dll", url => ["ingest", "--serve", url], "", new Dictionary<string, string> { ["BENCH_CONNECTION"] = connection });

    private async Task<Served> ServeAsync()
    {
        var served = await Served.ServiceAsync(connection, new Dictionary<string, string> { ["Serilog__MinimumLevel__Default"] = "Warning" });
        if (_key is null)
        {
            await using var db = new NpgsqlConnection(connection);
            await db.OpenAsync();
            await db.ExecuteAsync("INSERT INTO consortium (name, region_code) VALUES ('甲联合体', '440300')");
            for (var i = 0; i < FeedRows.Companies; i++)
            {
                await db.ExecuteAsync("INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (1, 'COMPANY', @name, '440306') ON CONFLICT DO NOTHING", new { name = FeedRows.Company(i) });
            }

            var office = await db.ExecuteScalarAsync<long>("INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (1, 'OFFICE', '秘书处', '440306') RETURNING id");
            var key = ApiKey.Create();
            await db.ExecuteAsync(
                "INSERT INTO api_key (consortium_id, organization_id, role, administers, prefix, secret_hash, expires_at) VALUES (1, @office, 'office', true, @Prefix, @SecretHash, now() + interval '1 day')",
                new { office, key.Prefix, key.SecretHash });
            _key = key.ToString();
        }

        return served;
    }

    private HttpClient Client()
    {
        var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return http;
    }

    private string File(string name) => Path.Combine(folder, name);

    private static string OneLine => DemandColumns.ReplaceLineEndings(" ");

    private sealed record Progress(string State, int Created, int Rejected);
}
