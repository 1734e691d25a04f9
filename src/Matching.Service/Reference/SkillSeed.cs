using Dapper;
using Matching.Engine.Normalizing;
using Npgsql;

namespace Matching.Service.Reference;

/// <summary>
/// Brings the shared vocabulary to this build's files. Nothing is taken away, for rows of consortia refer to skills by id: what the files now call another name of a
/// skill is merged into it, an alias that moved points elsewhere, a broader skill is set where no operator has edited the row.
/// </summary>
internal static class SkillSeed
{
    // The settings under which the tenants' policies let the merging through; for the rest of this transaction only.
    private const string ActSql = """
        SELECT set_config('app.consortium', '0', true), set_config('app.role', 'job', true), set_config('app.audit', 'summary', true);
        CREATE TEMP TABLE seed (position integer, name text, key text, source text, broader text) ON COMMIT DROP;
        CREATE TEMP TABLE seed_alias (name text, key text, skill text) ON COMMIT DROP
        """;

    // A name that was another's alias becomes its own again, unless it was merged: that stays as it was decided.
    private const string InsertSql = """
        DELETE FROM skill_alias a USING seed
        WHERE a.consortium_id = 0 AND a.kind = 'SKILL' AND a.key = seed.key AND seed.source = 'EDITOR'
          AND NOT EXISTS (SELECT FROM skill s WHERE s.consortium_id = 0 AND s.kind = 'SKILL' AND s.key = a.key AND s.state = 'MERGED');
        INSERT INTO skill (consortium_id, kind, name, key, source, state)
        SELECT DISTINCT ON (key) 0, 'SKILL', name, key, source, 'ACCEPTED'
        FROM seed
        WHERE key <> '' AND NOT EXISTS (SELECT FROM skill_alias a WHERE a.consortium_id = 0 AND a.kind = 'SKILL' AND a.key = seed.key)
        ORDER BY key, position
        ON CONFLICT (consortium_id, kind, key) WHERE state <> 'MERGED' DO NOTHING
        """;

    private const string RenameSql = """
        UPDATE skill s SET name = seed.name, source = 'EDITOR'
        FROM seed
        WHERE s.consortium_id = 0 AND s.kind = 'SKILL' AND s.key = seed.key AND s.state <> 'MERGED' AND s.edited_at IS NULL
          AND seed.source = 'EDITOR' AND (s.name, s.source) <> (seed.name, 'EDITOR')
        """;

    private const string MergeSql = """
        SELECT merge_skill(old.id, s.id)
        FROM seed_alias a
        JOIN skill s ON s.consortium_id = 0 AND s.kind = 'SKILL' AND s.key = a.skill AND s.state <> 'MERGED'
        JOIN skill old ON old.consortium_id = 0 AND old.kind = 'SKILL' AND old.key = a.key AND old.state <> 'MERGED' AND old.id <> s.id
        """;

    private const string LinkSql = """
        INSERT INTO skill_alias AS t (consortium_id, kind, key, name, skill_id)
        SELECT DISTINCT ON (a.key) 0, 'SKILL', a.key, a.name, s.id
        FROM seed_alias a JOIN skill s ON s.consortium_id = 0 AND s.kind = 'SKILL' AND s.key = a.skill AND s.state <> 'MERGED'
        ON CONFLICT ON CONSTRAINT skill_alias_pk DO UPDATE SET skill_id = excluded.skill_id WHERE t.skill_id <> excluded.skill_id;
        UPDATE skill s SET broader_id = b.id
        FROM seed
        JOIN skill b ON b.consortium_id = 0 AND b.kind = 'SKILL' AND b.key = seed.broader AND b.state <> 'MERGED'
        WHERE s.consortium_id = 0 AND s.kind = 'SKILL' AND s.key = seed.key AND s.state <> 'MERGED' AND s.edited_at IS NULL
          AND s.broader_id IS DISTINCT FROM b.id AND NOT skill_is_within(b.id, s.id)
        """;

    /// <summary>Runs as the owner role in the caller's transaction.</summary>
    public static async Task LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.ExecuteAsync(ActSql);
        await CopyAsync(connection, ct);
        // Thousands of rows come at once, and neither the next statements nor the first search should wait for autovacuum to learn of them.
        await connection.ExecuteAsync("ANALYZE seed, seed_alias");
        await connection.ExecuteAsync(InsertSql);
        await connection.ExecuteAsync("ANALYZE skill");
        await connection.ExecuteAsync(RenameSql);
        await connection.ExecuteAsync(MergeSql);
        await connection.ExecuteAsync(LinkSql);
        await connection.ExecuteAsync("ANALYZE skill_alias");
    }

    private static async Task CopyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var edited = ReferenceFile.Rows("skills").Select(cells => (Name: cells[0], Aliases: cells[1].Split('|', StringSplitOptions.RemoveEmptyEntries), Broader: cells[2])).ToList();
        await using (var writer = await connection.BeginBinaryImportAsync("COPY seed_alias (name, key, skill) FROM STDIN BINARY", ct))
        {
            foreach (var (skill, alias) in edited.SelectMany(skill => skill.Aliases.Select(alias => (skill.Name, alias))).Where(pair => TextKey.Of(pair.alias) != TextKey.Of(pair.Name)))
            {
                await writer.WriteRowAsync(ct, [alias, TextKey.Of(alias), TextKey.Of(skill)]);
            }

            await writer.CompleteAsync(ct);
        }

        await using var names = await connection.BeginBinaryImportAsync("COPY seed (position, name, key, source, broader) FROM STDIN BINARY", ct);
        var position = 0;
        var otherNames = edited.SelectMany(skill => skill.Aliases.Select(TextKey.Of).Where(key => key != TextKey.Of(skill.Name))).ToHashSet();
        foreach (var (name, source, broader) in edited.Select(skill => (skill.Name, "EDITOR", skill.Broader)).Concat(Standards(otherNames)))
        {
            await names.WriteRowAsync(ct, [position++, name, TextKey.Of(name), source, TextKey.Of(broader)]);
        }

        await names.CompleteAsync(ct);
    }

    // A course or work function that the editors know as another name of a skill (信息安全 of 网络安全) is no skill of its own.
    private static IEnumerable<(string Name, string Source, string Broader)> Standards(HashSet<string> otherNames) =>
        new[] { ("occupation_functions", "STANDARD"), ("major_courses", "COURSE") }
            .SelectMany(file => ReferenceFile.Links(file.Item1).SelectMany(link => link.To).Where(name => !otherNames.Contains(TextKey.Of(name))).Select(name => (name, file.Item2, "")));
}
