using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Imports.Files;
using Npgsql;
using NpgsqlTypes;

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

    public async Task CreateAsync(CancellationToken ct)
    {
        var columns = string.Join(", ", _columns.Select(column => $"{column.Name} {column.Type}"));
        await session.ExecuteAsync($"CREATE TEMP TABLE stage ({columns}) ON COMMIT DROP", null, ct);
    }

    public async Task<NpgsqlBinaryImporter> OpenAsync(CancellationToken ct) =>
        await (await session.ConnectionAsync(ct)).BeginBinaryImportAsync(
            $"COPY stage ({string.Join(", ", _columns.Select(column => column.Name))}) FROM STDIN BINARY", ct);

    public async Task WriteAsync(NpgsqlBinaryImporter writer, int number, StagedRow row, CancellationToken ct)
    {
        await StartAsync(writer, number, null, [], [], ct);
        for (var i = 0; i < kind.Stage.Count; i++)
        {
            await WriteAsync(writer, row.Values[i], kind.Stage[i].Type, ct);
        }
    }

    public async Task WriteRefusedAsync(NpgsqlBinaryImporter writer, int number, IReadOnlyList<CellProblem> problems, string[] headers, string[] cells, CancellationToken ct)
    {
        await StartAsync(writer, number, JsonSerializer.Serialize(problems, ImportJson.Options), headers, cells, ct);
        for (var i = 0; i < kind.Stage.Count; i++)
        {
            await writer.WriteNullAsync(ct);
        }
    }

    private static async Task StartAsync(NpgsqlBinaryImporter writer, int number, string? problems, string[] headers, string[] cells, CancellationToken ct)
    {
        await writer.StartRowAsync(ct);
        await writer.WriteAsync(number, NpgsqlDbType.Integer, ct);
        await WriteAsync(writer, problems, "jsonb", ct);
        await WriteAsync(writer, problems is null ? null : headers, "text[]", ct);
        await WriteAsync(writer, problems is null ? null : cells, "text[]", ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter writer, object? value, string type, CancellationToken ct)
    {
        if (value is null)
        {
            await writer.WriteNullAsync(ct);
            return;
        }

        await writer.WriteAsync(value, type switch
        {
            "text" => NpgsqlDbType.Text,
            "integer" => NpgsqlDbType.Integer,
            "bigint" => NpgsqlDbType.Bigint,
            "numeric" => NpgsqlDbType.Numeric,
            "boolean" => NpgsqlDbType.Boolean,
            "date" => NpgsqlDbType.Date,
            "jsonb" => NpgsqlDbType.Jsonb,
            "text[]" => NpgsqlDbType.Array | NpgsqlDbType.Text,
            "bigint[]" => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            "smallint[]" => NpgsqlDbType.Array | NpgsqlDbType.Smallint,
            "boolean[]" => NpgsqlDbType.Array | NpgsqlDbType.Boolean,
            _ => throw new ArgumentException($"No stage column of type {type}.", nameof(type)),
        }, ct);
    }
}
