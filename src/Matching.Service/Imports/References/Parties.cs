using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;

namespace Matching.Service.Imports.References;

/// <summary>The organizations of the consortium, as files name them: by name, 统一社会信用代码 or the sender's own reference.</summary>
internal sealed class Parties
{
    private const string LoadSql = """
        SELECT id, kind, name, credit_code, external_ref FROM organization WHERE consortium_id = current_consortium() ORDER BY id
        """;

    private readonly Dictionary<(string Kind, string Key), long> _byKey = [];
    private readonly TenantContext _caller;
    private readonly ImportTerms _terms;

    private Parties(TenantContext caller, ImportTerms terms) => (_caller, _terms) = (caller, terms);

    public static async Task<Parties> LoadAsync(TenantSession session, ImportTerms terms, CancellationToken ct)
    {
        var parties = new Parties(session.Tenant, terms);
        foreach (var party in await session.QueryAsync<Party>(LoadSql, null, ct))
        {
            // Given references and codes win over a name that happens to read the same.
            foreach (var key in new[] { party.ExternalRef, party.CreditCode, party.Name }.OfType<string>().Select(TextKey.Of).Where(key => key.Length > 0))
            {
                parties._byKey.TryAdd((party.Kind, key), party.Id);
            }
        }

        return parties;
    }

    public long? Find(string kind, string text) => _byKey.TryGetValue((kind, TextKey.Of(text)), out var id) ? id : null;

    /// <summary>
    /// The organization a row belongs to. Who has the <paramref name="ownRole"/> imports for himself alone and may leave the cell empty; anybody else must name one.
    /// </summary>
    public long? Owner(RowScan scan, ImportColumn column, string kind, string ownRole)
    {
        var named = scan.Has(column) ? Find(kind, scan.Raw(column)) : null;
        if (_caller.Role == ownRole)
        {
            return scan.Has(column) && named != _caller.OrganizationId
                ? scan.Refuse<long?>(column, "not_your_organization", "只能导入本单位的数据。")
                : _caller.OrganizationId;
        }

        return named ?? (scan.Has(column)
            ? scan.Refuse<long?>(column, "unknown_organization", "联合体中没有这个单位；请核对名称、统一社会信用代码或单位编号，或先登记该单位。")
            : _terms.OrganizationId ?? scan.Refuse<long?>(column, "required", "必填；文件没有这一列时，可用参数 organizationId 指明单位。"));
    }

    /// <summary>
    /// The company of a row as <see cref="Owner"/> finds it, or the name of one to be entered where the sender asked for that. A name that is none
    /// (某知名公司, a trade) would make one company of many, so such a row counts for the company the sender named for rows without one, else it is refused.
    /// </summary>
    /// <param name="scan">The row.</param>
    /// <param name="column">The column that names the company.</param>
    /// <param name="isTrade">Whether a text names a trade rather than a company.</param>
    public (long? Id, string? NewName) Company(RowScan scan, ImportColumn column, Func<string, bool> isTrade)
    {
        if (!_terms.RegisterCompanies || _caller.Role == ApiRoles.Company || !scan.Has(column) || Find("COMPANY", scan.Raw(column)) is not null)
        {
            return (Owner(scan, column, "COMPANY", ApiRoles.Company), null);
        }

        var name = PlainText.Of(scan.Text(column, 200));
        if (!CompanyText.IsAnonymous(name) && !isTrade(name))
        {
            scan.Note(column, "company_registered", "联合体中没有这个单位，按文件登记，待秘书处确认。");
            return (null, name);
        }

        if (_terms.OrganizationId is { } instead)
        {
            scan.Keep(column, "anonymous_company", "不是具体单位的名称，记在 organizationId 所指的单位名下。");
            return (instead, null);
        }

        scan.Refuse(column, "anonymous_company", "不是具体单位的名称，无法登记；可用参数 organizationId 指明这类需求记在哪个单位名下。");
        return (null, null);
    }

    /// <summary>The organizations a cell lists.</summary>
    public long[] List(RowScan scan, ImportColumn column, string kind)
    {
        var ids = new List<long>();
        foreach (var name in scan.List(column, 50, 200))
        {
            if (Find(kind, name) is { } id)
            {
                ids.Add(id);
            }
            else
            {
                scan.Refuse(column, "unknown_organization", $"联合体中没有单位“{name}”。");
            }
        }

        return [.. ids.Distinct()];
    }

    private sealed record Party(long Id, string Kind, string Name, string? CreditCode, string? ExternalRef);
}
