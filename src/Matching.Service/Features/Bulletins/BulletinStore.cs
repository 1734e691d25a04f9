using System.Text.Json;
using Matching.Engine.Indicators;
using Matching.Service.Data;
using Matching.Service.Http;

namespace Matching.Service.Features.Bulletins;

internal sealed class BulletinStore(TenantSession session)
{
    private const string Columns = "id, kind, period, region_code, revision, state, title, cut_off, correction, published_at, row_version AS version";

    // Published bulletins of all are public, so the consortium is not asked for here; the policies decide.
    private const string FindSql = $"SELECT {Columns} FROM bulletin WHERE id = @Id";

    private const string TablesSql = "SELECT content::text FROM bulletin_table WHERE bulletin_id = @Id ORDER BY position";

    private const string ListSql = $"""
        SELECT {Columns} FROM bulletin
        WHERE consortium_id = current_consortium()
          AND (@After::bigint IS NULL OR id < @After)
          AND (@Kind::text IS NULL OR kind = @Kind)
          AND (@State::text IS NULL OR state = @State)
        ORDER BY id DESC LIMIT @Take + 1
        """;

    private const string LatestSql = $"""
        SELECT {Columns} FROM bulletin WHERE consortium_id = current_consortium() AND kind = @Kind AND period = @Period ORDER BY revision DESC LIMIT 1
        """;

    private const string BeforeSql = """
        SELECT b.id FROM bulletin b JOIN bulletin r ON r.id = @Id AND b.consortium_id = r.consortium_id AND b.kind = r.kind AND b.period = r.period AND b.revision = r.revision - 1
        """;

    // Two nodes that draft the same period meet in the unique key; the second finds nothing left to do.
    private const string InsertSql = """
        INSERT INTO bulletin (consortium_id, kind, period, region_code, revision, title, cut_off, correction)
        SELECT c.id, @Kind, @Period, c.region_code, @Revision, @Title, @CutOff, @Correction FROM consortium c WHERE c.id = current_consortium()
        ON CONFLICT ON CONSTRAINT bulletin_once DO NOTHING
        RETURNING id
        """;

    private const string InsertTablesSql = """
        INSERT INTO bulletin_table (consortium_id, bulletin_id, key, position, content)
        SELECT current_consortium(), @Id, key, position, content::jsonb FROM unnest(@Keys, @Contents) WITH ORDINALITY AS t (key, content, position)
        """;

    private const string ReviewSql = $"""
        UPDATE bulletin SET state = 'REVIEWED', reviewed_at = now()
        WHERE consortium_id = current_consortium() AND id = @Id AND state = 'DRAFT' RETURNING {Columns}
        """;

    private const string PublishSql = $"""
        UPDATE bulletin SET state = 'PUBLISHED', published_at = now()
        WHERE consortium_id = current_consortium() AND id = @Id AND state = 'REVIEWED' RETURNING {Columns}
        """;

    private const string NameSql = "SELECT name FROM consortium WHERE id = current_consortium()";

    private static readonly JsonSerializerOptions Json = FrozenJson();

    public Task<Bulletin?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Bulletin>(FindSql, new { Id = id }, ct);

    public async Task<IReadOnlyList<BulletinTable>> TablesAsync(long id, CancellationToken ct) =>
        [.. (await session.QueryAsync<string>(TablesSql, new { Id = id }, ct)).Select(content => JsonSerializer.Deserialize<BulletinTable>(content, Json)!)];

    public Task<IReadOnlyList<Bulletin>> ListAsync(BulletinQuery query, CancellationToken ct) =>
        session.QueryAsync<Bulletin>(ListSql, new { After = query.After?.Id, query.Kind, query.State, query.Take }, ct);

    public Task<Bulletin?> LatestAsync(Period period, CancellationToken ct) =>
        session.FindAsync<Bulletin>(LatestSql, new { Kind = Kind(period), Period = period.ToString() }, ct);

    /// <summary>The revision before; null when there is none.</summary>
    public Task<long?> BeforeAsync(long id, CancellationToken ct) => session.FindAsync<long?>(BeforeSql, new { Id = id }, ct);

    public Task<Bulletin?> ReviewAsync(long id, CancellationToken ct) => session.FindAsync<Bulletin>(ReviewSql, new { Id = id }, ct);

    public Task<Bulletin?> PublishAsync(long id, CancellationToken ct) => session.FindAsync<Bulletin>(PublishSql, new { Id = id }, ct);

    /// <summary>Stores a draft with its tables; false when that revision of the period exists already.</summary>
    public async Task<bool> InsertAsync(Period period, int revision, string correction, DateTime cutOff, IReadOnlyList<BulletinTable> tables, CancellationToken ct)
    {
        var name = await session.FindAsync<string>(NameSql, null, ct);
        var id = await session.FindAsync<long?>(
            InsertSql,
            new { Kind = Kind(period), Period = period.ToString(), Revision = revision, Title = $"{name}{Title(period)}", CutOff = cutOff, Correction = correction },
            ct);
        if (id is null)
        {
            return false;
        }

        await session.ExecuteAsync(
            InsertTablesSql,
            new { Id = id, Keys = tables.Select(table => table.Key).ToArray(), Contents = tables.Select(table => JsonSerializer.Serialize(table, Json)).ToArray() },
            ct);
        return true;
    }

    private static string Kind(Period period) => period.Kind.ToString().ToUpperInvariant();

    private static string Title(Period period) => period.Kind switch
    {
        PeriodKind.Monthly => $"{period.Start.Year} 年 {period.Start.Month} 月人才供需调度",
        PeriodKind.Quarterly => $"{period.Start.Year} 年第 {((period.Start.Month - 1) / 3) + 1} 季度人才供需通报",
        _ => $"{period.Start.Year} 年度人才供需总结",
    };

    private static JsonSerializerOptions FrozenJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        HttpSetup.Configure(json);
        return json;
    }
}
