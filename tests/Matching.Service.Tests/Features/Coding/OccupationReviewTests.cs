using System.Net.Http.Json;
using Dapper;
using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Features.Coding;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Coding;

/// <summary>The queue of uncoded titles over thousands of demands, written straight into the table: what is asked here is how they are counted and read.</summary>
public sealed class OccupationReviewTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const int Titles = 150;

    // Every third title is spelled in two ways; every fourth demand is coded for sure, every fifth is coded but not for sure.
    private const string DemandsSql = """
        INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, headcount, occupation_code, occupation_confidence, opened_on)
        SELECT @consortium, @company, 'EMPLOYMENT', 'COMPANY', 'OPEN', title || CASE WHEN t % 3 = 0 AND i % 2 = 0 THEN '（Ａ）' ELSE 'a' END, '440306', 1 + i % 7,
               CASE WHEN i % 4 = 0 OR i % 5 = 0 THEN '4-01-02-01' END, CASE WHEN i % 4 = 0 THEN 95 WHEN i % 5 = 0 THEN 40 END, '2026-09-01'
        FROM generate_series(1, 4000) AS i
        CROSS JOIN LATERAL (SELECT floor(@titles * power((i * 7919 % 4001) / 4001.0, 2))::int AS t) AS n
        CROSS JOIN LATERAL (SELECT '岗位' || chr(19968 + t) AS title) AS w
        """;

    public async Task InitializeAsync()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        if (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM demand") == 0)
        {
            await connection.ExecuteAsync(DemandsSql, new { consortium = api.Data.First.Id, company = api.Data.First.Organizations["company"], titles = Titles });
            await connection.ExecuteAsync("ANALYZE demand");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    // Every sign of the blocks that Chinese and English titles are written in, and mixtures of them.
    [Fact]
    public async Task TitleKey_IsTheCodersKey_InSqlToo()
    {
        var signs = Enumerable.Range(1, 0xff).Concat(Enumerable.Range(0x2000, 0xc00)).Concat(Enumerable.Range(0x2e00, 0x600)).Concat(Enumerable.Range(0x3400, 0x6c00)).Concat(Enumerable.Range(0xf900, 0x200))
            .Concat(Enumerable.Range(0xfe30, 0x1cf)).Select(code => (char)code).Where(IsCompared).ToArray();
        var random = new Random(11);
        string[] texts =
        [
            .. signs.Select(sign => $"a{sign}员"), "幼儿园老師", "..C++/.Net..", "𠮷野家（店長）", "——",
            .. Enumerable.Range(0, 500).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => signs[random.Next(signs.Length)]))).Where(text => text.IsNormalized()),
        ];
        await using var connection = await api.Database.Owner.OpenConnectionAsync();

        var inSql = await connection.QueryAsync<string>("SELECT title_key(t) FROM unnest(@texts) WITH ORDINALITY AS u (t, i) ORDER BY i", new { texts });

        Assert.Equal(texts.Select(OccupationCoder.TitleKey), inSql);
    }

    [Fact]
    public async Task Review_IsWhatCountingByHandGives_OverManyPages()
    {
        var pages = await PagesAsync(take: 13);

        Assert.True(pages.Count > 5);
        Assert.All(pages.SkipLast(1), page => Assert.Equal(13, page.Items.Count));
        Assert.Equal(await ByHandAsync(), pages.SelectMany(page => page.Items).Select(Shown));
    }

    [Fact]
    public async Task Review_ReadsItsIndexAlone()
    {
        await using var session = api.Database.Open(new TenantContext(ApiRoles.Office, api.Data.First.Id, api.Data.First.Organizations["office"]));

        var plan = await session.QueryAsync<string>($"EXPLAIN {OccupationReviewStore.ListSql}", new { AfterDemands = (int?)3, AfterFirst = 1L, Take = 50 }, default);

        Assert.Contains(plan, line => line.Contains("Index Only Scan using demand_to_review", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan on demand ", StringComparison.Ordinal));
    }

    // What the service's Unicode edition has and the database's may not have yet, and letters beyond ASCII, whose case only the service knows, are no part of it.
    private static bool IsCompared(char sign) =>
        char.GetUnicodeCategory(sign) != System.Globalization.UnicodeCategory.OtherNotAssigned
        && (char.IsAscii(sign) || $"{sign}".Normalize(System.Text.NormalizationForm.FormKC).All(plain => char.IsAscii(plain) || char.ToLowerInvariant(plain) == plain));

    private async Task<List<Page<ReviewEntry>>> PagesAsync(int take)
    {
        using var office = api.ClientAs("office");
        var pages = new List<Page<ReviewEntry>>();
        do
        {
            pages.Add((await office.GetFromJsonAsync<Page<ReviewEntry>>($"/api/v1/occupations/review?take={take}{(pages.Count == 0 ? "" : $"&after={pages[^1].Next}")}"))!);
        }
        while (pages[^1].Next is not null);

        return pages;
    }

    private async Task<IEnumerable<string>> ByHandAsync()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var waiting = await connection.QueryAsync<(long Id, string Title, int Headcount)>(
            "SELECT id, title, headcount FROM demand WHERE occupation_code IS NULL OR occupation_confidence < 60 ORDER BY id");
        return waiting.GroupBy(row => OccupationCoder.TitleKey(row.Title)).OrderByDescending(title => title.Count()).ThenBy(title => title.First().Id).Select(title => Line(
            title.GroupBy(row => row.Title).OrderByDescending(spelling => spelling.Count()).Select(spelling => spelling.Key), title.Count(), title.Sum(row => row.Headcount),
            title.Select(row => row.Id).Take(5)));
    }

    private static string Shown(ReviewEntry entry) => Line(entry.Spellings, entry.Demands, entry.Headcount, entry.DemandIds);

    private static string Line(IEnumerable<string> spellings, int demands, long headcount, IEnumerable<long> ids) =>
        $"{string.Join('|', spellings)} {demands} {headcount} {string.Join(',', ids)}";
}
