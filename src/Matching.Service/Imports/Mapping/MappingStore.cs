using System.Text.Json;
using Matching.Service.Data;

namespace Matching.Service.Imports.Mapping;

/// <summary>Remembered corrections; row-level security leaves each organization its own.</summary>
internal sealed class MappingStore(TenantSession session)
{
    private const string Columns = "id, organization_id, kind, headers, columns::text AS columns, updated_at";

    private const string FindSql = """
        SELECT columns::text FROM import_mapping
        WHERE consortium_id = current_consortium() AND organization_id IS NOT DISTINCT FROM current_organization() AND kind = @Kind AND header_signature = @Signature
        """;

    private const string SaveSql = $"""
        INSERT INTO import_mapping AS known (consortium_id, organization_id, kind, header_signature, headers, columns)
        VALUES (current_consortium(), current_organization(), @Kind, @Signature, @Headers, @Corrections::jsonb)
        ON CONFLICT ON CONSTRAINT import_mapping_unique DO UPDATE SET headers = excluded.headers, columns = excluded.columns
        RETURNING {Columns}
        """;

    private const string ListSql = $"""
        SELECT {Columns} FROM import_mapping
        WHERE consortium_id = current_consortium() AND (@Before::bigint IS NULL OR id < @Before) AND (@Kind::text IS NULL OR kind = @Kind)
        ORDER BY id DESC
        LIMIT @Take + 1
        """;

    private const string DeleteSql = "DELETE FROM import_mapping WHERE consortium_id = current_consortium() AND id = @Id";

    /// <summary>The corrections for files with this signature; empty: none.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> FindAsync(string kind, string signature, CancellationToken ct) =>
        await session.FindAsync<string>(FindSql, new { Kind = kind, Signature = signature }, ct) is { } columns ? Read(columns) : new Dictionary<string, string?>();

    public async Task<ImportMapping> SaveAsync(string kind, string signature, IEnumerable<string> headers, IReadOnlyDictionary<string, string?> corrections, CancellationToken ct) =>
        (await session.FindAsync<MappingRow>(
            SaveSql, new { Kind = kind, Signature = signature, Headers = headers.ToArray(), Corrections = JsonSerializer.Serialize(corrections, ImportJson.Options) }, ct))!.ToMapping();

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ImportMapping>> ListAsync(MappingQuery query, CancellationToken ct) =>
        [.. (await session.QueryAsync<MappingRow>(ListSql, new { Before = query.After?.Id, query.Kind, query.Take }, ct)).Select(row => row.ToMapping())];

    public async Task<bool> DeleteAsync(long id, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id }, ct) == 1;

    private static Dictionary<string, string?> Read(string columns) => JsonSerializer.Deserialize<Dictionary<string, string?>>(columns, ImportJson.Options)!;

    private sealed record MappingRow(long Id, long? OrganizationId, string Kind, string[] Headers, string Columns, DateTime UpdatedAt)
    {
        public ImportMapping ToMapping() => new(Id, OrganizationId, Kind, Headers, Read(Columns), UpdatedAt);
    }
}
