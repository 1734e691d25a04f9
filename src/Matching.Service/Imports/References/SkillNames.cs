using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>Skills and certificates (技能、证书) of a file: from the words in its cells to ids, all new words of a set of rows at once.</summary>
internal sealed class SkillNames(TenantSession session)
{
    private const string ResolveSql = """
        SELECT w.name, w.id FROM ROWS FROM (unnest(@names), resolve_skills(@kind, @names, @keys)) AS w (name, id) WHERE w.id IS NOT NULL
        """;

    // Whoever merges words waits from here on until the import has ended, so what is remembered stays right.
    private const string LockSql = "SELECT pg_advisory_xact_lock_shared(vocabulary_lock())";

    private const string MergedSql = "SELECT s.id, coalesce(s.merged_into_id, s.id) AS now FROM skill s WHERE s.id = ANY(@ids)";

    private readonly Dictionary<(string Kind, string Name), long> _byName = [];
    private readonly Dictionary<long, long> _now = [];
    private bool _locked;

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

    /// <summary>Finds the ids of words; unknown ones are entered as provisional (待审).</summary>
    public async Task ResolveAsync(string kind, IEnumerable<string> names, CancellationToken ct)
    {
        var unknown = names.Where(name => !_byName.ContainsKey((kind, name))).Distinct(StringComparer.Ordinal).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        var keys = unknown.Select(TextKey.Of).ToArray();
        foreach (var (name, id) in await session.QueryAsync<(string Name, long Id)>(ResolveSql, new { kind, names = unknown, keys }, ct))
        {
            _byName[(kind, name)] = id;
        }
    }

    /// <summary>Finds what skills read from a text have become, where they were merged since.</summary>
    public async Task FollowAsync(IEnumerable<long> ids, CancellationToken ct)
    {
        var unknown = ids.Where(id => !_now.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        if (!_locked)
        {
            await session.ExecuteAsync(LockSql, null, ct);
            _locked = true;
        }

        foreach (var (id, now) in await session.QueryAsync<(long Id, long Now)>(MergedSql, new { ids = unknown }, ct))
        {
            _now[id] = now;
        }
    }

    /// <summary>All words that were resolved.</summary>
    public IEnumerable<(string Kind, string Name, long Id)> All => _byName.Select(word => (word.Key.Kind, word.Key.Name, word.Value));

    /// <summary>The id of a word that was resolved; null: it has none.</summary>
    public long? IdOf(string kind, string name) => _byName.TryGetValue((kind, name), out var id) ? id : null;

    /// <summary>What a skill that was followed counts as; null: it is no longer there.</summary>
    public long? Now(long id) => _now.TryGetValue(id, out var now) ? now : null;
}
