using System.Collections.Concurrent;
using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Reference;

/// <summary>
/// The words of skills in memory: the shared vocabulary once, each consortium's own words beside it. Their counters are asked before every use, so what another node
/// has promoted, merged or renamed is seen by the next text read here.
/// </summary>
internal sealed class SkillVocabulary
{
    private const string VersionsSql = "SELECT consortium_id, version FROM vocabulary_version WHERE consortium_id IN (0, current_consortium())";

    private const string WordsSql = """
        SELECT s.id, s.name, s.name AS word, s.source FROM skill s WHERE s.consortium_id = @Consortium AND s.kind = 'SKILL' AND s.state = 'ACCEPTED'
        UNION ALL
        SELECT s.id, s.name, a.name, s.source
        FROM skill_alias a JOIN skill s ON s.id = a.skill_id AND s.state = 'ACCEPTED'
        WHERE a.consortium_id = @Consortium AND a.kind = 'SKILL'
        """;

    private readonly ConcurrentDictionary<long, SkillWords> _words = [];

    /// <summary>The vocabulary as the session's consortium sees it now.</summary>
    public async Task<SkillReading> OfAsync(TenantSession session, CancellationToken ct)
    {
        // The counters first: words that change between the two reads come with the next counter.
        var versions = (await session.QueryAsync<(long Consortium, long Version)>(VersionsSql, null, ct)).ToDictionary(row => row.Consortium, row => row.Version);
        var shared = await WordsAsync(session, 0, versions, ct);
        return session.Tenant.ConsortiumId is { } own and not 0 ? new SkillReading(shared, await WordsAsync(session, own, versions, ct)) : new SkillReading(shared, shared);
    }

    private async Task<SkillWords> WordsAsync(TenantSession session, long consortium, Dictionary<long, long> versions, CancellationToken ct)
    {
        var version = versions.GetValueOrDefault(consortium);
        if (_words.TryGetValue(consortium, out var known) && known.Version == version)
        {
            return known;
        }

        var read = new SkillWords(version, version == 0 ? [] : await session.QueryAsync<SkillWord>(WordsSql, new { Consortium = consortium }, ct));
        return _words[consortium] = read;
    }
}

/// <summary>One consortium's view of the vocabulary at one moment.</summary>
/// <param name="Shared">What all share.</param>
/// <param name="Own">Its own words; they come first.</param>
internal sealed record SkillReading(SkillWords Shared, SkillWords Own)
{
    /// <summary>Every skill the text speaks of, in its order.</summary>
    public IReadOnlyList<FoundSkill> Mentions(string text) => SkillReader.Read(text, Shared.Automaton, Own.Automaton);

    /// <summary>Each skill of the text once, in its strictest wording.</summary>
    public IReadOnlyList<FoundSkill> Skills(string text) => SkillReader.Strictest(Mentions(text));

    public long? Find(string name) => Own.Find(name) ?? Shared.Find(name);

    public string? NameOf(long id) => Own.NameOf(id) ?? Shared.NameOf(id);
}
