using Matching.Service.Data;

namespace Matching.Service.Features.Graduates;

internal sealed class GraduateStore(TenantSession session)
{
    private const string Select = """
        SELECT g.id, g.school_id, g.program_id, g.reference, g.cohort, g.education_code, g.graduates_on, g.available_from, g.origin_region_code, g.wished_occupations,
               g.wished_regions, g.any_region, g.wage_wish, g.consent, g.consent_at, g.skills_complete, g.certificates_complete,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'evidence', x.evidence, 'level', x.level) ORDER BY s.id), '[]')::text
                FROM graduate_skill x JOIN skill s ON s.id = x.skill_id AND s.kind = 'SKILL'
                WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id)) AS skills,
               ARRAY(SELECT s.name FROM graduate_skill x JOIN skill s ON s.id = x.skill_id AND s.kind = 'CERTIFICATE'
                     WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id) ORDER BY s.id) AS certificates,
               ARRAY(SELECT c.company_id FROM graduate_order_class c WHERE (c.consortium_id, c.graduate_id) = (g.consortium_id, g.id) ORDER BY c.company_id) AS order_class_company_ids,
               g.row_version AS version
        FROM graduate g
        WHERE g.consortium_id = current_consortium()
        """;

    private const string FindSql = $"{Select} AND g.id = @Id";

    private const string FindAllSql = $"{Select} AND g.id = ANY(@Ids)";

    private const string ListSql = $"""
        {Select}
          AND g.id > @After
          AND (@SchoolId::bigint IS NULL OR g.school_id = @SchoolId)
          AND (@ProgramId::bigint IS NULL OR g.program_id = @ProgramId)
          AND (@Cohort::int IS NULL OR g.cohort = @Cohort)
          AND (@Consent::boolean IS NULL OR g.consent = @Consent)
          AND (@Reference::text IS NULL OR g.reference = @Reference)
        ORDER BY g.id
        LIMIT @Take + 1
        """;

    // The programme must be the school's own: a graduate of another school's programme would leak into its statistics.
    private const string InsertSql = """
        INSERT INTO graduate (consortium_id, school_id, program_id, reference, cohort, education_code, graduates_on, available_from, origin_region_code,
                              wished_occupations, wished_regions, any_region, wage_wish, consent, consent_at, skills_complete, certificates_complete)
        SELECT current_consortium(), p.school_id, p.id, @Reference, @Cohort, @EducationCode, @GraduatesOn, @AvailableFrom, @OriginRegionCode,
               @WishedOccupations, @WishedRegions, @AnyRegion, @WageWish, @Consent, CASE WHEN @Consent THEN now() END, @SkillsComplete, @CertificatesComplete
        FROM program p
        WHERE p.consortium_id = current_consortium() AND p.id = @ProgramId AND p.school_id = @SchoolId
        RETURNING id
        """;

    private const string UpdateSql = """
        UPDATE graduate g
        SET program_id = p.id, reference = @Reference, cohort = @Cohort, education_code = @EducationCode, graduates_on = @GraduatesOn,
            available_from = @AvailableFrom, origin_region_code = @OriginRegionCode, wished_occupations = @WishedOccupations, wished_regions = @WishedRegions,
            any_region = @AnyRegion, wage_wish = @WageWish, consent = @Consent,
            consent_at = CASE WHEN NOT @Consent THEN NULL WHEN g.consent THEN g.consent_at ELSE now() END,
            skills_complete = @SkillsComplete, certificates_complete = @CertificatesComplete
        FROM program p
        WHERE g.consortium_id = current_consortium() AND g.id = @Id AND g.row_version = @Version
          AND p.consortium_id = g.consortium_id AND p.id = @ProgramId AND p.school_id = g.school_id
        """;

