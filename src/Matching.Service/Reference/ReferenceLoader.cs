using System.Security.Cryptography;
using Dapper;
using Matching.Engine.Normalizing;
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

        await LoadOnceAsync(connection, "skills", () => SeedSkillsAsync(connection, ct), ct);
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

    // Skills are only ever added: rows of consortia refer to them by id.
    private static async Task SeedSkillsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.ExecuteAsync("CREATE TEMP TABLE seed (position integer, name text, key text, source text) ON COMMIT DROP");
        await using (var writer = await connection.BeginBinaryImportAsync("COPY seed (position, name, key, source) FROM STDIN BINARY", ct))
        {
            var position = 0;
            foreach (var (name, source) in SharedSkills())
            {
                await writer.WriteRowAsync(ct, [position++, name, TextKey.Of(name), source]);
            }

            await writer.CompleteAsync(ct);
        }

        await connection.ExecuteAsync("""
            INSERT INTO skill (consortium_id, kind, name, key, source, state)
            SELECT DISTINCT ON (key) 0, 'SKILL', name, key, source, 'ACCEPTED' FROM seed WHERE key <> '' ORDER BY key, position
            ON CONFLICT ON CONSTRAINT skill_key_unique DO NOTHING
            """);
        foreach (var (name, aliases) in ReferenceFile.Links("skills"))
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO skill_alias (consortium_id, kind, key, name, skill_id)
                SELECT 0, 'SKILL', a.key, a.name, s.id
                FROM unnest(@aliases, @keys) AS a (name, key), skill s
                WHERE s.consortium_id = 0 AND s.kind = 'SKILL' AND s.key = @key AND a.key <> @key
                ON CONFLICT DO NOTHING
                """,
                new { aliases, keys = aliases.Select(TextKey.Of).ToArray(), key = TextKey.Of(name) });
        }

        // Thousands of rows have come at once, and the first search should not wait for autovacuum to learn of them.
        await connection.ExecuteAsync("ANALYZE skill, skill_alias");
    }

    // A course that bears the alias of a skill is that skill: it becomes no row of its own.
    // A course or work function that the editors know as another name of a skill (信息安全 of 网络安全) is no skill of its own.
    private static IEnumerable<(string Name, string Source)> SharedSkills()
    {
        var edited = ReferenceFile.Links("skills");
        var otherNames = edited.SelectMany(link => link.To.Select(TextKey.Of).Where(key => key != TextKey.Of(link.From))).ToHashSet();
        return
        [
            .. edited.Select(link => (link.From, "EDITOR")),
            .. ReferenceFile.Links("occupation_functions").SelectMany(link => link.To).Where(name => !otherNames.Contains(TextKey.Of(name))).Select(name => (name, "STANDARD")),
            .. ReferenceFile.Links("major_courses").SelectMany(link => link.To).Where(name => !otherNames.Contains(TextKey.Of(name))).Select(name => (name, "COURSE")),
        ];
    }
}
