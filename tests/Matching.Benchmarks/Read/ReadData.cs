using System.Globalization;
using System.Text.Json;
using Dapper;
using Matching.Service.Features.Bulletins;
using Matching.Service.Http;
using Npgsql;

namespace Matching.Benchmarks.Read;

/// <summary>What is read: a small published bulletin and one of about 20 KB, and a key of a school.</summary>
internal sealed record ReadData(long Small, long Large, string Key)
{
    private const string BulletinSql = """
        INSERT INTO bulletin (consortium_id, kind, period, region_code, revision, title, cut_off) VALUES (1, 'MONTHLY', @period, '440300', 1, '甲市人才供需调度', now()) RETURNING id
        """;

    private const string TableSql = "INSERT INTO bulletin_table (consortium_id, bulletin_id, key, position, content) VALUES (1, @id, @Key, 1, @content::jsonb)";

    private const string PublishSql = """
        UPDATE bulletin SET state = 'REVIEWED', reviewed_at = now() WHERE id = @id;
        UPDATE bulletin SET state = 'PUBLISHED', published_at = now() WHERE id = @id
        """;

    private const string KeySql = """
        INSERT INTO api_key (consortium_id, organization_id, role, prefix, secret_hash, expires_at) VALUES (1, @school, 'school', @Prefix, @SecretHash, now() + interval '1 day')
        """;

    public static async Task<ReadData> WriteAsync(string connection)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync();
        await db.ExecuteAsync("INSERT INTO consortium (id, name, region_code) VALUES (1, '甲联合体', '440300')");
        var school = await db.ExecuteScalarAsync<long>("INSERT INTO organization (consortium_id, kind, name, region_code) VALUES (1, 'SCHOOL', '甲校', '440306') RETURNING id");
        var key = ApiKey.Create();
        await db.ExecuteAsync(KeySql, new { school, key.Prefix, key.SecretHash });
        return new ReadData(await BulletinAsync(db, "2026-01", 3), await BulletinAsync(db, "2026-02", 70), key.ToString());
    }

    private static async Task<long> BulletinAsync(NpgsqlConnection db, string period, int rows)
    {
        var id = await db.ExecuteScalarAsync<long>(BulletinSql, new { period });
        var table = new BulletinTable("occupation-groups", "职业大类供需", "求人倍率 v1", "需求最多的是生产制造及有关人员。", ["职业", "需求人数", "求职人数", "求人倍率"], [.. Enumerable.Range(1, rows).Select(Cells)]);
        await db.ExecuteAsync(TableSql, new { id, table.Key, content = JsonSerializer.Serialize(table, JsonSerializerOptions.Web) });
        await db.ExecuteAsync(PublishSql, new { id });
        return id;
    }

    private static IReadOnlyList<Cell> Cells(int row) =>
    [
        new($"职业第{row}类"), new((row * 37).ToString("#,0", CultureInfo.InvariantCulture), row * 37), new((row * 23).ToString("#,0", CultureInfo.InvariantCulture), row * 23),
        new("1.61", 1.61m, row * 37, row * 23),
    ];
}
