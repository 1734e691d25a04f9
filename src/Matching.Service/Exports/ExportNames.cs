using System.Collections.Frozen;
using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Exports;

/// <summary>The names that stand beside codes and numbers in an exported file.</summary>
internal sealed class ExportNames(TenantSession session, ReferenceTables reference)
{
    private const string NamesSql = """
        SELECT id, name FROM organization WHERE consortium_id = current_consortium()
        """;

    private const string ClustersSql = "SELECT id, name FROM industry_cluster WHERE consortium_id = current_consortium()";

    private FrozenDictionary<long, string> _organizations = FrozenDictionary<long, string>.Empty;
    private FrozenDictionary<long, string> _clusters = FrozenDictionary<long, string>.Empty;

    public async Task LoadAsync(CancellationToken ct)
    {
        _organizations = await ReadAsync(NamesSql, ct);
        _clusters = await ReadAsync(ClustersSql, ct);
    }

    public string? Organization(long? id) => id is { } known ? _organizations.GetValueOrDefault(known) : null;

    public string? Cluster(long? id) => id is { } known ? _clusters.GetValueOrDefault(known) : null;

    public string? Region(string? code) => reference.Regions.NameOf(code);

    public string? Industry(string? code) => reference.Industries.NameOf(code);

    public string? Occupation(string? code) => reference.Occupations.NameOf(code);

    public string? Major(string? code) => reference.Majors.NameOf(code);

    public string? Education(string? code) => reference.EducationLevels.NameOf(code);

    public string? Destination(string? code) => reference.DestinationKinds.NameOf(code);

    private async Task<FrozenDictionary<long, string>> ReadAsync(string sql, CancellationToken ct) =>
        (await session.QueryAsync<(long Id, string Name)>(sql, null, ct)).ToFrozenDictionary(row => row.Id, row => row.Name);
}
