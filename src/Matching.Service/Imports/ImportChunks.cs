using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>
/// The rows of one import on their way from the reader to the tables: while one chunk is filled, the one before is written, so what is held is two chunks. Refused rows are kept
/// with their cells. In a dry run nothing else is written; where all or nothing is asked for, the first refused row takes back what was written, and the others are only judged.
/// </summary>
internal sealed class ImportChunks(TenantSession session, ClaimedImport import, ImportWriter writer) : IAsyncDisposable
{
    private const int MostRows = 2_000;

    // Of all texts together; bounds the memory of rows with long descriptions.
    private const int MostCharacters = 2_000_000;

    private const string RejectionSql = """
        INSERT INTO import_rejection (consortium_id, import_id, row_number, problems, headers, cells)
        SELECT current_consortium(), @Id, r.number, r.problems::jsonb, ARRAY(SELECT jsonb_array_elements_text(r.headers::jsonb)), ARRAY(SELECT jsonb_array_elements_text(r.cells::jsonb))
        FROM unnest(@Numbers, @Problems, @Headers, @Cells) AS r (number, problems, headers, cells)
        """;

    private readonly bool _allOrNothing = import.Mode == "all-or-nothing" && !import.DryRun;
    private Chunk _filling = new();
    private Task _writing = Task.CompletedTask;
    private bool _takes = !import.DryRun;
    private bool _begun;

    public ValueTask AddAsync(int number, StagedRow row, CancellationToken ct)
    {
        if (!_takes)
        {
            return ValueTask.CompletedTask;
        }

        _filling.Rows.Add(new ValidRow(number, row.Values));
        foreach (var value in row.Values)
        {
            _filling.Characters += (value as string)?.Length ?? 0;
        }

        return SendWhenFullAsync(ct);
    }

    public ValueTask RefuseAsync(int number, IReadOnlyList<CellProblem> problems, string[] headers, string[] cells, CancellationToken ct)
    {
        if (_allOrNothing && _takes)
        {
            _takes = false;
            _filling.Rows.Clear();
            _filling.TakesBack = true;
        }

        _filling.Refused.Add((number, Text(problems), Text(headers), Text(cells)));
        _filling.Characters += cells.Sum(cell => cell.Length);
        return SendWhenFullAsync(ct);
    }

    /// <summary>Writes what is left. The counts are nothing where nothing of the file stays.</summary>
    public async Task<ImportCounts> FinishAsync(CancellationToken ct)
    {
        await SendAsync(ct);
        await _writing;
        return _takes ? await writer.FinishAsync(ct) : new ImportCounts(0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        // The session is nobody else's before the chunk on its way has come to an end, whichever.
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ImportJson.Options);

    private ValueTask SendWhenFullAsync(CancellationToken ct) =>
        _filling.Rows.Count + _filling.Refused.Count < MostRows && _filling.Characters < MostCharacters ? ValueTask.CompletedTask : new ValueTask(SendAsync(ct));

    private async Task SendAsync(CancellationToken ct)
    {
        await _writing;
        var chunk = _filling;
        _filling = new Chunk();
        _writing = Task.Run(() => WriteAsync(chunk, ct), ct);
    }

    private async Task WriteAsync(Chunk chunk, CancellationToken ct)
    {
        if (_allOrNothing && !_begun)
        {
            _begun = true;
            await session.ExecuteAsync("SAVEPOINT before_rows", null, ct);
        }

        if (chunk.TakesBack)
        {
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT before_rows", null, ct);
        }

        if (chunk.Rows.Count > 0)
        {
            await writer.WriteAsync(chunk.Rows, ct);
        }

        if (chunk.Refused.Count > 0)
        {
            await session.ExecuteAsync(RejectionSql, new
            {
                import.Id, Numbers = chunk.Refused.Select(row => row.Number).ToArray(), Problems = chunk.Refused.Select(row => row.Problems).ToArray(),
                Headers = chunk.Refused.Select(row => row.Headers).ToArray(), Cells = chunk.Refused.Select(row => row.Cells).ToArray(),
            }, ct);
        }
    }

    private sealed class Chunk
    {
        public List<ValidRow> Rows { get; } = [];

        public List<(int Number, string Problems, string Headers, string Cells)> Refused { get; } = [];

        public int Characters { get; set; }

        /// <summary>What was written before this chunk is taken back.</summary>
        public bool TakesBack { get; set; }
    }
}
