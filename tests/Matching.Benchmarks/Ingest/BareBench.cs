using Dapper;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>The way in against psql: the same rows into the same table by the same role, each contender into a new one.</summary>
internal sealed class BareBench(string connection, IngestServers servers, string folder, SortedDictionary<string, double> results)
{
    public async Task RunAsync(int rows, int rounds)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var db = await source.OpenConnectionAsync();
        var (feed, csv, binary) = (Path.Combine(folder, "bare.ndjson"), Path.Combine(folder, "bare.csv"), Path.Combine(folder, "bare.bin"));
        results["bare_ndjson_bytes_per_row"] = FeedRows.Write(feed, 1, rows, BareRows.Row) / (double)rows;
        using var server = await servers.BareAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(20) };
        await db.ExecuteAsync(BareTable.CreateSql);
        await IngestServers.SendAsync(http, $"{server.Url}/bare", feed);
        if (await db.ExecuteScalarAsync<long>("SELECT count(*) FROM bare") is var taken && taken != rows)
        {
            throw new InvalidOperationException($"{taken} of {rows} rows were taken.");
        }

        await Child.PsqlAsync(connection, $"\\copy bare to '{csv}' csv", $"\\copy bare to '{binary}' binary");
        (results["bare_csv_bytes_per_row"], results["bare_binary_bytes_per_row"]) = (new FileInfo(csv).Length / (double)rows, new FileInfo(binary).Length / (double)rows);
        (string Name, Func<Task<double>> Run)[] contenders =
        [
            ("psql_csv", () => Child.CopyAsync(connection, BareTable.AsLoaderSql, $"\\copy bare from '{csv}' csv")),
            ("psql_binary", () => Child.CopyAsync(connection, BareTable.AsLoaderSql, $"\\copy bare from '{binary}' binary")),
            ("http_ndjson", () => Rounds.TimeAsync(() => IngestServers.SendAsync(http, $"{server.Url}/bare", feed))),
        ];
        foreach (var indexes in (bool[])[false, true])
        {
            Tell(await Rounds.RatesAsync(contenders, rows, rounds, () => db.ExecuteAsync(BareTable.CreateSql + (indexes ? BareTable.IndexesSql : "") + "CHECKPOINT")), indexes ? "" : "_no_index");
        }
    }

    private void Tell(Dictionary<string, double> rates, string suffix)
    {
        foreach (var (name, rate) in rates)
        {
            results[$"{name}_rows_per_s{suffix}"] = rate;
        }

        results[$"ingest_vs_psql_csv{suffix}"] = rates["http_ndjson"] / rates["psql_csv"];
        results[$"ingest_vs_binary{suffix}"] = rates["http_ndjson"] / rates["psql_binary"];
    }
}