    // Of a skill said twice the better evidence stays, then the higher level.
    private const string ReplaceListsSql = """
        DELETE FROM graduate_skill WHERE consortium_id = current_consortium() AND graduate_id = @Id;
        DELETE FROM graduate_order_class WHERE consortium_id = current_consortium() AND graduate_id = @Id;
        INSERT INTO graduate_skill (consortium_id, graduate_id, skill_id, evidence, level)
        SELECT DISTINCT ON (skill) current_consortium(), @Id, skill, evidence, level
        FROM (SELECT resolve_skills('SKILL', @Names, @Keys) AS skill, unnest(@Evidence) AS evidence, unnest(@Levels) AS level
              UNION ALL
              SELECT resolve_skills('CERTIFICATE', @CertificateNames, @CertificateKeys), 'CERTIFICATE', NULL) AS s
        ORDER BY skill, array_position(ARRAY['CERTIFICATE', 'COURSE', 'INTERNSHIP', 'CLAIM'], evidence), level DESC NULLS LAST;
        INSERT INTO graduate_order_class (consortium_id, graduate_id, company_id)
        SELECT DISTINCT current_consortium(), @Id, company FROM unnest(@Companies) AS c (company);
        """;

    private const string DeleteSql = "DELETE FROM graduate WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    private const string SchoolOfProgramSql = "SELECT school_id FROM program WHERE consortium_id = current_consortium() AND id = @Id";

    public Task<Graduate?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Graduate>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Graduate>> FindAllAsync(long[] ids, CancellationToken ct) => session.QueryAsync<Graduate>(FindAllSql, new { Ids = ids }, ct);

    public Task<IReadOnlyList<Graduate>> ListAsync(GraduateQuery query, CancellationToken ct) => session.QueryAsync<Graduate>(
        ListSql, new { After = query.After?.Id ?? 0, query.SchoolId, query.ProgramId, query.Cohort, query.Consent, query.Reference, query.Take }, ct);

    /// <summary>The school that offers the programme; null when there is none of that id.</summary>
    public Task<long?> SchoolOfProgramAsync(long id, CancellationToken ct) => session.FindAsync<long?>(SchoolOfProgramSql, new { Id = id }, ct);

    /// <summary>Inserts the graduate with his lists; the programme must be that school's.</summary>
    public async Task<Graduate> InsertAsync(long schoolId, WriteGraduate graduate, CancellationToken ct)
    {
        var id = await session.FindAsync<long>(InsertSql, Row(graduate, 0, 0, schoolId), ct);
        await session.ExecuteAsync(ReplaceListsSql, Lists(id, graduate), ct);
        return (await FindAsync(id, ct))!;
    }

    /// <summary>Null when the row is no longer at that version or the programme is not the school's.</summary>
    public async Task<Graduate?> UpdateAsync(long id, int version, WriteGraduate graduate, CancellationToken ct)
    {
        if (await session.ExecuteAsync(UpdateSql, Row(graduate, id, version, null), ct) == 0)
        {
            return null;
        }

        await session.ExecuteAsync(ReplaceListsSql, Lists(id, graduate), ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Erases the person: skills, wishes, introductions and placements go with the row.</summary>
    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;

    private static object Row(WriteGraduate g, long id, int version, long? schoolId) => new
    {
        Id = id, Version = version, SchoolId = schoolId, g.ProgramId, g.Reference, g.Cohort, g.EducationCode, g.GraduatesOn, g.AvailableFrom, g.OriginRegionCode,
        WishedOccupations = (g.WishedOccupations ?? []).Distinct().ToArray(), WishedRegions = (g.WishedRegions ?? []).Distinct().ToArray(),
        g.AnyRegion, g.WageWish, g.Consent, g.SkillsComplete, g.CertificatesComplete,
    };

    private static object Lists(long id, WriteGraduate g)
    {
        var skills = (g.Skills ?? []).Where(skill => SkillTexts.Of([skill.Name]).Keys.Length > 0).ToArray();
        var (names, certificates) = (SkillTexts.Of(skills.Select(skill => skill.Name)), SkillTexts.Of(g.Certificates));
        return new
        {
            Id = id,
            names.Names,
            names.Keys,
            Evidence = skills.Select(skill => skill.Evidence).ToArray(),
            Levels = skills.Select(skill => (short?)skill.Level).ToArray(),
            CertificateNames = certificates.Names,
            CertificateKeys = certificates.Keys,
            Companies = (g.OrderClassCompanyIds ?? []).ToArray(),
        };
    }
}
