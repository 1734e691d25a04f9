using Matching.Service.Data;

namespace Matching.Service.Features.Programs;

internal sealed class ProgramStore(TenantSession session)
{
    private const string Select = """
        SELECT p.id, p.school_id, p.major_code, p.name, p.education_code, p.external_ref, p.cluster_id, p.capacity, p.practice_share, p.predecessor_id, p.state,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('code', o.occupation_code, 'weight', o.weight) ORDER BY o.weight DESC, o.occupation_code), '[]')::text
                FROM program_occupation o WHERE (o.consortium_id, o.program_id) = (p.consortium_id, p.id)) AS occupations,
               ARRAY(SELECT s.name FROM program_skill x JOIN skill s ON s.id = x.skill_id AND s.kind = 'SKILL'
                     WHERE (x.consortium_id, x.program_id) = (p.consortium_id, p.id) ORDER BY s.id) AS skills,
               ARRAY(SELECT s.name FROM program_skill x JOIN skill s ON s.id = x.skill_id AND s.kind = 'CERTIFICATE'
                     WHERE (x.consortium_id, x.program_id) = (p.consortium_id, p.id) ORDER BY s.id) AS certificates,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('year', y.year, 'applicants', y.applicants, 'enrolled', y.enrolled, 'expectedGraduates', y.expected_graduates)
                                          ORDER BY y.year), '[]')::text
                FROM program_year y WHERE (y.consortium_id, y.program_id) = (p.consortium_id, p.id)) AS years,
               ARRAY(SELECT e.company_id FROM program_endorsement e WHERE (e.consortium_id, e.program_id) = (p.consortium_id, p.id) ORDER BY e.company_id) AS endorsing_company_ids,
               p.warnings,
               p.row_version AS version
        FROM program p
        WHERE p.consortium_id = current_consortium()
        """;

    private const string FindSql = $"{Select} AND p.id = @Id";

    // The filter by major takes a code or the beginning of one: 46 is a category, 4601 a class.
    private const string FindAllSql = $"{Select} AND p.id = ANY(@Ids)";

    private const string ListSql = $"""
        {Select}
          AND p.id > @After
          AND (@SchoolId::bigint IS NULL OR p.school_id = @SchoolId)
          AND (@Major::text IS NULL OR starts_with(p.major_code, @Major))
          AND (@State::text IS NULL OR p.state = @State)
        ORDER BY p.id
        LIMIT @Take + 1
        """;

    private const string InsertSql = """
        INSERT INTO program (consortium_id, school_id, major_code, name, education_code, external_ref, cluster_id, capacity, practice_share, predecessor_id, state, warnings)
        VALUES (current_consortium(), @SchoolId, @MajorCode, @Name, @EducationCode, @ExternalRef, @ClusterId, @Capacity, @PracticeShare, @PredecessorId, @State, @Warnings)
        RETURNING id
        """;

    private const string UpdateSql = """
        UPDATE program
        SET major_code = @MajorCode, name = @Name, education_code = @EducationCode, external_ref = @ExternalRef, cluster_id = @ClusterId,
            capacity = @Capacity, practice_share = @PracticeShare, predecessor_id = @PredecessorId, state = @State, warnings = @Warnings
        WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version
        """;

    private const string DeleteSql = "DELETE FROM program WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    private const string ReplaceListsSql = """
        DELETE FROM program_occupation WHERE consortium_id = current_consortium() AND program_id = @Id;
        DELETE FROM program_skill WHERE consortium_id = current_consortium() AND program_id = @Id;
        DELETE FROM program_year WHERE consortium_id = current_consortium() AND program_id = @Id;
        DELETE FROM program_endorsement WHERE consortium_id = current_consortium() AND program_id = @Id;
        INSERT INTO program_occupation (consortium_id, program_id, occupation_code, weight)
        SELECT current_consortium(), @Id, code, max(weight) FROM unnest(@Codes, @Weights) AS o (code, weight) GROUP BY code;
        INSERT INTO program_skill (consortium_id, program_id, skill_id)
        SELECT DISTINCT current_consortium(), @Id, id
        FROM (SELECT resolve_skills('SKILL', @SkillNames, @SkillKeys) UNION SELECT resolve_skills('CERTIFICATE', @CertificateNames, @CertificateKeys)) AS s (id);
        INSERT INTO program_year (consortium_id, program_id, year, applicants, enrolled, expected_graduates)
        SELECT DISTINCT ON (year) current_consortium(), @Id, year, applicants, enrolled, expected
        FROM unnest(@Years, @Applicants, @Enrolled, @Expected) AS y (year, applicants, enrolled, expected);
        INSERT INTO program_endorsement (consortium_id, program_id, company_id)
        SELECT DISTINCT current_consortium(), @Id, company FROM unnest(@Companies) AS e (company);
        """;

    public Task<TrainingProgram?> FindAsync(long id, CancellationToken ct) => session.FindAsync<TrainingProgram>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<TrainingProgram>> FindAllAsync(long[] ids, CancellationToken ct) => session.QueryAsync<TrainingProgram>(FindAllSql, new { Ids = ids }, ct);

    public Task<IReadOnlyList<TrainingProgram>> ListAsync(ProgramQuery query, CancellationToken ct) => session.QueryAsync<TrainingProgram>(
        ListSql, new { After = query.After?.Id ?? 0, query.SchoolId, query.Major, query.State, query.Take }, ct);

    /// <summary>Inserts the programme with its lists.</summary>
    public async Task<TrainingProgram> InsertAsync(long schoolId, WriteProgram program, string[] warnings, CancellationToken ct)
    {
        var id = await session.FindAsync<long>(InsertSql, Row(program, 0, 0, schoolId, warnings), ct);
        await session.ExecuteAsync(ReplaceListsSql, Lists(id, program), ct);
        return (await FindAsync(id, ct))!;
    }

    /// <summary>Null when the row is no longer at that version or not the caller's to change.</summary>
    public async Task<TrainingProgram?> UpdateAsync(long id, int version, WriteProgram program, string[] warnings, CancellationToken ct)
    {
        if (await session.ExecuteAsync(UpdateSql, Row(program, id, version, null, warnings), ct) == 0)
        {
            return null;
        }

        await session.ExecuteAsync(ReplaceListsSql, Lists(id, program), ct);
        return await FindAsync(id, ct);
    }

    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;

    private static object Row(WriteProgram p, long id, int version, long? schoolId, string[] warnings) => new
    {
        Id = id, Version = version, SchoolId = schoolId, p.MajorCode, p.Name, p.EducationCode, p.ExternalRef, p.ClusterId, p.Capacity, p.PracticeShare, p.PredecessorId, p.State, Warnings = warnings,
    };

    private static object Lists(long id, WriteProgram p)
    {
        var (skills, certificates) = (SkillTexts.Of(p.Skills), SkillTexts.Of(p.Certificates));
        var (occupations, years) = (p.Occupations ?? [], p.Years ?? []);
        return new
        {
            Id = id,
            Codes = occupations.Select(o => o.Code).ToArray(),
            Weights = occupations.Select(o => o.Weight).ToArray(),
            SkillNames = skills.Names,
            SkillKeys = skills.Keys,
            CertificateNames = certificates.Names,
            CertificateKeys = certificates.Keys,
            Years = years.Select(y => y.Year).ToArray(),
            Applicants = years.Select(y => y.Applicants).ToArray(),
            Enrolled = years.Select(y => y.Enrolled).ToArray(),
            Expected = years.Select(y => y.ExpectedGraduates).ToArray(),
            Companies = (p.EndorsingCompanyIds ?? []).ToArray(),
        };
    }
}
