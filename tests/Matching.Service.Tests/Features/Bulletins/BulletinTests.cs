using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Features.Bulletins;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Features.Bulletins;

public class BulletinTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/bulletins";
    private static int _year = 2000;

    private readonly HttpClient _office = api.ClientAs("office");
    private readonly HttpClient _public = api.ClientAs("public");

    // A year of its own for each test, so that one's facts are in no other's periods.
    private readonly int _of = Interlocked.Increment(ref _year);

    [Fact]
    public async Task Bulletin_HoldsTheFiguresOfItsPeriod()
    {
        await InsertDemandAsync("6-18-01-07", headcount: 40, opened: $"{_of}-05-01", filled: (15, $"{_of}-06-30"));
        await InsertDemandAsync("6-18-01-07", headcount: 25, opened: $"{_of}-07-01");
        await InsertDemandAsync(null, headcount: 5, opened: $"{_of}-08-01");
        await InsertDemandAsync("6-18-01-07", headcount: 99, opened: $"{_of}-08-01", state: "DRAFT");
        await InsertSeekersAsync(30, "6-18-01-07", $"{_of}-07-01");
        await InsertSeekersAsync(12, null, $"{_of}-07-01");
        var tables = (await DraftAsync($"{_of}Q3")).Tables.ToDictionary(table => table.Key);

        var overview = tables["overview"].Rows;
        Assert.Equal([25m, 30m, 55m, 42m, 1.31m], overview.Take(5).Select(row => row[1].Value!.Value));
        var workers = tables["occupation-groups"].Rows.Single(row => row[0].Text.StartsWith("生产制造", StringComparison.Ordinal));
        Assert.Equal([50m, 100.0m], workers.Skip(1).Take(2).Select(cell => cell.Value!.Value));
        Assert.Equal((30m, 1.19m, 50m, 30m), (workers[5].Value, workers[9].Value, workers[9].Numerator, workers[9].Denominator));
        Assert.Equal((12m, 5m), (Row(tables["occupation-groups"], "无要求")[5].Value, Row(tables["occupation-groups"], "未归类")[1].Value));
        Assert.Equal(["1", "6-18-01-07", "多工序数控机床操作调整工", "50", "30", "1.19", "20"], tables["top-shortage"].Rows.Single().Select(cell => cell.Text));
        Assert.Contains("55 人", tables["overview"].Prose, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SmallCells_AreHidden_WithWhatWouldGiveThemAway()
    {
        await InsertDemandAsync("6-18-01-07", headcount: 40, opened: $"{_of}-07-01");
        await InsertSeekersAsync(3, "2-05-08-01", $"{_of}-07-01");
        await InsertSeekersAsync(20, "6-18-01-07", $"{_of}-07-01");
        await InsertSeekersAsync(60, "4-01-02-01", $"{_of}-07-01");
        var rows = (await DraftAsync($"{_of}Q3")).Tables.Single(table => table.Key == "occupation-groups").Rows;

        Assert.Equal("*", rows.Single(row => row[0].Text == "专业技术人员")[5].Text);
        Assert.Equal(["*", "*"], rows.Where(row => row[5].Text == "*").Select(row => row[5].Text));
        Assert.All(rows.Where(row => row[5].Text == "*"), row => Assert.All((Cell[])[row[5], row[6], row[9]], cell => Assert.Equal((null, null, null), (cell.Value, cell.Numerator, cell.Denominator))));
        Assert.Contains(rows, row => row[5].Value == 60);
    }

    [Fact]
    public async Task GapTable_PlacesAHiddenCountByWhatTheDemandAloneTells()
    {
        await InsertDemandAsync("2-05-08-01", headcount: 50, opened: $"{_of}-07-01");
        await InsertDemandAsync("6-18-01-07", headcount: 45, opened: $"{_of}-07-01");
        await InsertSeekersAsync(2, "2-05-08-01", $"{_of}-07-01");
        await InsertSeekersAsync(5, "4-01-02-01", $"{_of}-07-01");
        var tables = (await DraftAsync($"{_of}Q3")).Tables.ToDictionary(table => table.Key);

        Assert.Equal([("6-18-01-07", "0", "45"), ("2-05-08-01", "*", "≥ 41")], tables["top-shortage"].Rows.Select(row => (row[1].Text, row[4].Text, row[6].Text)));
        Assert.Empty(tables["top-surplus"].Rows);
    }

    [Fact]
    public async Task Bulletin_GoesFromDraftToPublished_AndIsThenPublicAndFrozen()
    {
        var draft = (await DraftAsync($"{_of}-03")).Bulletin;
        await HttpAssert.ProblemAsync(await _public.GetAsync($"{Url}/{draft.Id}"), HttpStatusCode.NotFound, "bulletin_not_found");
        await HttpAssert.ProblemAsync(await _office.PostAsync($"{Url}/{draft.Id}/publish", null), HttpStatusCode.Conflict, "transition_not_allowed");
        await HttpAssert.BodyAsync<Bulletin>(await _office.PostAsync($"{Url}/{draft.Id}/review", null));
        var published = await HttpAssert.BodyAsync<Bulletin>(await _office.PostAsync($"{Url}/{draft.Id}/publish", null));

        Assert.Equal("PUBLISHED", published.State);
        Assert.Equal(8, (await _public.GetFromJsonAsync<BulletinDetail>($"{Url}/{draft.Id}"))!.Tables.Count);
        foreach (var sql in (string[])["UPDATE bulletin SET title = 'x' WHERE id = @Id", "DELETE FROM bulletin WHERE id = @Id", "UPDATE bulletin_table SET content = '{}' WHERE bulletin_id = @Id",
            "DELETE FROM bulletin_table WHERE bulletin_id = @Id", "INSERT INTO bulletin_table SELECT consortium_id, bulletin_id, 'late', 99, content FROM bulletin_table WHERE bulletin_id = @Id LIMIT 1"])
        {
            await using var connection = await api.Database.Owner.OpenConnectionAsync();
            var error = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql, new { draft.Id }));
            Assert.Equal("bulletin_frozen", error.ConstraintName);
        }
    }

    [Fact]
    public async Task Correction_IsANewRevision_WithItsDifferences()
    {
        await InsertDemandAsync("6-18-01-07", headcount: 40, opened: $"{_of}-07-01");
        var first = (await DraftAsync($"{_of}Q3")).Bulletin;
        await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync(Url, new DraftBulletin($"{_of}Q3", "补录")), HttpStatusCode.Conflict, "bulletin_exists");
        await _office.PostAsync($"{Url}/{first.Id}/review", null);
        await _office.PostAsync($"{Url}/{first.Id}/publish", null);
        await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync(Url, new DraftBulletin($"{_of}Q3")), HttpStatusCode.Conflict, "bulletin_exists");
        await InsertDemandAsync("6-18-01-07", headcount: 2, opened: $"{_of}-07-01");
        var second = (await DraftAsync($"{_of}Q3", "补录一条需求")).Bulletin;

        Assert.Equal((2, "补录一条需求"), (second.Revision, second.Correction));
        var changes = (await _office.GetFromJsonAsync<Page<CellChange>>($"{Url}/{second.Id}/changes"))!.Items;
        Assert.Contains(new CellChange("overview", "需求人数合计", "本期", "40", "42"), changes);
        Assert.Empty((await _office.GetFromJsonAsync<Page<CellChange>>($"{Url}/{first.Id}/changes"))!.Items);
    }

    [Fact]
    public async Task Draft_IsMadeOnce_HoweverOftenThePeriodIsAskedFor()
    {
        for (var i = 0; i < 3; i++)
        {
            await WaitingWork.RunAsync(api, api.Data.First.Id, "bulletin-quarterly", $$"""{"period":"{{_of}}Q1"}""");
        }

        Assert.Single((await _office.GetFromJsonAsync<Page<Bulletin>>($"{Url}?take=200"))!.Items, bulletin => bulletin.Period == $"{_of}Q1");
    }

    [Fact]
    public async Task Page_EncodesEveryText_AndAllowsNoScript()
    {
        using var admin = api.ClientOf(api.Data.First.Keys["admin"]);
        var consortium = await TestData.CreateConsortiumAsync(api.Database, "<script>alert(1)</script>市", "440300");
        await WaitingWork.RunAsync(api, consortium.Id, "bulletin-annual", $$"""{"period":"{{_of}}"}""");
        using var office = api.ClientOf(consortium.Keys["office"]);
        var draft = (await office.GetFromJsonAsync<Page<Bulletin>>(Url))!.Items.Single();
        var response = await office.GetAsync($"/bulletins/{draft.Id}");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026Q0")]
    [InlineData("now")]
    public async Task Draft_RefusesWhatIsNoPeriod(string period) =>
        await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync(Url, new DraftBulletin(period)), HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task Draft_RefusesAPeriodThatIsNotOver() =>
        await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync(Url, new DraftBulletin($"{DateTime.UtcNow.Year + 1}")), HttpStatusCode.BadRequest, "period_not_over");

    [Fact]
    public void TableKeys_AreUnique() => Assert.Equal(BulletinTables.All.Count, BulletinTables.All.Select(table => table.Key).Distinct().Count());

    private static IReadOnlyList<Cell> Row(BulletinTable table, string label) => table.Rows.Single(row => row[0].Text == label);

    private async Task<BulletinDetail> DraftAsync(string period, string? correction = null)
    {
        await HttpAssert.BodyAsync<StartedRun>(await _office.PostAsJsonAsync(Url, new DraftBulletin(period, correction)), HttpStatusCode.Accepted);
        await WaitingWork.DrainAsync(api);
        var bulletin = (await _office.GetFromJsonAsync<Page<Bulletin>>($"{Url}?take=200"))!.Items.First(item => item.Period == period);
        return (await _office.GetFromJsonAsync<BulletinDetail>($"{Url}/{bulletin.Id}"))!;
    }

    // Everything opened for a test is closed with its year, or it would be carried over into the next one's.
    private async Task InsertDemandAsync(string? occupation, int headcount, string opened, (int Count, string Day)? filled = null, string state = "WITHDRAWN")
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var args = new
        {
            api.Data.First.Id, organization = api.Data.First.Organizations["company"], occupation, headcount, opened = DateOnly.Parse(opened, null), state,
            closed = state == "DRAFT" ? (DateOnly?)null : new DateOnly(_of, 12, 31), count = filled?.Count ?? 0, day = filled is null ? default : DateOnly.Parse(filled.Value.Day, null),
        };
        var id = await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, headcount, filled, occupation_code, opened_on, closed_on)
            VALUES (@Id, @organization, 'EMPLOYMENT', 'COMPANY', @state, '示例', '440306', @headcount, @count, @occupation, @opened, @closed) RETURNING id
            """, args);
        if (filled is not null)
        {
            await connection.ExecuteAsync(
                "INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, filled_delta) VALUES (@Id, @demand, @day, 'OPEN', @count)",
                new { args.Id, demand = id, args.day, args.count });
        }
    }

    private async Task InsertSeekersAsync(int count, string? occupation, string from)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO seeker (consortium_id, organization_id, reference, category, region_code, wished_occupations, registered_on, closed_on)
            SELECT @Id, @office, gen_random_uuid()::text, 'OTHER', '440306', CASE WHEN @occupation IS NULL THEN '{}'::text[] ELSE ARRAY[@occupation] END, @day, @closed FROM generate_series(1, @count)
            """,
            new { api.Data.First.Id, office = api.Data.First.Organizations["office"], occupation, day = DateOnly.Parse(from, null), closed = new DateOnly(_of, 12, 31), count });
    }
}
