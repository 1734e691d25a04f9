using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Dapper;
using Matching.Benchmarks.Http;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>How much memory a server needs for what is sent to it.</summary>
internal sealed class MemoryBench(string connection, IngestServers servers, string folder, SortedDictionary<string, double> results)
{
    /// <summary>Memory of the service over a long feed, after a short one that warms it: the bare table, and demands read and judged but not written (a dry run).</summary>
    public async Task FeedAsync(int megabytes)
    {
        var feed = Path.Combine(folder, "long.ndjson");
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        using (var server = await servers.BareAsync())
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var db = await source.OpenConnectionAsync();
            await db.ExecuteAsync(BareTable.CreateSql);
            // Half a million rows are the most a file may have; longer titles make them a gigabyte.
            var padding = new string('长', Math.Max(0, (megabytes * 1_000_000 / 490_000 / 3) - 110));
            results["rss_growth_mb"] = await GrowthAsync(server, http, "/bare", feed, megabytes, i => BareRows.Row(i)[..^1] + $",\"remark\":\"{padding}\"}}");
        }

        using var service = await servers.ServiceAsync();
        using var client = servers.Client();
        results["rss_growth_demand_dry_run_mb"] = await GrowthAsync(service, client, "/api/v1/imports/stream?kind=demands&dryRun=true", feed, megabytes / 10, i => FeedRows.Demand(i, 12));
    }

    /// <summary>Peak memory of the service while it imports a workbook as a job, demands written.</summary>
    public async Task WorkbookAsync(int rows)
    {
        var book = Path.Combine(folder, "demands.xlsx");
        DemandWorkbook.Write(book, rows);
        using var service = await servers.ServiceAsync();
        using var http = servers.Client();
        results["xlsx_peak_before_mb"] = service.Child.Memory().Peak;
        await using var content = File.OpenRead(book);
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

    private static async Task<double> GrowthAsync(Served served, HttpClient http, string path, string feed, int megabytes, Func<int, string> row)
    {
        var rowBytes = FeedRows.Write(feed, 1, 2_000, row) / 2_000;
        FeedRows.Write(feed, 1, 20_000, row);
        await IngestServers.SendAsync(http, served.Url + path, feed);
        var before = served.Child.Memory();
        var bytes = FeedRows.Write(feed, 1, (int)Math.Min(490_000, megabytes * 1_000_000L / rowBytes), row);
        await IngestServers.SendAsync(http, served.Url + path, feed);
        var after = served.Child.Memory();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {bytes / 1e6:0} MB; resident {before.Now:0} -> {after.Now:0} MB, peak {before.Peak:0} -> {after.Peak:0} MB"));
        return after.Peak - before.Peak;
    }

    private sealed record Progress(string State, int Created, int Rejected);
}
