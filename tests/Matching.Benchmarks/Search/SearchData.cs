using System.Globalization;
using Dapper;
using Matching.Service.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Matching.Benchmarks.Search;

/// <summary>Demands of a made-up vocabulary whose words are of very different frequency, in three consortia: the first holds nearly all of them, over forty months.</summary>
internal static class SearchData
{
    /// <summary>The consortium that is searched.</summary>
    public const long Consortium = 1;

    private const string OwnersSql = """
        INSERT INTO consortium (id, name, region_code) VALUES (1, '甲联合体', '440300'), (2, '乙联合体', '440300'), (3, '丙联合体', '440300');
        INSERT INTO organization (consortium_id, kind, name, region_code)
        SELECT c, 'COMPANY', '第' || c || '联合体' || i || '号公司', '440306' FROM generate_series(1, 3) AS c, generate_series(1, 100) AS i;
        """;

    // The word's rank is u^3 of 40, so that the first stands in a fifth of all titles and the last in one of a hundred; 蜡染 is in one of 20,000, 畜牧 in one of 1,000.
    private const string DemandsSql = """
        INSERT INTO demand (consortium_id, organization_id, kind, source, state, title, description, region_code, headcount, opened_on, wage_min, wage_max, education_code,
                            occupation_code, industry_code)
        SELECT CASE WHEN i % 20 = 0 THEN 2 WHEN i % 20 = 1 THEN 3 ELSE 1 END, CASE WHEN i % 20 = 0 THEN 101 WHEN i % 20 = 1 THEN 201 ELSE 1 END + i % 100,
               (ARRAY['EMPLOYMENT', 'EMPLOYMENT', 'INTERNSHIP'])[1 + i % 3], 'COMPANY', CASE WHEN i % 50 = 7 THEN 'DRAFT' ELSE 'OPEN' END,
               CASE WHEN i % 20000 = 17 THEN '蜡染' WHEN i % 1000 = 18 THEN '畜牧' ELSE w[1 + floor(40 * power(random(), 3))::integer] END || r[1 + floor(12 * random())::integer],
               d[1 + floor(20 * random())::integer] || '，' || d[1 + floor(20 * random())::integer] || '；' || d[1 + floor(20 * random())::integer] || w[1 + floor(40 * random())::integer],
               (ARRAY['440306', '440309', '440304', '440111', '441900'])[1 + floor(5 * power(random(), 2))::integer], 1 + i % 9, '2023-01-01'::date + (i % 1217), 5000,
               6000 + i % 9000, (ARRAY['41', '31', '21'])[1 + i % 3], '6-18-01-' || lpad((1 + i % 12)::text, 2, '0'), '3921'
        FROM generate_series(@From, @To) AS i, (SELECT @Words::text[] AS w, @Roles::text[] AS r, @Duties::text[] AS d) AS v
        """;

    private const string EntriesSql = "INSERT INTO search_entry SELECT * FROM demand_entry";

    private static readonly string[] Words =
        ("数控 机械 电气 销售 会计 软件 测试 护理 焊接 物流 仓储 采购 客服 行政 模具 质检 维修 喷涂 钣金 装配 市场 财务 人事 司机 烹饪 幼教 园艺 包装 注塑 冲压 "
         + "光伏 储能 叉车 电商 直播 养老 Java C++ PLC 5G").Split(' ');

    private static readonly string[] Roles = "工程师 技术员 操作工 经理 主管 助理 专员 教师 学徒 班长 组长 文员".Split(' ');

    private static readonly string[] Duties =
        ("负责设备日常维护 能看懂机械图纸 有相关工作经验优先 服从现场安全管理 熟悉生产流程 能适应倒班 独立完成项目 与客户沟通良好 按时完成质量检查 会使用办公软件 能吃苦耐劳 团队合作 编写技术文档 "
         + "参与工艺改进 配合部门主管 保养工具器具 统计产量报表 培训新员工 处理异常情况 遵守公司制度").Split(' ');

    /// <summary>Migrates an empty database and fills it as an import of the whole stock would; says what each step took.</summary>
    public static async Task FillAsync(NpgsqlDataSource owner, int demands, CancellationToken ct)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        await new Migrator(owner, NullLogger<Migrator>.Instance).ApplyAsync(ct);
        await using var connection = await owner.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(OwnersSql);
        var index = await connection.ExecuteScalarAsync<string>("SELECT pg_get_indexdef('search_entry_vector'::regclass)");
        // Without the triggers of audit and search: what they would write is written below in one go, and their cost a row is measured apart.
        await connection.ExecuteAsync("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET jit = off; SELECT setseed(0.5); DROP INDEX search_entry_vector");
        await TimedAsync("demands", () => InsertAsync(connection, 1, demands));
        await TimedAsync("search entries", () => connection.ExecuteAsync(EntriesSql, commandTimeout: 0));
        await TimedAsync("index of the entries", () => connection.ExecuteAsync(index!, commandTimeout: 0));
        await connection.ExecuteAsync("RESET session_replication_role; RESET maintenance_work_mem", commandTimeout: 0);
        // By itself, for it runs in no transaction, and several statements in one command are one.
        await connection.ExecuteAsync("VACUUM ANALYZE demand, search_entry, organization", commandTimeout: 0);
        await WriteCostAsync(connection, demands);
        Console.WriteLine("  " + await connection.ExecuteScalarAsync<string>(
            "SELECT 'demand ' || pg_size_pretty(pg_table_size('demand')) || ', search_entry ' || pg_size_pretty(pg_table_size('search_entry')) || ', its index ' || pg_size_pretty(pg_relation_size('search_entry_vector'))"));
    }

    // What the search adds to the writing of a demand: the same rows with its trigger and without.
    private static async Task WriteCostAsync(NpgsqlConnection connection, int demands)
    {
        const int Rows = 20_000;
        await connection.ExecuteAsync("SET app.audit = 'summary'");
        await TimedAsync($"{Rows} more demands, searchable", () => InsertAsync(connection, demands + 1, demands + Rows));
        await connection.ExecuteAsync("ALTER TABLE demand DISABLE TRIGGER demand_insert_searchable");
        await TimedAsync($"{Rows} more demands, not searchable", () => InsertAsync(connection, demands + Rows + 1, demands + (2 * Rows)));
        await connection.ExecuteAsync("ALTER TABLE demand ENABLE TRIGGER demand_insert_searchable; RESET app.audit");
    }

    private static Task<int> InsertAsync(NpgsqlConnection connection, int from, int to) =>
        connection.ExecuteAsync(DemandsSql, new { From = from, To = to, Words, Roles, Duties }, commandTimeout: 0);

    private static async Task TimedAsync(string what, Func<Task> step)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await step();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {watch.Elapsed.TotalSeconds:0.0} s"));
    }
}
