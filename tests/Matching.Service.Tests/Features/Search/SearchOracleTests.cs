using System.Globalization;
using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Engine.Normalizing;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Search;

/// <summary>
/// Random demands and random queries, asked by everybody: what a search finds and counts is what a filter in C# finds among the rows that GET shows to the same caller, no row more.
/// </summary>
public class SearchOracleTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const int Queries = 300;

    private static readonly string[] Words =
        ["数控", "护理", "焊接", "焊", "畜牧", "C++", "Java", "JavaScript", "5G", "ＰＬＣ", "軟體", "工程师", "操作工", "实习", "（夜班）", "a'b", "x\\y", "%", "_", "|", " ", "、", "深圳", "设备 维护"];

    private static readonly string[] Regions = ["440306", "440307", "440304", "440300", "440111", "110101"];
    private static readonly string?[] Occupations = ["6-18-01-07", "6-18-01-01", "6-18-02", "4-07-05-04", "2-02-10-03", null];
    private static readonly string?[] Industries = ["3921", "392", "3911", "C", null];
    private static readonly string?[] Educations = ["41", "31", "21", "20", null];
    private static readonly string[] Kinds = ["EMPLOYMENT", "INTERNSHIP", "APPRENTICE"];
    private static readonly string[] States = ["DRAFT", "OPEN", "OPEN", "PAUSED", "WITHDRAWN"];
    private static readonly string[] Facets = ["region", "industry", "occupation", "education", "kind", "state", "wage"];

    public async Task InitializeAsync()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        if (await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM demand)"))
        {
            return; // the fixture's database is filled once
        }

        var random = new Random(7);
        foreach (var (consortium, parties, count) in new[] { (api.Data.First, new[] { "company", "company2" }, 260), (api.Data.Second, new[] { "company" }, 60) })
        {
            for (var i = 0; i < count; i++)
            {
                await InsertAsync(connection, consortium, consortium.Organizations[Pick(random, parties)], random);
            }
        }

        // Every third of the second consortium is shared with the first, whatever its state.
        await connection.ExecuteAsync(
            "INSERT INTO demand_share (consortium_id, demand_id, with_consortium) SELECT consortium_id, id, @To FROM demand WHERE consortium_id = @From AND id % 3 = 0",
            new { From = api.Data.Second.Id, To = api.Data.First.Id });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("office", 1)]
    [InlineData("company", 2)]
    [InlineData("company2", 3)]
    [InlineData("school", 4)]
    [InlineData("stranger", 5)]
    public async Task Search_FindsAndCountsWhatAFilterFinds_AmongTheRowsThatGetShows(string party, int seed)
    {
        using var client = party == "stranger" ? api.ClientOf(api.Data.Second, "school") : api.ClientAs(party);
        var visible = await VisibleAsync(client);
        var random = new Random(seed);
        var found = 0;
        for (var i = 0; i < Queries / 5; i++)
        {
            found += await CompareAsync(client, visible, random, $"{party} {i}");
        }

        Assert.True(found > 300, $"only {found} rows found: the queries test too little");
    }

    private static async Task<int> CompareAsync(HttpClient client, List<NaiveSearch.Row> visible, Random random, string label)
    {
        var q = random.Next(4) == 0 ? "" : Query(random);
        var filters = Filters(random);
        var (wageMin, wageMax, byDate, take) = (random.Next(4) == 0 ? random.Next(2000, 15000) : (int?)null, random.Next(5) == 0 ? random.Next(3000, 20000) : (int?)null,
            random.Next(3) == 0, random.Next(2) == 0 ? 200 : random.Next(20, 60));
        var url = $"q={Uri.EscapeDataString(q)}&take={take}&sort={(byDate ? "date" : "relevance")}{(wageMin is null ? "" : $"&wageMin={wageMin}")}{(wageMax is null ? "" : $"&wageMax={wageMax}")}"
            + string.Concat(filters.SelectMany(filter => filter.Value.Select(value => $"&{filter.Key}={value}")));
        label += " " + Uri.UnescapeDataString(url);

        var words = SearchText.Words(q);
        bool Paid(NaiveSearch.Row row) => (wageMin is null || row.WageMax >= wageMin) && (wageMax is null || (row.WageMin ?? row.WageMax) <= wageMax);
        var worded = visible.Where(row => NaiveSearch.Bears(row, words)).ToList();
        var expected = worded.Where(row => Paid(row) && filters.All(filter => NaiveSearch.Passes(row, filter.Key, filter.Value)))
            .OrderByDescending(row => byDate ? 0 : NaiveSearch.Score(row, words)).ThenByDescending(row => row.Day).ThenByDescending(row => row.Id).Select(row => row.Id).ToList();

        var (items, page) = await AllPagesAsync(client, url);

        Assert.True(expected.SequenceEqual(items), $"{label}: expected {string.Join(' ', expected)} but found {string.Join(' ', items)}");
        Assert.Equal(expected.Count, page.GetProperty("total").GetInt32());
        Assert.False(page.GetProperty("totalIsLowerBound").GetBoolean());
        foreach (var facet in Facets)
        {
            var others = worded.Where(row => (facet == "wage" || Paid(row)) && filters.Where(filter => filter.Key != facet).All(filter => NaiveSearch.Passes(row, filter.Key, filter.Value)));
            var counts = others.SelectMany(row => row.Values[facet] is { } value ? NaiveSearch.Groups(facet, value) : [""]).GroupBy(value => value)
                .ToDictionary(group => group.Key, group => group.Count());
            var answered = page.GetProperty("facets").EnumerateArray().Single(f => f.GetProperty("name").GetString() == facet).GetProperty("values").EnumerateArray()
                .ToDictionary(v => v.GetProperty("value").GetString() ?? "", v => v.GetProperty("count").GetInt32()).Where(pair => pair.Value > 0).ToDictionary();
            Assert.True(counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(answered.OrderBy(pair => pair.Key, StringComparer.Ordinal)),
                $"{label}: {facet} expected {string.Join(' ', counts)} but counted {string.Join(' ', answered)}");
        }

        return items.Count;
    }

    private static async Task<(List<long> Items, JsonElement First)> AllPagesAsync(HttpClient client, string url)
    {
        var items = new List<long>();
        JsonElement? first = null;
        for (string? after = null; first is null || after is not null;)
        {
            var page = await HttpAssert.BodyAsync<JsonElement>(await client.GetAsync($"/api/v1/search/demands?{url}{(after is null ? "" : $"&after={after}")}"), HttpStatusCode.OK);
            first ??= page;
            items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("row").GetProperty("id").GetInt64()));
            after = page.GetProperty("next").GetString();
        }

        return (items, first.Value);
    }

    private static async Task<List<NaiveSearch.Row>> VisibleAsync(HttpClient client)
    {
        var rows = new List<NaiveSearch.Row>();
        foreach (var shared in (string[])["false", "true"])
        {
            for (string? after = ""; after is not null;)
            {
                var page = await HttpAssert.BodyAsync<JsonElement>(await client.GetAsync($"/api/v1/demands?take=200&shared={shared}{(after.Length == 0 ? "" : $"&after={after}")}"));
                rows.AddRange(page.GetProperty("items").EnumerateArray().Select(NaiveSearch.Row.Of));
                after = page.GetProperty("next").GetString();
            }
        }

        return rows;
    }

    private static string Query(Random random)
    {
        var word = Pick(random, Words);
        var part = random.Next(3) == 0 ? word[..Math.Min(word.Length, random.Next(1, 3))] : word;
        return random.Next(3) == 0 ? $"{part} {Pick(random, Words)}" : part;
    }

    private static Dictionary<string, string[]> Filters(Random random)
    {
        var filters = new Dictionary<string, string[]>();
        (string Name, string[] Values)[] known =
        [
            ("region", ["440000", "440300", "440306", "110000", "440100"]), ("occupation", ["6", "6-18", "6-18-01", "6-18-01-07", "4"]), ("industry", ["C", "39", "392", "3911"]),
            ("education", ["40", "41", "30", "20"]), ("kind", Kinds), ("state", ["OPEN", "DRAFT", "PAUSED", "FILLED"]),
        ];
        foreach (var (name, values) in known.Where(_ => random.Next(5) == 0))
        {
            filters[name] = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random, values)).Distinct()];
        }

        return filters;
    }

    private static async Task InsertAsync(System.Data.IDbConnection connection, TestConsortium consortium, long organization, Random random)
    {
        var state = Pick(random, States);
        var opened = new DateOnly(2026, 1, 1).AddDays(random.Next(200));
        var wage = random.Next(5) == 0 ? (int?)null : random.Next(2500, 24000);
        await connection.ExecuteAsync(
            """
            INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, description, occupation_code, industry_code, region_code, headcount, education_code,
                                wage_min, wage_max, opened_on, closed_on)
            VALUES (@Id, @organization, @kind, 'COMPANY', @state, @title, @description, @occupation, @industry, @region, 1, @education, @wageMin, @wage, @opened::date, @closed::date)
            """,
            new
            {
                consortium.Id, organization, kind = Pick(random, Kinds), state, title = Text(random, random.Next(1, 4)), description = Text(random, random.Next(0, 12)).Trim(),
                occupation = Pick(random, Occupations), industry = Pick(random, Industries), region = Pick(random, Regions), education = Pick(random, Educations),
                wageMin = wage is null || random.Next(4) == 0 ? null : (int?)(wage - random.Next(0, 2000)), wage,
                opened = opened.ToString("O", CultureInfo.InvariantCulture), closed = state == "WITHDRAWN" ? opened.AddDays(3).ToString("O", CultureInfo.InvariantCulture) : null,
            });
    }

    private static string Text(Random random, int words)
    {
        var text = string.Concat(Enumerable.Range(0, words).Select(_ => Pick(random, Words)));
        return string.IsNullOrWhiteSpace(text) && words > 0 ? "数控" : text;
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
