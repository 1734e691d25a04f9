using Matching.Service.Data;

namespace Matching.Service.Imports;

/// <summary>The temporary table <c>stage</c>, in which rows wait for a statement over all of them. It lives in the import's transaction and dies with it.</summary>
/// <param name="session">The import's transaction.</param>
/// <param name="own">Columns that come before those of the rows.</param>
/// <param name="columns">Those of the rows.</param>
internal sealed class ImportStage(TenantSession session, IReadOnlyList<StageColumn> own, IReadOnlyList<StageColumn> columns)
{
    private readonly StageColumn[] _columns = [.. own, .. columns];

    /// <summary>Whether there is one.</summary>
    public bool Made { get; private set; }

    /// <summary>Adds rows: the values of the own columns, then those of the row.</summary>
    public async Task AddAsync(IEnumerable<(object?[] Own, object?[] Values)> rows, CancellationToken ct)
    {
        if (!Made)
        {
            var definitions = string.Join(", ", _columns.Select(column => $"{column.Name} {column.Type}"));
            await session.ExecuteAsync($"CREATE TEMP TABLE stage ({definitions}) ON COMMIT DROP", null, ct);
            Made = true;
        }

        await using var copy = await BinaryCopy.OpenAsync(await session.ConnectionAsync(ct), "stage", [.. _columns.Select(column => (column.Name, column.Type))], ct);
        foreach (var (first, values) in rows)
        {
            await copy.WriteAsync(first, values.AsMemory(0, columns.Count).Span, ct);
        }

        await copy.CompleteAsync(ct);
    }

    /// <summary>Holds these rows and no others.</summary>
    public async Task ReplaceAsync(IEnumerable<(object?[] Own, object?[] Values)> rows, CancellationToken ct)
    {
        if (Made)
        {
            await session.ExecuteAsync("TRUNCATE stage", null, ct);
        }

        await AddAsync(rows, ct);
        await session.ExecuteAsync("ANALYZE stage", null, ct);
    }
}
