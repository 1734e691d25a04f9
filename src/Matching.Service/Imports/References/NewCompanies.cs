using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>Companies that a file names and nobody knows yet: entered set by set, whatever their number, before the rows that need them are written.</summary>
internal static class NewCompanies
{
    /// <summary>Columns of the stage a kind needs for it.</summary>
    public static IReadOnlyList<StageColumn> Stage { get; } = [new("new_company", "text"), new("new_company_key", "text")];

    // Spelled in two ways it is one company, by the name that comes first; the first row that says where tells where it is.
    private const string RegisterSql = """
        CREATE TEMP TABLE new_company ON COMMIT DROP AS
        SELECT new_company_key AS key, (array_agg(new_company ORDER BY row_number))[1] AS name,
               (array_agg(region_code ORDER BY row_number) FILTER (WHERE region_code IS NOT NULL))[1] AS region
        FROM stage
        WHERE problems IS NULL AND new_company_key IS NOT NULL
        GROUP BY new_company_key;
        ANALYZE new_company;
        SELECT register_named_companies(array_agg(name ORDER BY key), array_agg(region ORDER BY key)) FROM new_company
        """;

    private const string LinkSql = """
        UPDATE stage s SET organization_id = o.id
        FROM new_company n
        JOIN organization o ON o.consortium_id = current_consortium() AND o.kind = 'COMPANY' AND o.name = n.name
        WHERE s.problems IS NULL AND s.new_company_key = n.key
        """;

    /// <summary>Enters them and gives their rows of the stage (columns organization_id, region_code, new_company, new_company_key) their ids; returns how many are new.</summary>
    public static async Task<int> RegisterAsync(TenantSession session, CancellationToken ct)
    {
        var registered = await session.FindAsync<int?>(RegisterSql, null, ct) ?? 0;
        await session.ExecuteAsync(LinkSql, null, ct);
        return registered;
    }
}
