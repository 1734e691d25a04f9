using Matching.Service.Data;

namespace Matching.Service.Features.Seekers;

internal sealed class SeekerStore(TenantSession session)
{
    private const string Select = """
        SELECT s.id, s.organization_id, s.reference, s.category, s.region_code, s.education_code, s.birth_band, s.wished_occupations, s.wished_regions, s.any_region,
               s.wage_wish, s.registered_on, s.closed_on,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'evidence', x.evidence, 'level', x.level) ORDER BY k.id), '[]')::text
                FROM seeker_skill x JOIN skill k ON k.id = x.skill_id WHERE (x.consortium_id, x.seeker_id) = (s.consortium_id, s.id)) AS skills,
               s.row_version AS version
        FROM seeker s
        WHERE s.consortium_id = current_consortium()
        """;

    private const string FindSql = $"{Select} AND s.id = @Id";

    private const string ListSql = $"""
        {Select}
          AND s.id > @After
          AND (@Category::text IS NULL OR s.category = @Category)
          AND (@Region::text IS NULL OR starts_with(s.region_code, regexp_replace(@Region, '(00)+$', '')))
          AND (@OrganizationId::bigint IS NULL OR s.organization_id = @OrganizationId)
          AND (NOT @OnlyOpen OR s.closed_on IS NULL)
        ORDER BY s.id
        LIMIT @Take + 1
        """;

    private const string InsertSql = """
        INSERT INTO seeker (consortium_id, organization_id, reference, category, region_code, education_code, birth_band, wished_occupations, wished_regions, any_region,
                            wage_wish, registered_on, closed_on)
        VALUES (current_consortium(), @OrganizationId, @Reference, @Category, @RegionCode, @EducationCode, @BirthBand, @WishedOccupations, @WishedRegions, @AnyRegion,
                @WageWish, @RegisteredOn, @ClosedOn)
        RETURNING id
        """;

    private const string UpdateSql = """
        UPDATE seeker
        SET reference = @Reference, category = @Category, region_code = @RegionCode, education_code = @EducationCode, birth_band = @BirthBand,
            wished_occupations = @WishedOccupations, wished_regions = @WishedRegions, any_region = @AnyRegion, wage_wish = @WageWish,
            registered_on = @RegisteredOn, closed_on = @ClosedOn
        WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version
        """;

    // Of a skill said twice the better evidence stays, then the higher level.
    private const string ReplaceSkillsSql = """
        DELETE FROM seeker_skill WHERE consortium_id = current_consortium() AND seeker_id = @Id;
        INSERT INTO seeker_skill (consortium_id, seeker_id, skill_id, evidence, level)
        SELECT DISTINCT ON (skill) current_consortium(), @Id, skill, evidence, level
        FROM (SELECT resolve_skills('SKILL', @Names, @Keys) AS skill, unnest(@Evidence) AS evidence, unnest(@Levels) AS level) AS s
        ORDER BY skill, array_position(ARRAY['CERTIFICATE', 'COURSE', 'INTERNSHIP', 'CLAIM'], evidence), level DESC NULLS LAST
        """;

    private const string DeleteSql = "DELETE FROM seeker WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version";

    public Task<Seeker?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Seeker>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Seeker>> ListAsync(SeekerQuery query, CancellationToken ct) => session.QueryAsync<Seeker>(
        ListSql, new { After = query.After?.Id ?? 0, query.Category, query.Region, query.OrganizationId, query.OnlyOpen, query.Take }, ct);

    /// <summary>Registers the seeker with his skills.</summary>
    public async Task<Seeker> InsertAsync(long organization, WriteSeeker seeker, CancellationToken ct)
    {
        var id = await session.FindAsync<long>(InsertSql, Row(seeker, 0, 0, organization), ct);
        await session.ExecuteAsync(ReplaceSkillsSql, Skills(id, seeker), ct);
        return (await FindAsync(id, ct))!;
    }

    /// <summary>Null when the row is no longer at that version or not the caller's to change.</summary>
    public async Task<Seeker?> UpdateAsync(long id, int version, WriteSeeker seeker, CancellationToken ct)
    {
        if (await session.ExecuteAsync(UpdateSql, Row(seeker, id, version, 0), ct) == 0)
        {
            return null;
        }

        await session.ExecuteAsync(ReplaceSkillsSql, Skills(id, seeker), ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Erases the person: skills go with the row.</summary>
    public async Task<bool> DeleteAsync(long id, int version, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id, Version = version }, ct) == 1;

    private static object Row(WriteSeeker s, long id, int version, long organization) => new
    {
        Id = id, Version = version, OrganizationId = organization, s.Reference, s.Category, s.RegionCode, s.EducationCode, s.BirthBand,
        WishedOccupations = (s.WishedOccupations ?? []).Distinct().ToArray(), WishedRegions = (s.WishedRegions ?? []).Distinct().ToArray(),
        s.AnyRegion, s.WageWish, s.RegisteredOn, s.ClosedOn,
    };

    private static object Skills(long id, WriteSeeker s)
    {
        var skills = (s.Skills ?? []).Where(skill => SkillTexts.Of([skill.Name]).Keys.Length > 0).ToArray();
        var texts = SkillTexts.Of(skills.Select(skill => skill.Name));
        return new
        {
            Id = id,
            texts.Names,
            texts.Keys,
            Evidence = skills.Select(skill => skill.Evidence).ToArray(),
            Levels = skills.Select(skill => (short?)skill.Level).ToArray(),
        };
    }
}
