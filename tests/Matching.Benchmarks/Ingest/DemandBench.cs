using Dapper;
using Npgsql;

namespace Matching.Benchmarks.Ingest;

/// <summary>Demands with all that hangs on them.</summary>
internal sealed class DemandBench(string connection, IngestServers servers, string folder, SortedDictionary<string, double> results)
{
    private const string DemandColumns = """
        consortium_id, organization_id, external_ref, kind, source, state, title, description, occupation_code, occupation_confidence, industry_code, cluster_id, region_code,
        region_binding, headcount, filled, education_code, major_codes, experience_years, wage_min, wage_max, opened_on, starts_on, valid_through, closed_on,
        contract_months, warnings, unparsed, headcount_stated, wage_negotiable
        """;

    /// <summary>The real table through the service, against the same rows into a table of the same columns and indexes without policies and triggers, and into the real one.</summary>
    public async Task RunAsync(int rows, int rounds)
    {
        using var service = await servers.ServiceAsync();
        await using var source = NpgsqlDataSource.Create(connection);
        await using var db = await source.OpenConnectionAsync();
        using var http = servers.Client();
        var (feed, csv, binary) = (Path.Combine(folder, "demand.ndjson"), Path.Combine(folder, "demand.csv"), Path.Combine(folder, "demand.bin"));
        FeedRows.Write(feed, 1, rows, i => FeedRows.Demand(i, 4));
        await IngestServers.SendAsync(http, $"{service.Url}/api/v1/imports/stream?kind=demands", feed);
        await Child.PsqlAsync(connection, $"\\copy (SELECT {OneLine} FROM demand ORDER BY id) to '{csv}' csv", $"\\copy (SELECT {OneLine} FROM demand ORDER BY id) to '{binary}' binary");
        await db.ExecuteAsync("CREATE TABLE demand_plain (LIKE demand INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING INDEXES)");
        results["demand_indexes"] = await db.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_index WHERE indrelid = 'demand'::regclass");
        const string AsLoader = "SET app.audit = 'summary'; SET app.role = 'office'; SET app.consortium = '1'; SET ROLE matching_loader";
        (string Name, Func<Task<double>> Run)[] contenders =
        [
            ("demand_psql_csv_plain", () => Child.CopyAsync(connection, "", $"\\copy demand_plain ({OneLine}) from '{csv}' csv")),
            ("demand_psql_binary_plain", () => Child.CopyAsync(connection, "", $"\\copy demand_plain ({OneLine}) from '{binary}' binary")),
            ("demand_loader_binary_triggers", () => Child.CopyAsync(connection, AsLoader, $"\\copy demand ({OneLine}) from '{binary}' binary")),
            ("demand_http_ndjson", () => Rounds.TimeAsync(() => IngestServers.SendAsync(http, $"{service.Url}/api/v1/imports/stream?kind=demands", feed))),
        ];
        var rates = await Rounds.RatesAsync(contenders, rows, rounds, () => db.ExecuteAsync("""
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

    private static string OneLine => DemandColumns.ReplaceLineEndings(" ");
}
