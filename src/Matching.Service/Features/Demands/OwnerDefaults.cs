using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.Demands;

/// <summary>Whose imported demands are: companies that a file names first are entered, and what a row leaves open (place, trade, cluster) its organization answers.</summary>
internal sealed class OwnerDefaults(TenantSession session)
{
    private const string FindSql = "SELECT id, region_code, industry_code, cluster_id FROM organization WHERE consortium_id = current_consortium() AND id = ANY(@Ids)";

    private static readonly int RegionAt = DemandImport.At("region_code");
    private static readonly int IndustryAt = DemandImport.At("industry_code");
    private static readonly int ClusterAt = DemandImport.At("cluster_id");
    private static readonly int NameAt = DemandImport.At("new_company");
    private static readonly int KeyAt = DemandImport.At("new_company_key");

    private readonly NewCompanies _companies = new(session);
    private readonly Dictionary<long, Owner> _owners = [];

    /// <summary>How many companies were entered.</summary>
    public int Registered => _companies.Registered;

    public async Task FillAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        await _companies.RegisterAsync(rows.Select(row => ((string?)row.Values[KeyAt], (string?)row.Values[NameAt], (string?)row.Values[RegionAt])), ct);
        foreach (var row in rows)
        {
            row.Values[DemandImport.OrganizationAt] ??= _companies.IdOf((string)row.Values[KeyAt]!);
        }

        var unknown = rows.Select(row => (long)row.Values[DemandImport.OrganizationAt]!).Where(id => !_owners.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            foreach (var owner in await session.QueryAsync<Owner>(FindSql, new { Ids = unknown }, ct))
            {
                _owners[owner.Id] = owner;
            }
        }

        foreach (var row in rows)
        {
            // Only organizations that the uploader sees are found.
            var owner = _owners[(long)row.Values[DemandImport.OrganizationAt]!];
            row.Values[RegionAt] ??= owner.RegionCode;
            row.Values[IndustryAt] ??= owner.IndustryCode;
            row.Values[ClusterAt] ??= owner.ClusterId;
        }
    }

    private sealed record Owner(long Id, string RegionCode, string? IndustryCode, long? ClusterId);
}
