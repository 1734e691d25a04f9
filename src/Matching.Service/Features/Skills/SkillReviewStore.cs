using System.Globalization;
using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Skills;

/// <summary>Words that came with input, the most used first, each with what it may be another name of.</summary>
internal sealed class SkillReviewStore(TenantSession session, SkillVocabulary vocabulary)
{
    /// <summary>Fewer pairs in common than this convince nobody.</summary>
    private const int LeastLikeness = 45;

    private const int Proposals = 3;

    private const string ListSql = """
        SELECT id, kind, name, uses
        FROM (
            SELECT s.id, s.kind, s.name, (
                (SELECT count(*) FROM demand_skill x WHERE x.consortium_id = s.consortium_id AND x.skill_id = s.id)
                + (SELECT count(*) FROM program_skill x WHERE x.consortium_id = s.consortium_id AND x.skill_id = s.id)
                + (SELECT count(*) FROM graduate_skill x WHERE x.consortium_id = s.consortium_id AND x.skill_id = s.id)
                + (SELECT count(*) FROM seeker_skill x WHERE x.consortium_id = s.consortium_id AND x.skill_id = s.id))::int AS uses
            FROM skill s
            WHERE s.consortium_id = current_consortium() AND s.state = 'PROVISIONAL' AND (@Kind::text IS NULL OR s.kind = @Kind)) w
        WHERE @AfterUses::int IS NULL OR uses < @AfterUses OR (uses = @AfterUses AND id > @AfterId)
        ORDER BY uses DESC, id
        LIMIT @Take + 1
        """;

    public async Task<IReadOnlyList<ProvisionalSkill>> ListAsync(SkillReviewQuery query, CancellationToken ct)
    {
        var after = int.TryParse(query.After?.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var uses) ? (int?)uses : null;
        var rows = await session.QueryAsync<(long Id, string Kind, string Name, int Uses)>(
            ListSql, new { query.Kind, AfterUses = after, AfterId = query.After?.Id ?? 0, query.Take }, ct);
        var words = rows.Count == 0 ? null : await vocabulary.OfAsync(session, ct);
        return [.. rows.Select(row => new ProvisionalSkill(row.Id, row.Kind, row.Name, row.Uses, row.Kind == "SKILL" ? Propose(words!, row.Name) : []))];
    }

    // The same name elsewhere in the vocabulary, then known skills inside the word (Java开发经验), then names that look alike.
    private static IReadOnlyList<MergeProposal> Propose(SkillReading words, string name)
    {
        var same = words.Find(name) is { } id ? [Proposal(words, id, "SAME", 100)] : Array.Empty<MergeProposal>();
        var likeness = new[] { words.Shared, words.Own }.Distinct().SelectMany(part => part.Suggestions.Value.Of(name, 20, 0)).GroupBy(hit => hit.Value)
            .ToDictionary(group => group.Key, group => group.Max(hit => hit.Likeness));
        var contained = words.Mentions(name).Select(found => Proposal(words, found.SkillId, "CONTAINED", likeness.GetValueOrDefault(found.SkillId)));
        var similar = likeness.Where(hit => hit.Value >= LeastLikeness).OrderByDescending(hit => hit.Value).ThenBy(hit => hit.Key)
            .Select(hit => Proposal(words, hit.Key, "SIMILAR", hit.Value));
        return [.. same.Concat(contained).Concat(similar).DistinctBy(proposal => proposal.Id).Take(Proposals)];
    }

    private static MergeProposal Proposal(SkillReading words, long id, string why, int likeness) => new(id, words.NameOf(id)!, why, likeness);
}
