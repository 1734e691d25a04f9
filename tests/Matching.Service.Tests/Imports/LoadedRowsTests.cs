using Dapper;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Imports;

/// <summary>
/// Loaded rows leave in every table that hangs on theirs exactly what the same rows leave when they are inserted one by one: some triggers spare the loader, and this is why they may.
/// </summary>
public class LoadedRowsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // By the rows' own references instead of their numbers, which differ.
    private static readonly string[] OfDemands =
    [
        "SELECT to_jsonb(d) - ARRAY['id', 'consortium_id', 'organization_id', 'created_at', 'updated_at'] FROM demand d WHERE consortium_id = @Id",
        "SELECT jsonb_build_array(d.external_ref, k.skill_id, k.must, k.level, k.origin) FROM demand_skill k JOIN demand d ON d.id = k.demand_id WHERE k.consortium_id = @Id",
        "SELECT jsonb_build_array(d.external_ref, e.happened_on, e.state, e.filled_delta, e.headcount_delta, e.note) FROM demand_event e JOIN demand d ON d.id = e.demand_id WHERE e.consortium_id = @Id",
        "SELECT jsonb_build_array(d.external_ref, e.day, e.title, e.body, e.initials, e.tokens) FROM search_entry e JOIN demand d ON d.id = e.id WHERE e.resource = 'demand' AND e.consortium_id = @Id AND d.state <> 'DRAFT'",
        "SELECT jsonb_build_array(d.external_ref, c.seen_before, c.seen_after, cardinality(c.owners), c.version) FROM change_log c JOIN demand d ON d.id = c.resource_id WHERE c.resource = 'demand' AND c.consortium_id = @Id",
        "SELECT to_jsonb(h) FROM demand_history h WHERE h.consortium_id = @Id",
        "SELECT to_jsonb(a) - 'id' FROM audit_log a WHERE a.action <> 'IMPORT' AND a.resource IN ('demand', 'demand_skill') AND a.consortium_id = @Id",
    ];

    private static readonly string[] OfGraduates =
    [
        "SELECT to_jsonb(g) - ARRAY['id', 'consortium_id', 'school_id', 'program_id', 'created_at', 'updated_at', 'consent_at'] || jsonb_build_object('at', g.consent_at = g.created_at) FROM graduate g WHERE consortium_id = @Id",
        "SELECT jsonb_build_array(g.reference, k.skill_id, k.evidence, k.level) FROM graduate_skill k JOIN graduate g ON g.id = k.graduate_id WHERE k.consortium_id = @Id",
        "SELECT jsonb_build_array(g.reference, o.kind) FROM graduate_order_class k JOIN graduate g ON g.id = k.graduate_id JOIN organization o ON o.id = k.company_id WHERE k.consortium_id = @Id",
        "SELECT jsonb_build_array(g.reference, e.day, e.title, e.body, e.initials, array_remove(e.tokens, 'seen:' || g.school_id)) FROM search_entry e JOIN graduate g ON g.id = e.id WHERE e.resource = 'graduate' AND e.consortium_id = @Id",
        "SELECT jsonb_build_array(g.reference, c.seen_before, c.seen_after, cardinality(c.owners), c.version) FROM change_log c JOIN graduate g ON g.id = c.resource_id WHERE c.resource = 'graduate' AND c.consortium_id = @Id",
    ];

    [Fact]
    public async Task Loaded_LeaveWhatInsertedRowsLeave_WhenTheyAreDemands()
    {
        var import = await new ImportClient(api, "company").ImportAsync("demands", "企业内部编号,岗位名称,岗位描述,需求人数,已到岗人数,必备技能,优先技能,必备证书,最低月薪,最高月薪,状态,发布日期\n"
            + string.Concat(Enumerable.Range(1, 300).Select(Demand)));

        Assert.Equal((300, 0), (import.Created, import.Rejected));
        var columns = await ColumnsAsync("demand");
        await CopyAsync($"""
            INSERT INTO demand (consortium_id, organization_id, {columns}) SELECT @to, @owner, {columns} FROM demand WHERE consortium_id = @from AND id = @id;
            INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must, level, origin)
            SELECT @to, currval(pg_get_serial_sequence('demand', 'id')), skill_id, must, level, origin FROM demand_skill WHERE consortium_id = @from AND demand_id = @id;
            INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, filled_delta, headcount_delta, note)
            SELECT @to, currval(pg_get_serial_sequence('demand', 'id')), happened_on, state, filled_delta, headcount_delta, note FROM demand_event
            WHERE consortium_id = @from AND demand_id = @id ORDER BY id
            """, "demand", "company");

        await SameAsync(OfDemands);
    }

    [Fact]
    public async Task Loaded_LeaveWhatInsertedRowsLeave_WhenTheyAreGraduates()
    {
        await new ImportClient(api, "school").ImportAsync("programs", "专业代码,学历层次\n460103,大专\n");
        await new ImportClient(api, "school", api.Data.Second).ImportAsync("programs", "专业代码,学历层次\n460103,大专\n");
        var import = await new ImportClient(api, "school").ImportAsync("graduates", "学号代码,专业,届别,意向职业,意向地区,期望月薪,同意向企业展示,课程技能,自述技能,证书,订单班企业\n"
            + string.Concat(Enumerable.Range(1, 300).Select(Graduate)));

        Assert.Equal((300, 0), (import.Created, import.Rejected));
        var columns = await ColumnsAsync("graduate");
        await CopyAsync($"""
            INSERT INTO graduate (consortium_id, school_id, program_id, consent_at, {columns})
            SELECT @to, @owner, (SELECT id FROM program WHERE consortium_id = @to), CASE WHEN consent THEN now() END, {columns} FROM graduate WHERE consortium_id = @from AND id = @id;
            INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence, level)
            SELECT @to, currval(pg_get_serial_sequence('graduate', 'id')), skill_id, evidence, level FROM graduate_skill WHERE consortium_id = @from AND graduate_id = @id;
            INSERT INTO graduate_order_class (consortium_id, graduate_id, company_id)
            SELECT @to, currval(pg_get_serial_sequence('graduate', 'id')), @company FROM graduate_order_class WHERE consortium_id = @from AND graduate_id = @id
            """, "graduate", "school");

        await SameAsync(OfGraduates);
    }

    private static string Demand(int i) =>
        $"L-{i},{(i % 3 == 0 ? "焊工" : "數控車工")}{i / 7},负责第{i}号设备的保养，熟悉PLC编程与机械制图。,{1 + (i % 9)},{i % 4 / 3},数控车床操作、技能{i % 5},机械制图,{(i % 4 == 0 ? "焊工证" : "")},"
        + $"{(i % 2 == 0 ? "5000,8000" : ",")},{(i % 10 == 9 ? "草稿" : "")},2026-0{1 + (i % 6)}-1{i % 9}\n";

    private static string Graduate(int i) =>
        $"L-{i},460103,{2024 + (i % 3)},{(i % 2 == 0 ? "车工" : "")},{(i % 3 == 0 ? "深圳市、惠州市" : "不限")},{(i % 4 == 0 ? "6000" : "")},{(i % 2 == 0 ? "是" : "否")},机械制图,机械制图、技能{i % 5},"
        + $"{(i % 5 == 0 ? "电工证" : "")},{(i % 6 == 0 ? "甲市产教联合体-company" : "")}\n";

    private async Task<string> ColumnsAsync(string table)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        return string.Join(", ", await connection.QueryAsync<string>("""
            SELECT attname FROM pg_attribute WHERE attrelid = @table::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            AND attname <> ALL(ARRAY['id', 'consortium_id', 'organization_id', 'school_id', 'program_id', 'consent_at', 'created_at', 'updated_at'])
            """, new { table }));
    }

    /// <summary>Every row of the first consortium once more in the second, one by one, each in a transaction of its own.</summary>
    private async Task CopyAsync(string sql, string table, string owner)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("SELECT set_config('app.audit', 'summary', false), set_config('app.role', 'office', false), set_config('app.consortium', @Id::text, false)", new { api.Data.Second.Id });
        foreach (var id in (await connection.QueryAsync<long>($"SELECT id FROM {table} WHERE consortium_id = @Id ORDER BY id", new { api.Data.First.Id })).AsList())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(sql, new
            {
                id, from = api.Data.First.Id, to = api.Data.Second.Id, owner = api.Data.Second.Organizations[owner], company = api.Data.Second.Organizations["company"],
            });
            await transaction.CommitAsync();
        }
    }

    private async Task SameAsync(IEnumerable<string> tables)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        foreach (var sql in tables)
        {
            Assert.Equal(await RowsAsync(connection, sql, api.Data.Second), await RowsAsync(connection, sql, api.Data.First));
        }
    }

    private static async Task<List<string>> RowsAsync(NpgsqlConnection connection, string sql, TestConsortium consortium) =>
        [.. (await connection.QueryAsync<string>($"SELECT r::text FROM ({sql}) AS t (r)", new { consortium.Id })).Order(StringComparer.Ordinal)];
}
