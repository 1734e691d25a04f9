using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Features.Search;
using Matching.Service.Http;
using Matching.Service.Reference;
using Npgsql;

namespace Matching.Benchmarks.Search;

/// <summary>Searches among a million demands as a school does, under row-level security: the whole answer with facets, against LIKE under the same policies.</summary>
internal static class SearchVerb
{
    public const string Usage = "[--demands 1000000] [--rounds 3] [--json FILE]   search under row-level security against LIKE";

    private const int Repeats = 15;

    // The naive way asks for one page by date and counts nothing; it is given every advantage but an index.
    private const string LikeSql = """
        SELECT id FROM demand
        WHERE consortium_id = current_consortium() AND (title ILIKE '%' || @Word || '%' OR description ILIKE '%' || @Word || '%')
        ORDER BY opened_on DESC, id DESC LIMIT 21
        """;

    // The same with what the answer of a search holds besides its page: the total.
    private const string CountSql = """
        SELECT count(*) FROM demand WHERE consortium_id = current_consortium() AND (title ILIKE '%' || @Word || '%' OR description ILIKE '%' || @Word || '%')
        """;

    private static readonly (string Name, SearchQuery Query)[] Queries =
    [
        ("1 character, rare", new("畜")),
        ("1 character, common", new("焊")),
        ("2 characters, rare", new("蜡染")),
        ("2 characters, one of 1,000", new("畜牧")),
        ("2 characters, one of 40", new("护理")),
        ("2 characters, a tenth and more", new("图纸")),
        ("2 characters, absent", new("龟鳖")),
        ("4 characters", new("畜牧教师")),
        ("4 characters, common", new("机械图纸")),
        ("Latin", new("c++")),
        ("two words", new("护理 教师")),
        ("2 characters, region and occupation", new("护理", Region: ["440309", "440111"], Occupation: ["6-18-01-07"])),
        ("2 characters rare, two facets", new("畜牧", Region: ["440300"], Education: ["41"])),
        ("2 characters, wage and date order", new("焊接", WageMin: 12000, Sort: "date")),
        ("no words, region", new(null, Region: ["441900"])),
        ("no words", new()),
    ];

    private sealed record Measured(string Name, string Query, int Total, bool LowerBound, double P50, double P99, double? LikePage, double? LikeCount);

    public static async Task<int> RunAsync(string[] args)
    {
        var demands = int.Parse(Option(args, "--demands") ?? "1000000", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var json = Option(args, "--json") ?? Path.Combine(Path.GetTempPath(), "matching-search.json");
        var folder = Directory.CreateTempSubdirectory("matching-search-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.StartAsync(folder, new EmbeddedClusterOptions(Durable: false), CancellationToken.None);
            await using var source = NpgsqlDataSource.Create(cluster.ConnectionString("postgres") + ";Max Auto Prepare=200;Command Timeout=0;Options=-c jit=off");
            await SearchData.FillAsync(source, demands, CancellationToken.None);
            var measured = await MeasureAsync(source, rounds);
            Print(measured);
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { demands, rounds, repeats = Repeats, measured }));
            Console.WriteLine(json);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Measured>> MeasureAsync(NpgsqlDataSource source, int rounds)
    {
        var caller = new Caller(ApiRoles.School, SearchData.Consortium, 3, null, false);
        var codes = new SearchCodes(new ReferenceTables());
        var times = Queries.ToDictionary(query => query.Name, _ => (Search: new List<double>(), Page: new List<double>(), Count: new List<double>()));
        var totals = new Dictionary<string, (int Total, bool LowerBound)>();
        // Searches and LIKE take turns, so that what else the machine does meets both.
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, query) in Queries)
            {
                await using var session = new TenantSession(source, caller.ToTenant("benchmark"));
                var request = SearchRequest.TryMake(SearchResource.Demands, query, codes, out _)!;
                var store = new SearchStore(session, new SearchFacets(codes), caller);
                for (var i = 0; i < Repeats; i++)
                {
                    var watch = Stopwatch.StartNew();
                    var page = await store.SearchAsync<DemandFound>(request, CancellationToken.None);
                    times[name].Search.Add(watch.Elapsed.TotalMilliseconds);
                    totals[name] = (page.Total, page.TotalIsLowerBound);
                }

                if (query.Q is { } word && !word.Contains(' ', StringComparison.Ordinal) && query is { Region: null, WageMin: null })
                {
                    times[name].Page.Add(await LikeAsync(session, LikeSql, word));
                    times[name].Count.Add(await LikeAsync(session, CountSql, word));
                }
            }
        }

        return [.. Queries.Select(query => new Measured(
            query.Name, query.Query.Q ?? "", totals[query.Name].Total, totals[query.Name].LowerBound, Percentile(times[query.Name].Search, 0.5)!.Value,
            Percentile(times[query.Name].Search, 0.99)!.Value, Percentile(times[query.Name].Page, 0.5), Percentile(times[query.Name].Count, 0.5)))];
    }

    private static async Task<double> LikeAsync(TenantSession session, string sql, string word)
    {
        var watch = Stopwatch.StartNew();
        await session.QueryAsync<long>(sql, new { Word = word }, CancellationToken.None);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Print(List<Measured> measured)
    {
        Console.WriteLine("| search | total | p50 ms | p99 ms | LIKE, one page ms | LIKE, count ms | ratio page + count : p50 |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var m in measured)
        {
            var ratio = m.LikePage is { } page ? Text((page + m.LikeCount!.Value) / m.P50) : "";
            Console.WriteLine($"| {m.Name} {m.Query} | {(m.LowerBound ? "≥ " : "")}{m.Total} | {Text(m.P50)} | {Text(m.P99)} | {Text(m.LikePage)} | {Text(m.LikeCount)} | {ratio} |");
        }
    }

    private static string Text(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static double? Percentile(List<double> values, double share) =>
        values.Count == 0 ? null : values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
