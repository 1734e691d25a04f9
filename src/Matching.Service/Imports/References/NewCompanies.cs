using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>
/// Companies that a file names and nobody knows yet: entered set by set, before the rows that need them are written. Spelled in two ways it is one company, by the name that comes
/// first; the first row that says where, among those read together with the name, tells where it is.
/// </summary>
internal sealed class NewCompanies(TenantSession session)
{
    private const string RegisterSql = "SELECT register_named_companies(@Names, @Regions)";

    private const string FindSql = "SELECT id, name FROM organization WHERE consortium_id = current_consortium() AND kind = 'COMPANY' AND name = ANY(@Names)";

    private readonly Dictionary<string, long> _byKey = new(StringComparer.Ordinal);

    /// <summary>Values a row has for it.</summary>
    public static IReadOnlyList<StageColumn> Stage { get; } = [new("new_company", "text"), new("new_company_key", "text")];

    /// <summary>How many were entered.</summary>
    public int Registered { get; private set; }

    /// <summary>Enters those that no row before has named. Rows without a key name none.</summary>
    public async Task RegisterAsync(IEnumerable<(string? Key, string? Name, string? Region)> rows, CancellationToken ct)
    {
        var unknown = rows.Where(row => row.Key is not null && !_byKey.ContainsKey(row.Key)).GroupBy(row => row.Key!, StringComparer.Ordinal)
            .Select(rows => (rows.Key, Name: rows.First().Name!, rows.FirstOrDefault(row => row.Region is not null).Region)).OrderBy(row => row.Key, StringComparer.Ordinal).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        var names = unknown.Select(row => row.Name).ToArray();
        Registered += await session.FindAsync<int>(RegisterSql, new { Names = names, Regions = unknown.Select(row => row.Region).ToArray() }, ct);
        var ids = (await session.QueryAsync<(long Id, string Name)>(FindSql, new { Names = names }, ct)).ToDictionary(row => row.Name, row => row.Id, StringComparer.Ordinal);
        foreach (var (key, name, _) in unknown)
        {
            _byKey[key] = ids[name];
        }
    }

    public long IdOf(string key) => _byKey[key];
}
