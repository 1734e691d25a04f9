using Matching.Service.Data;

namespace Matching.Service.Imports;

/// <summary>
/// For kinds whose rows are only understood together (a programme's years, a graduate's destinations one after the other), and are few: they wait in the stage, with the
/// column <c>row_number</c> before the others, until the whole file is there.
/// </summary>
/// <param name="session">The import's transaction.</param>
/// <param name="kind">Whose rows they are.</param>
/// <param name="move">Moves the rows of the stage into the feature's tables.</param>
internal sealed class StagedWriter(TenantSession session, ImportKind kind, Func<TenantSession, CancellationToken, Task<ImportCounts>> move) : ImportWriter
{
    private readonly ImportStage _stage = new(session, [new("row_number", "integer")], kind.Stage);

    public override Task WriteAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct) =>
        _stage.AddAsync(rows.Select(row => (new object?[] { row.Number }, row.Values)), ct);

    public override async Task<ImportCounts> FinishAsync(CancellationToken ct)
    {
        if (!_stage.Made)
        {
            return new ImportCounts(0, 0);
        }

        await session.ExecuteAsync("ANALYZE stage", null, ct);
        return await move(session, ct);
    }
}
