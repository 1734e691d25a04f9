using Matching.Service.Data;

namespace Matching.Service.Features.Matches;

/// <summary>Finds words in the vocabulary without adding to it.</summary>
internal sealed class PreviewStore(TenantSession session)
{
    // The order of resolve_skills: what the consortium itself calls so, then the shared vocabulary.
    private const string FindSql = """
        SELECT w.name, coalesce(
            (SELECT s.id FROM skill s WHERE s.consortium_id = current_consortium() AND s.kind = @Kind AND s.key = w.key AND s.state <> 'MERGED'),
            (SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id = current_consortium() AND a.kind = @Kind AND a.key = w.key),
            (SELECT s.id FROM skill s WHERE s.consortium_id = 0 AND s.kind = @Kind AND s.key = w.key AND s.state <> 'MERGED'),
            (SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id = 0 AND a.kind = @Kind AND a.key = w.key)) AS id
        FROM unnest(@Names, @Keys) AS w (name, key)
        """;

    /// <summary>Numbers of these names, by name without blanks around it; a name that is not known is missing.</summary>
    public async Task<IReadOnlyDictionary<string, long>> FindAsync(string kind, IEnumerable<string> names, CancellationToken ct)
    {
        var texts = SkillTexts.Of(names.Select(name => name.Trim()).Distinct());
        return (await session.QueryAsync<(string Name, long? Id)>(FindSql, new { Kind = kind, texts.Names, texts.Keys }, ct))
            .Where(row => row.Id is not null).ToDictionary(row => row.Name, row => row.Id!.Value);
    }
}
