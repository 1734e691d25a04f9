using Matching.Service.Data;
using Matching.Service.Imports;

namespace Matching.Service.Features.Placements;

/// <param name="Id">Number of the graduate.</param>
/// <param name="CurrentSince">Since when the current destination holds; null: none known.</param>
internal sealed record KnownGraduate(long Id, DateOnly? CurrentSince);

/// <summary>The graduates that the uploader sees, by school and pseudonym.</summary>
internal sealed class KnownGraduates
{
    private const string LoadSql = """
        SELECT g.id, g.school_id, g.reference, p.placed_on AS current_since
        FROM graduate g
        LEFT JOIN placement p ON p.consortium_id = g.consortium_id AND p.graduate_id = g.id AND p.ended_on IS NULL
        WHERE g.consortium_id = current_consortium()
        """;

    private readonly Dictionary<(long School, string Reference), KnownGraduate> _byReference;

    private KnownGraduates(IEnumerable<Row> rows) =>
        _byReference = rows.ToDictionary(row => (row.SchoolId, row.Reference), row => new KnownGraduate(row.Id, row.CurrentSince));

    public static async Task<KnownGraduates> LoadAsync(TenantSession session, CancellationToken ct) => new(await session.QueryAsync<Row>(LoadSql, null, ct));

    public KnownGraduate? Find(RowScan scan, ImportColumn column, long? school)
    {
        var reference = scan.Text(column, 64);
        return school is null || reference.Length == 0 ? null
            : _byReference.TryGetValue((school.Value, reference), out var graduate) ? graduate
            : scan.Refuse<KnownGraduate?>(column, "unknown_graduate", "该校的毕业生名单中没有这个代号；请先导入毕业生。");
    }

    private sealed record Row(long Id, long SchoolId, string Reference, DateOnly? CurrentSince);
}
