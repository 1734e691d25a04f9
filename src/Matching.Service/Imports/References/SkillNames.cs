using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>Skills and certificates (技能、证书) of a file: from the words in its cells to ids, all distinct words of a column at once.</summary>
internal static class SkillNames
{
    private const string ResolveSql = """
        INSERT INTO stage_skill (kind, name, skill_id)
        SELECT @kind, w.name, w.id
        FROM ROWS FROM (unnest(@names), resolve_skills(@kind, @names, @keys)) AS w (name, id)
        WHERE w.id IS NOT NULL
        ON CONFLICT DO NOTHING
        """;

    /// <summary>The entries of a cell; one without a letter or digit is no name.</summary>
    public static string[] Read(RowScan scan, ImportColumn column)
    {
        var names = scan.List(column, 60, 100);
        if (names.FirstOrDefault(TextKey.IsEmpty) is { } empty)
        {
            scan.Refuse(column, "not_a_name", $"“{empty}”不是技能或证书的名称。");
        }

        return Array.Exists(names, TextKey.IsEmpty) ? [.. names.Where(name => !TextKey.IsEmpty(name))] : names;
    }

    /// <summary>Makes the temporary table <c>stage_skill (kind, name, skill_id)</c> of all words in these array columns of the stage.</summary>
    /// <param name="session">The import's transaction.</param>
    /// <param name="skillColumns">Columns that hold skills.</param>
    /// <param name="certificateColumns">Columns that hold certificates.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task ResolveAsync(TenantSession session, string[] skillColumns, string[] certificateColumns, CancellationToken ct)
    {
        await session.ExecuteAsync("CREATE TEMP TABLE stage_skill (kind text, name text, skill_id bigint NOT NULL, PRIMARY KEY (kind, name)) ON COMMIT DROP", null, ct);
        foreach (var (kind, columns) in new[] { ("SKILL", skillColumns), ("CERTIFICATE", certificateColumns) })
        {
            var words = string.Join(" UNION ", columns.Select(column => $"SELECT unnest({column}) FROM stage WHERE problems IS NULL"));
            string[] names = words.Length == 0 ? [] : [.. await session.QueryAsync<string>(words, null, ct)];
            await session.ExecuteAsync(ResolveSql, new { kind, names, keys = names.Select(TextKey.Of).ToArray() }, ct);
        }

        await session.ExecuteAsync("ANALYZE stage_skill", null, ct);
    }
}
