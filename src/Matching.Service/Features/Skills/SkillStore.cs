using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Features.Skills;

internal sealed class SkillStore(TenantSession session)
{
    private const string Columns = "id, kind, name, broader_id, source, state, consortium_id = 0 AS shared";

    private const string Filters = """
        WHERE id > @After
          AND (@Kind::text IS NULL OR kind = @Kind)
          AND (@State::text IS NULL OR state = @State)
        ORDER BY id
        LIMIT @Take + 1
        """;

    private const string ListSql = $"SELECT {Columns} FROM skill {Filters}";

    private const string SearchSql = $"SELECT {Columns} FROM search_skills(@Part) {Filters}";

    private const string FindSql = $"SELECT {Columns} FROM skill WHERE id = @Id";

    /// <summary>The vocabulary by id; with a search text, what bears it in its name or another name. A text without letters or digits finds nothing.</summary>
    public Task<IReadOnlyList<Skill>> ListAsync(SkillQuery query, CancellationToken ct) => session.QueryAsync<Skill>(
        query.Q is null ? ListSql : SearchSql,
        new { After = query.After?.Id ?? 0, query.Kind, query.State, query.Take, Part = query.Q is null ? null : TextKey.Of(query.Q) }, ct);

    public Task<Skill?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Skill>(FindSql, new { Id = id }, ct);
}
