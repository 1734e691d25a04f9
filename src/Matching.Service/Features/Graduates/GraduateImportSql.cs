using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.Graduates;

/// <summary>From the stage into graduate, graduate_skill and graduate_order_class, set by set. The caller's transaction makes it all or nothing.</summary>
internal static class GraduateImportSql
{
    // The statistics of graduate know nothing yet of a consortium's first rows, so the planner may loop over its graduates rather than over the stage;
    // with these indexes either way is quick.
    private const string FindKnownSql = """
        ALTER TABLE stage ADD graduate_id bigint, ADD known boolean NOT NULL DEFAULT false;
        CREATE INDEX ON stage (school_id, reference);
        CREATE INDEX ON stage (graduate_id);
        UPDATE stage s SET education_code = coalesce(s.education_code, p.education_code)
        FROM program p
        WHERE p.consortium_id = current_consortium() AND p.id = s.program_id AND s.problems IS NULL;
        UPDATE stage s SET graduate_id = g.id, known = true
        FROM graduate g
        WHERE s.problems IS NULL AND g.consortium_id = current_consortium() AND g.school_id = s.school_id AND g.reference = s.reference
        """;

    // Consent counts from the day it was first given; taken back and given again, it counts anew.
    private const string UpdateSql = """
        UPDATE graduate g
        SET program_id = s.program_id, cohort = s.cohort, education_code = s.education_code, graduates_on = s.graduates_on, available_from = s.available_from,
            origin_region_code = s.origin_region_code, wished_occupations = s.wished_occupations, wished_regions = s.wished_regions, any_region = s.any_region,
            wage_wish = s.wage_wish, consent = s.consent, consent_at = CASE WHEN s.consent THEN coalesce(g.consent_at, now()) END,
            skills_complete = s.skills_complete, certificates_complete = s.certificates_complete
        FROM stage s
        WHERE s.problems IS NULL AND s.known AND g.consortium_id = current_consortium() AND g.id = s.graduate_id
        """;

    private const string InsertSql = """
        INSERT INTO graduate (consortium_id, school_id, program_id, reference, cohort, education_code, graduates_on, available_from, origin_region_code,
                              wished_occupations, wished_regions, any_region, wage_wish, consent, consent_at, skills_complete, certificates_complete)
        SELECT current_consortium(), school_id, program_id, reference, cohort, education_code, graduates_on, available_from, origin_region_code,
               wished_occupations, wished_regions, any_region, wage_wish, consent, CASE WHEN consent THEN now() END, skills_complete, certificates_complete
        FROM stage
        WHERE problems IS NULL AND NOT known
        ORDER BY row_number
        """;

    private const string LinkNewSql = """
        UPDATE stage s SET graduate_id = g.id
        FROM graduate g
        WHERE s.problems IS NULL AND NOT s.known AND g.consortium_id = current_consortium() AND g.school_id = s.school_id AND g.reference = s.reference
        """;

    // The best evidence of a skill counts: certificate, course, internship, own claim.
    private const string SkillsSql = """
        DELETE FROM graduate_skill k USING stage s
        WHERE s.problems IS NULL AND s.known AND k.consortium_id = current_consortium() AND k.graduate_id = s.graduate_id;
        INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence)
        SELECT DISTINCT ON (s.graduate_id, w.skill_id) current_consortium(), s.graduate_id, w.skill_id, n.evidence
        FROM stage s
        CROSS JOIN LATERAL (
            SELECT 'CERTIFICATE' AS kind, 'CERTIFICATE' AS evidence, 1 AS place, unnest(s.certificates) AS name
            UNION ALL SELECT 'SKILL', 'COURSE', 2, unnest(s.course_skills)
            UNION ALL SELECT 'SKILL', 'INTERNSHIP', 3, unnest(s.internship_skills)
            UNION ALL SELECT 'SKILL', 'CLAIM', 4, unnest(s.claimed_skills)) n
        JOIN stage_skill w ON w.kind = n.kind AND w.name = n.name
        WHERE s.problems IS NULL
        ORDER BY s.graduate_id, w.skill_id, n.place
        """;

    private const string OrderClassesSql = """
        DELETE FROM graduate_order_class k USING stage s
        WHERE s.problems IS NULL AND s.known AND k.consortium_id = current_consortium() AND k.graduate_id = s.graduate_id;
        INSERT INTO graduate_order_class (consortium_id, graduate_id, company_id)
        SELECT current_consortium(), s.graduate_id, unnest(s.order_companies) FROM stage s WHERE s.problems IS NULL
        """;

    public static async Task<ImportCounts> WriteAsync(TenantSession session, CancellationToken ct)
    {
        await session.ExecuteAsync(FindKnownSql, null, ct);
        var updated = await session.ExecuteAsync(UpdateSql, null, ct);
        var created = await session.ExecuteAsync(InsertSql, null, ct);
        await session.ExecuteAsync(LinkNewSql, null, ct);
        await SkillNames.ResolveAsync(session, ["course_skills", "internship_skills", "claimed_skills"], ["certificates"], ct);
        await session.ExecuteAsync(SkillsSql, null, ct);
        await session.ExecuteAsync(OrderClassesSql, null, ct);
        return new ImportCounts(created, updated);
    }
}
