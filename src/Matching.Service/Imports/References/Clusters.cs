using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>The consortium's industry clusters (产业集群) by name.</summary>
internal sealed class Clusters
{
    private readonly Dictionary<string, long> _byName;

    private Clusters(Dictionary<string, long> byName) => _byName = byName;

    public static async Task<Clusters> LoadAsync(TenantSession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Cluster>("SELECT id, name FROM industry_cluster WHERE consortium_id = current_consortium() ORDER BY id", null, ct);
        return new Clusters(rows.GroupBy(cluster => TextKey.Of(cluster.Name)).ToDictionary(group => group.Key, group => group.First().Id));
    }

    public long? Find(RowScan scan, ImportColumn column) =>
        !scan.Has(column) ? null
        : _byName.TryGetValue(TextKey.Of(scan.Raw(column)), out var id) ? id
        : scan.Refuse<long?>(column, "unknown_cluster", "本联合体没有这个产业集群。");

    private sealed record Cluster(long Id, string Name);
}
