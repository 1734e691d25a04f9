using Dapper;
using Matching.Service.Data;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Search;

/// <summary>The entries that searches read: how they are written, and by which index they are found.</summary>
public class SearchEntryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>As the application role, under the policies: every search goes by an index, and by the one it should.</summary>
    [Theory]
    [InlineData("焊", "{}", true)]
    [InlineData("护理", "{}", true)]
    [InlineData("数控车床", "{}", true)]
    [InlineData("护理", "{region:4403,occupation:6-18|occupation:4}", true)]
    [InlineData("", "{region:4403,state:OPEN}", true)]
    [InlineData("", "{}", false)]
    public async Task Candidates_AreReadByIndex_UnderThePolicies(string word, string groups, bool byVector)
    {
        await FillAsync(api, api.Data.First, 400, "填充护理焊数控车床");
        string[] words = word.Length == 0 ? [] : [word];
        await using var session = api.Database.Open(new TenantContext("school", api.Data.First.Id, api.Data.First.Organizations["school"]));
        const string Scans = """
            SELECT pg_stat_get_xact_numscans('search_entry'::regclass), pg_stat_get_xact_numscans('search_entry_vector'::regclass), pg_stat_get_xact_numscans('search_entry_by_day'::regclass)
            """;
        var (tableBefore, vectorBefore, _) = await session.FindAsync<(long, long, long)>(Scans, null, default);

        await session.QueryAsync<long>(
            "SELECT c.id FROM search_candidates('demand', @words, @words, @groups::text[], '{seen:all}', 1000) c JOIN demand d ON (d.consortium_id, d.id) = (c.consortium_id, c.id)",
            new { words, groups }, default);

        var (table, vector, byDay) = await session.FindAsync<(long, long, long)>(Scans, null, default);
        Assert.Equal("matching_app", await session.FindAsync<string>("SELECT current_user::text", null, default));
        Assert.Equal(tableBefore, table);
        Assert.Equal(byVector, vector > vectorBefore);
        Assert.True(byDay > 0);
    }

    /// <summary>
    /// The plans inside the search as the server tells them, under the policies, among many rows: the planner's own choice, for what forbids it to read small tables whole is
    /// taken from the function here. (There it keeps a session from holding on to a plan that it made while a consortium was small.)
    /// </summary>
    [Theory]
    [InlineData("焊")]
    [InlineData("护理")]
    [InlineData("数控车床")]
    public async Task Plan_GoesByTheIndexOfPairs_AmongManyRows(string word)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        if (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM search_entry WHERE resource = 'demand' AND title LIKE '计划%'") == 0)
        {
            await InsertAsync(connection, api.Data.First, 20_000, "计划");
            await InsertAsync(connection, api.Data.First, 50, "计划护理焊数控车床");
            await connection.ExecuteAsync("ANALYZE search_entry; ANALYZE demand");
        }

        var plans = new List<string>();
        connection.Notice += (_, notice) => plans.Add(notice.Notice.MessageText);
        await connection.ExecuteAsync("""
            LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET auto_explain.log_level = notice;
            """);
        await connection.ExecuteAsync(
            "BEGIN; ALTER FUNCTION search_candidates RESET enable_seqscan; SELECT set_config('role', 'matching_app', true), set_config('app.role', 'school', true), set_config('app.consortium', @Consortium, true), set_config('app.organization', @School, true)",
            new { Consortium = $"{api.Data.First.Id}", School = $"{api.Data.First.Organizations["school"]}" });

        var found = await connection.QueryAsync<long>(
            "SELECT c.id FROM search_candidates('demand', @words, @words, '{}', '{seen:all}', 1000) c JOIN demand d ON (d.consortium_id, d.id) = (c.consortium_id, c.id)", new { words = new[] { word } });
        await connection.ExecuteAsync("ROLLBACK; SET auto_explain.log_min_duration = -1");

        Assert.NotEmpty(found);
        var plan = Assert.Single(plans, text => text.Contains("lexemes", StringComparison.Ordinal));
        Assert.Contains("Bitmap Index Scan on search_entry_vector", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on search_entry", string.Join('\n', plans), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_AreWrittenAnew_OnlyWhenWhatIsSearchedChanges()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await InsertAsync(connection, api.Data.First, 30, "重写");
        const string Entries = "SELECT xmin::text, title FROM search_entry WHERE resource = 'demand' AND title LIKE '重写%' ORDER BY id";
        var before = (await connection.QueryAsync<(string Row, string Title)>(Entries)).ToList();

        await connection.ExecuteAsync("UPDATE demand SET headcount = headcount + 1, title = CASE WHEN title LIKE '%第7号' THEN title || 'Ａ' ELSE title END WHERE title LIKE '重写%'");

        var after = (await connection.QueryAsync<(string Row, string Title)>(Entries)).ToList();
        Assert.Equal(30, before.Count);
        Assert.Equal(["重写第7号a"], after.Except(before).Select(entry => entry.Title));
        await connection.ExecuteAsync("DELETE FROM demand WHERE title LIKE '重写%'");
        Assert.Empty(await connection.QueryAsync<(string, string)>(Entries));
    }

    /// <summary>What the triggers wrote for single rows and for many is what the views say that entries should be.</summary>
    [Theory]
    [InlineData("demand")]
    [InlineData("program")]
    [InlineData("organization")]
    [InlineData("graduate")]
    public async Task Entries_AreWhatTheViewsMakeOfTheRows(string resource)
    {
        await FillAsync(api, api.Data.First, 5, "视图");
        await ApiData.CreateGraduateAsync(api.ClientAs("school"));
        await using var connection = await api.Database.Owner.OpenConnectionAsync();

        var rows = await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {resource}");
        var different = await connection.ExecuteScalarAsync<long>($"""
            SELECT count(*) FROM {resource}_entry v FULL JOIN (SELECT * FROM search_entry WHERE resource = '{resource}') e USING (consortium_id, id)
            WHERE (v.day, v.title, v.body, v.initials, v.tokens) IS DISTINCT FROM (e.day, e.title, e.body, e.initials, e.tokens)
            """);

        Assert.True(rows > 0);
        Assert.Equal(0, different);
    }

    /// <summary>Every valid code has its entry, the higher level of one that stands twice; a name is written under the initials that it has alone.</summary>
    [Fact]
    public async Task Codes_AreEnteredByStatement_AsEachAloneWouldBe()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        const string Different = """
            SELECT count(*)
            FROM (SELECT DISTINCT ON (kind, code) lower(kind) AS resource, replace(code, '-', '')::bigint AS id, name FROM reference_code
                  WHERE kind IN ('REGION', 'OCCUPATION') AND valid_to IS NULL ORDER BY kind, code, level) r
            FULL JOIN (SELECT * FROM search_entry WHERE consortium_id = 0) e USING (resource, id)
            WHERE (search_text(r.name), pinyin_initials(r.name)) IS DISTINCT FROM (e.title, substring(e.initials FOR char_length(pinyin_initials(r.name))))
            """;
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>(Different));

        await connection.ExecuteAsync("BEGIN; UPDATE reference_code SET name = '重庆音乐城' WHERE kind = 'REGION' AND code = '440309'; DELETE FROM reference_code WHERE kind = 'REGION' AND code = '440306'");
        Assert.Equal(("重庆音乐城", "cqyyc"), await connection.QuerySingleAsync<(string, string)>("SELECT title, split_part(initials, E'\n', 1) FROM search_entry WHERE resource = 'region' AND id = 440309"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>(Different));
        await connection.ExecuteAsync("ROLLBACK");
    }

    // As pg_restore does: what an index or a generated column calls must be found without a search path.
    [Fact]
    public async Task IndexesAndGeneratedColumns_AreBuilt_WithoutASearchPath()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();

        await connection.ExecuteAsync("BEGIN; SET LOCAL search_path = ''; REINDEX INDEX public.search_entry_vector");

        Assert.Equal("ab教师", await connection.ExecuteScalarAsync<string>("SELECT public.title_key('Ａ-b老师')"));
        await connection.ExecuteAsync("ROLLBACK");
    }

    [Fact]
    public async Task Initials_OfManyNames_AreThoseOfEach()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();

        var different = await connection.QueryAsync<string>("""
            WITH names AS MATERIALIZED (
                SELECT DISTINCT name FROM (SELECT name FROM reference_code UNION ALL SELECT unnest(ARRAY['示例（深圳）有限公司', 'ＡＢ示例3号厂', '', '！', '重庆市长寿区银行', '自治区', '龜'])) n (name))
            SELECT n.name FROM names n LEFT JOIN pinyin_initials_of(ARRAY(SELECT name FROM names)) m ON m.name = n.name
            WHERE m.initials IS DISTINCT FROM pinyin_initials(n.name)
            """);

        Assert.Empty(different);
    }

    private static async Task<int> InsertAsync(System.Data.IDbConnection connection, TestConsortium consortium, int rows, string text) => await connection.ExecuteAsync(
        """
        INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, region_code, occupation_code, headcount, opened_on)
        SELECT @Id, @organization, 'EMPLOYMENT', 'COMPANY', 'OPEN', @text || '第' || i || '号', '440306', '6-18-01-07', 1, '2026-06-01'::date - i
        FROM generate_series(1, @rows) AS i
        """,
        new { consortium.Id, organization = consortium.Organizations["company"], text, rows });

    internal static async Task FillAsync(ApiFixture api, TestConsortium consortium, int rows, string text)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await InsertAsync(connection, consortium, rows, text);
    }
}
