using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>
/// The temporary table <c>stage</c> of one import: its kind's columns, and for a refused row the problems and the cells instead.
/// It lives in the import's transaction and dies with it.
/// </summary>
internal sealed class ImportStage(ImportKind kind, TenantSession session)
{
    private static readonly StageColumn[] Own =
        [new("row_number", "integer"), new("problems", "jsonb"), new("headers", "text[]"), new("cells", "text[]")];

    private readonly StageColumn[] _columns = [.. Own, .. kind.Stage];
    private readonly object?[] _own = new object?[Own.Length];
    private readonly object?[] _nothing = new object?[kind.Stage.Count];

    public async Task<BinaryCopy> OpenAsync(CancellationToken ct)
    {
        var columns = string.Join(", ", _columns.Select(column => $"{column.Name} {column.Type}"));
        await session.ExecuteAsync($"CREATE TEMP TABLE stage ({columns}) ON COMMIT DROP", null, ct);
        return await BinaryCopy.OpenAsync(await session.ConnectionAsync(ct), "stage", [.. _columns.Select(column => (column.Name, column.Type))], ct);
    }

    public ValueTask WriteAsync(BinaryCopy copy, int number, StagedRow row, CancellationToken ct)
    {
        (_own[0], _own[1], _own[2], _own[3]) = (number, null, null, null);
        return copy.WriteAsync(_own, row.Values.AsSpan(0, kind.Stage.Count), ct);
    }

    public ValueTask WriteRefusedAsync(BinaryCopy copy, int number, IReadOnlyList<CellProblem> problems, string[] headers, string[] cells, CancellationToken ct)
    {
        (_own[0], _own[1], _own[2], _own[3]) = (number, JsonSerializer.Serialize(problems, ImportJson.Options), headers, cells);
        return copy.WriteAsync(_own, _nothing, ct);
    }
}
