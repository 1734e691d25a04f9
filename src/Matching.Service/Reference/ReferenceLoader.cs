using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace Matching.Service.Reference;

/// <summary>Brings the reference tables to this build's files: a file whose checksum is journalled is skipped, another replaces its rows in one transaction.</summary>
internal static class ReferenceLoader
{
    private static readonly (string File, string Kind)[] CodeFiles =
    [
        ("regions", "REGION"), ("industries", "INDUSTRY"), ("occupations", "OCCUPATION"), ("majors", "MAJOR"),
        ("education_levels", "EDUCATION"), ("destination_kinds", "DESTINATION"),
    ];

    private static readonly (string File, string Kind)[] LinkFiles =
    [
        ("major_courses", "MAJOR_COURSE"), ("major_occupations", "MAJOR_OCCUPATION"), ("occupation_functions", "OCCUPATION_FUNCTION"),
    ];

    /// <summary>Runs as the owner role on a connection of the migrator's.</summary>
    public static async Task LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var (file, kind) in CodeFiles)
        {
            await LoadOnceAsync(connection, file, () => ReplaceCodesAsync(connection, file, kind, ct), ct);
        }

        foreach (var (file, kind) in LinkFiles)
        {
            await LoadOnceAsync(connection, file, () => ReplaceLinksAsync(connection, file, kind, ct), ct);
        }

        await LoadOnceAsync(connection, "skills", () => SkillSeed.LoadAsync(connection, ct), ct);
    }

    private static async Task LoadOnceAsync(NpgsqlConnection connection, string file, Func<Task> load, CancellationToken ct)
    {
        var checksum = Convert.ToHexStringLower(SHA256.HashData(ReferenceFile.Bytes(file)));
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var known = await connection.ExecuteScalarAsync<string?>("SELECT checksum FROM reference_edition WHERE file = @file", new { file }, transaction);
        if (known != checksum)
        {
            await load();
            await connection.ExecuteAsync(
                "INSERT INTO reference_edition (file, checksum) VALUES (@file, @checksum) ON CONFLICT (file) DO UPDATE SET checksum = @checksum, loaded_at = now()",
                new { file, checksum }, transaction);
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task ReplaceCodesAsync(NpgsqlConnection connection, string file, string kind, CancellationToken ct)
    {
        await connection.ExecuteAsync("DELETE FROM reference_code WHERE kind = @kind", new { kind });
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY reference_code (kind, code, level, level_name, name, parent, rank, valid_from, valid_to, successor, titles, flags) FROM STDIN BINARY", ct);
        foreach (var code in ReferenceFile.Codes(file))
        {
            await writer.WriteRowAsync(ct, [
                kind, code.Code, (short)code.Level, code.LevelName, code.Name, (object?)code.Parent ?? DBNull.Value, code.Rank is { } rank ? (short)rank : DBNull.Value,
                (object?)code.ValidFrom ?? DBNull.Value, (object?)code.ValidTo ?? DBNull.Value, (object?)code.Successor ?? DBNull.Value, code.Titles.ToArray(), code.Flags.ToArray()]);
        }

        await writer.CompleteAsync(ct);
    }

    private static async Task ReplaceLinksAsync(NpgsqlConnection connection, string file, string kind, CancellationToken ct)
    {
        await connection.ExecuteAsync("DELETE FROM reference_link WHERE kind = @kind", new { kind });
        await using var writer = await connection.BeginBinaryImportAsync("COPY reference_link (kind, code, position, target) FROM STDIN BINARY", ct);
        foreach (var (from, targets) in ReferenceFile.Links(file))
        {
            for (var position = 0; position < targets.Length; position++)
            {
                await writer.WriteRowAsync(ct, [kind, from, position, targets[position]]);
            }
        }

        await writer.CompleteAsync(ct);
    }
}
