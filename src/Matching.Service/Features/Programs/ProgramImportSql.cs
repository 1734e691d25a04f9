using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.Programs;

/// <summary>From the stage into program and its child tables, set by set. The caller's transaction makes it all or nothing.</summary>
internal static class ProgramImportSql
{
    // Several rows may say the same programme, one per year; the last one's description counts (table last_row).
    private const string FindKnownSql = """
        ALTER TABLE stage ADD program_id bigint;
        UPDATE stage s SET program_id = coalesce(
            (SELECT p.id FROM program p WHERE p.consortium_id = current_consortium() AND p.school_id = s.school_id AND p.external_ref = s.external_ref),
            (SELECT p.id FROM program p
             WHERE p.consortium_id = current_consortium() AND p.school_id = s.school_id AND p.major_code = s.major_code AND p.name = s.name));
        CREATE TEMP TABLE last_row ON COMMIT DROP AS
        SELECT DISTINCT ON (school_id, major_code, name) *, program_id IS NOT NULL AS known
        FROM stage ORDER BY school_id, major_code, name, row_number DESC;
        ANALYZE last_row
        """;

    private const string UpdateSql = """
        UPDATE program p
        SET external_ref = coalesce(s.external_ref, p.external_ref), major_code = s.major_code, name = s.name, education_code = s.education_code,
            cluster_id = s.cluster_id, capacity = s.capacity, practice_share = s.practice_share, warnings = s.warnings
        FROM last_row s
        WHERE s.known AND p.consortium_id = current_consortium() AND p.id = s.program_id
        """;

    private const string InsertSql = """
        INSERT INTO program (consortium_id, school_id, external_ref, major_code, name, education_code, cluster_id, capacity, practice_share, warnings)
        SELECT current_consortium(), school_id, external_ref, major_code, name, education_code, cluster_id, capacity, practice_share, warnings
        FROM last_row WHERE NOT known ORDER BY row_number
        """;

    private const string LinkNewSql = """
        UPDATE last_row s SET program_id = p.id
        FROM program p
        WHERE p.consortium_id = current_consortium() AND p.school_id = s.school_id AND p.major_code = s.major_code AND p.name = s.name;
        UPDATE stage s SET program_id = l.program_id
        FROM last_row l
        WHERE l.school_id = s.school_id AND l.major_code = s.major_code AND l.name = s.name
        """;

    // Occupations weigh alike as long as the school says nothing else.
    private const string ChildrenSql = """
        DELETE FROM program_occupation k USING last_row s WHERE k.consortium_id = current_consortium() AND k.program_id = s.program_id;
        INSERT INTO program_occupation (consortium_id, program_id, occupation_code)
        SELECT current_consortium(), program_id, unnest(occupations) FROM last_row;
        DELETE FROM program_endorsement k USING last_row s WHERE k.consortium_id = current_consortium() AND k.program_id = s.program_id;
        INSERT INTO program_endorsement (consortium_id, program_id, company_id)
        SELECT current_consortium(), program_id, unnest(companies) FROM last_row;
        DELETE FROM program_skill k USING last_row s WHERE k.consortium_id = current_consortium() AND k.program_id = s.program_id;
        INSERT INTO program_skill (consortium_id, program_id, skill_id)
        SELECT DISTINCT current_consortium(), s.program_id, w.skill_id
        FROM last_row s
        CROSS JOIN LATERAL (SELECT 'SKILL' AS kind, unnest(s.skills) AS name UNION ALL SELECT 'CERTIFICATE', unnest(s.certificates)) n
        JOIN unnest(@Kinds, @Names, @Ids) AS w (kind, name, skill_id) ON w.kind = n.kind AND w.name = n.name
        """;

    private const string YearsSql = """
        INSERT INTO program_year AS known (consortium_id, program_id, year, applicants, enrolled, expected_graduates)
        SELECT current_consortium(), program_id, year, applicants, enrolled, expected_graduates FROM stage WHERE year IS NOT NULL
        ON CONFLICT ON CONSTRAINT program_year_pk DO UPDATE
        SET applicants = coalesce(excluded.applicants, known.applicants), enrolled = coalesce(excluded.enrolled, known.enrolled),
            expected_graduates = coalesce(excluded.expected_graduates, known.expected_graduates)
        """;

    public static async Task<ImportCounts> WriteAsync(TenantSession session, CancellationToken ct)
    {
        await session.ExecuteAsync(FindKnownSql, null, ct);
        var updated = await session.ExecuteAsync(UpdateSql, null, ct);
        var created = await session.ExecuteAsync(InsertSql, null, ct);
        await session.ExecuteAsync(LinkNewSql, null, ct);
        var words = new SkillNames(session);
        await words.ResolveAsync("SKILL", await session.QueryAsync<string>("SELECT DISTINCT unnest(skills) FROM stage", null, ct), ct);
        await words.ResolveAsync("CERTIFICATE", await session.QueryAsync<string>("SELECT DISTINCT unnest(certificates) FROM stage", null, ct), ct);
        var known = words.All.ToArray();
        await session.ExecuteAsync(ChildrenSql, new
        {
            Kinds = known.Select(word => word.Kind).ToArray(), Names = known.Select(word => word.Name).ToArray(), Ids = known.Select(word => word.Id).ToArray(),
        }, ct);
        await session.ExecuteAsync(YearsSql, null, ct);
        return new ImportCounts(created, updated);
    }
}
