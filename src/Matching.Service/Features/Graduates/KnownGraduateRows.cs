using Matching.Service.Data;
using Matching.Service.Imports;

namespace Matching.Service.Features.Graduates;

/// <summary>Graduates that files say again, by school and 学号代码: found and written anew set by set, as the uploader.</summary>
internal sealed class KnownGraduateRows(TenantSession session)
{
    // Each is looked up by the index of its reference, however large the table is and whatever its statistics say.
    private const string FindSql = """
        SELECT k.position::integer AS position, g.id
        FROM unnest(@Schools, @References) WITH ORDINALITY AS k (school_id, reference, position)
        CROSS JOIN LATERAL (
            SELECT g.id FROM graduate g
            WHERE g.consortium_id = current_consortium() AND g.school_id = k.school_id AND g.reference = k.reference
            FOR UPDATE) g
        """;

    // Consent counts from the day it was first given; taken back and given again, it counts anew.
    private const string UpdateSql = """
        UPDATE graduate g
        SET program_id = s.program_id, cohort = s.cohort, education_code = s.education_code, graduates_on = s.graduates_on, available_from = s.available_from,
            origin_region_code = s.origin_region_code, wished_occupations = s.wished_occupations, wished_regions = s.wished_regions, any_region = s.any_region,
            wage_wish = s.wage_wish, consent = s.consent, consent_at = CASE WHEN s.consent THEN coalesce(g.consent_at, now()) END,
            skills_complete = s.skills_complete, certificates_complete = s.certificates_complete
        FROM stage s
        WHERE g.consortium_id = current_consortium() AND g.id = ANY(@Ids) AND g.id = s.graduate_id
        """;

    private const string PartsSql = """
        DELETE FROM graduate_skill WHERE consortium_id = current_consortium() AND graduate_id = ANY(@Ids);
        INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence)
        SELECT current_consortium(), * FROM unnest(@Graduates, @Skills, @Evidences);
        DELETE FROM graduate_order_class WHERE consortium_id = current_consortium() AND graduate_id = ANY(@Ids);
        INSERT INTO graduate_order_class (consortium_id, graduate_id, company_id)
        SELECT current_consortium(), graduate_id, unnest(order_companies) FROM stage
        """;

    private readonly ImportStage _stage = new(session, [new("graduate_id", "bigint")], GraduateImport.Values);

    /// <summary>Which of the graduates there are already, in the order given; null: none, or none that the caller sees.</summary>
    public async Task<long?[]> FindAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        var found = new long?[rows.Count];
        foreach (var (position, id) in await session.QueryAsync<(int Position, long Id)>(FindSql, new
        {
            Schools = rows.Select(row => (long)row.Values[GraduateImport.SchoolAt]!).ToArray(),
            References = rows.Select(row => (string)row.Values[GraduateImport.ReferenceAt]!).ToArray(),
        }, ct))
        {
            found[position - 1] = id;
        }

        return found;
    }

    /// <summary>Writes them as the file says them; returns how many.</summary>
    public async Task<int> UpdateAsync(IReadOnlyList<(long Id, ValidRow Row)> graduates, GraduateParts parts, CancellationToken ct)
    {
        var ids = graduates.Select(graduate => graduate.Id).ToArray();
        await _stage.ReplaceAsync(graduates.Select(graduate => (new object?[] { graduate.Id }, graduate.Row.Values)), ct);
        var updated = await session.ExecuteAsync(UpdateSql, new { Ids = ids }, ct);
        var skills = graduates.SelectMany(graduate => parts.SkillsOf(graduate.Id, graduate.Row)).ToArray();
        await session.ExecuteAsync(PartsSql, new
        {
            Ids = ids, Graduates = skills.Select(row => (long)row[0]!).ToArray(), Skills = skills.Select(row => (long)row[1]!).ToArray(),
            Evidences = skills.Select(row => (string)row[2]!).ToArray(),
        }, ct);
        return updated;
    }
}
