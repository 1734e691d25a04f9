using Matching.Service.Data;

namespace Matching.Service.Features.Organizations;

internal sealed class ConsortiumStore(TenantSession session)
{
    private const string Columns = "id, name, region_code, state, row_version AS version";

    private const string InsertSql = $"INSERT INTO consortium (name, region_code) VALUES (@Name, @RegionCode) RETURNING {Columns}";

    // The operator's session moves into the consortium it has just made, so that its office is written under the same policies as everything else.
    private const string EnterSql = "SELECT set_config('app.consortium', @Id::text, true)";

    private const string ListSql = $"SELECT {Columns} FROM consortium WHERE id > 0 ORDER BY id";

    private const string OwnSql = $"SELECT {Columns} FROM consortium WHERE id = current_consortium()";

    private const string ClusterColumns = "id, name, industry_codes, row_version AS version";

    private const string ListClustersSql = $"SELECT {ClusterColumns} FROM industry_cluster WHERE consortium_id = current_consortium() ORDER BY id";

    private const string InsertClusterSql = $"""
        INSERT INTO industry_cluster (consortium_id, name, industry_codes)
        VALUES (current_consortium(), @Name, @IndustryCodes)
        RETURNING {ClusterColumns}
        """;

    private const string UpdateClusterSql = $"""
        UPDATE industry_cluster SET name = @Name, industry_codes = @IndustryCodes
        WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version
        RETURNING {ClusterColumns}
        """;

    private const string FindClusterSql = $"SELECT {ClusterColumns} FROM industry_cluster WHERE consortium_id = current_consortium() AND id = @Id";

    /// <summary>Inserts the consortium and leaves the session inside it.</summary>
    public async Task<Consortium> InsertAsync(CreateConsortium request, CancellationToken ct)
    {
        var consortium = (await session.FindAsync<Consortium>(InsertSql, request, ct))!;
        await session.ExecuteAsync(EnterSql, new { consortium.Id }, ct);
        return consortium;
    }

    public Task<IReadOnlyList<Consortium>> ListAsync(CancellationToken ct) => session.QueryAsync<Consortium>(ListSql, null, ct);

    public Task<Consortium?> FindOwnAsync(CancellationToken ct) => session.FindAsync<Consortium>(OwnSql, null, ct);

    public Task<IReadOnlyList<IndustryCluster>> ListClustersAsync(CancellationToken ct) => session.QueryAsync<IndustryCluster>(ListClustersSql, null, ct);

    public Task<IndustryCluster?> FindClusterAsync(long id, CancellationToken ct) => session.FindAsync<IndustryCluster>(FindClusterSql, new { Id = id }, ct);

    public Task<IndustryCluster?> InsertClusterAsync(WriteIndustryCluster cluster, CancellationToken ct) =>
        session.FindAsync<IndustryCluster>(InsertClusterSql, new { cluster.Name, IndustryCodes = cluster.IndustryCodes.ToArray() }, ct);

    /// <summary>Null when the row is gone or no longer at that version.</summary>
    public Task<IndustryCluster?> UpdateClusterAsync(long id, int version, WriteIndustryCluster cluster, CancellationToken ct) =>
        session.FindAsync<IndustryCluster>(UpdateClusterSql, new { Id = id, Version = version, cluster.Name, IndustryCodes = cluster.IndustryCodes.ToArray() }, ct);
}
