using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Features.Coding;

/// <summary>What the office teaches of titles. Demands are changed by the database's own functions, which note what was there before.</summary>
internal sealed class OccupationCorrectionStore(TenantSession session)
{
    private const string Select = """
        SELECT c.id, c.title, c.occupation_code, c.taught_at, c.taught_by_key, c.undone_at,
               (SELECT count(*)::int FROM occupation_recoding r WHERE (r.consortium_id, r.correction_id) = (c.consortium_id, c.id)) AS recoded
        FROM occupation_correction c
        WHERE c.consortium_id = current_consortium()
        """;

    private const string FindSql = $"{Select} AND c.id = @Id";

    private const string ListSql = $"{Select} AND (@Before::bigint IS NULL OR c.id < @Before) ORDER BY c.id DESC LIMIT @Take + 1";

    private const string InsertSql = """
        INSERT INTO occupation_correction (consortium_id, title, title_key, occupation_code, taught_by_key)
        VALUES (current_consortium(), @Title, @Key, @Code, @By)
        RETURNING id
        """;

    private const string UndoSql = """
        UPDATE occupation_correction SET undone_at = now() WHERE consortium_id = current_consortium() AND id = @Id AND undone_at IS NULL
        """;

    private const string TitleOfSql = "SELECT title FROM demand WHERE consortium_id = current_consortium() AND id = @Id";

    public Task<OccupationCorrection?> FindAsync(long id, CancellationToken ct) => session.FindAsync<OccupationCorrection>(FindSql, new { Id = id }, ct);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<OccupationCorrection>> ListAsync(OccupationPageQuery query, CancellationToken ct) =>
        session.QueryAsync<OccupationCorrection>(ListSql, new { Before = query.After?.Id, query.Take }, ct);

    public Task<string?> TitleOfAsync(long demandId, CancellationToken ct) => session.FindAsync<string>(TitleOfSql, new { Id = demandId }, ct);

    /// <summary>Stores the correction and recodes what it bears on: every spelling with the title's key.</summary>
    public async Task<OccupationCorrection> TeachAsync(string title, string code, CancellationToken ct)
    {
        var id = await session.FindAsync<long>(InsertSql, new { Title = title, Key = OccupationCoder.TitleKey(title), Code = code, By = session.Tenant.KeyId }, ct);
        await session.FindAsync<int>("SELECT recode_demands(@Id)", new { Id = id }, ct);
        return (await FindAsync(id, ct))!;
    }

    /// <summary>Undoes it and gives the demands their earlier coding back; null when it was undone before.</summary>
    public async Task<UndoneCorrection?> UndoAsync(long id, CancellationToken ct)
    {
        if (await session.ExecuteAsync(UndoSql, new { Id = id }, ct) == 0)
        {
            return null;
        }

        var restored = await session.FindAsync<int>("SELECT undo_recoding(@Id)", new { Id = id }, ct);
        return new UndoneCorrection((await FindAsync(id, ct))!, restored);
    }
}
