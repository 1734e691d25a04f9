namespace Matching.Service.Features.Demands;

/// <summary>The statements of <see cref="DemandStore"/> that read and write whole demands.</summary>
internal static class DemandSql
{
    private const string Select = """
        SELECT d.id, d.organization_id, d.posted_by_id, d.external_ref, d.kind, d.source, d.state, d.title, d.description, d.occupation_code,
               d.occupation_confidence::int AS occupation_confidence, d.industry_code, d.cluster_id, d.region_code, d.region_binding, d.headcount, d.filled,
               d.education_code, d.major_codes, d.experience_years, d.wage_min, d.wage_max, d.opened_on, d.starts_on, d.valid_through, d.closed_on, d.confirmed_on, d.canonical_id,
               coalesce(c.agency, false) AS agency, coalesce(c.capped, false) AS headcount_flag, coalesce(c.counted_headcount, 0) AS counted_headcount,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'must', x.must, 'level', x.level, 'origin', x.origin) ORDER BY x.must DESC, s.id), '[]')::text
                FROM demand_skill x JOIN skill s ON s.id = x.skill_id AND s.kind = 'SKILL' WHERE (x.consortium_id, x.demand_id) = (d.consortium_id, d.id)) AS skills,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'compulsory', x.must) ORDER BY x.must DESC, s.id), '[]')::text
                FROM demand_skill x JOIN skill s ON s.id = x.skill_id AND s.kind = 'CERTIFICATE' WHERE (x.consortium_id, x.demand_id) = (d.consortium_id, d.id)) AS certificates,
               d.contract_months, d.warnings, d.headcount_stated, d.wage_negotiable, d.unparsed::text AS unparsed, d.consortium_id <> current_consortium() AS shared, d.row_version AS version
        FROM demand d
        LEFT JOIN demand_counting c ON (c.consortium_id, c.id) = (d.consortium_id, d.id)
        """;

    // Own demands, and those of other consortia that name this one.
    public const string Find = $"""
        {Select}
        WHERE d.id = @Id
          AND (d.consortium_id = current_consortium()
               OR d.consortium_id IN (SELECT s.consortium_id FROM demand_share s WHERE s.with_consortium = current_consortium() AND s.demand_id = @Id))
        """;

    // Of these, those the caller may see; the stream of changes asks.
    public const string FindAll = $"""
        {Select}
        WHERE d.id = ANY(@Ids)
          AND (d.consortium_id = current_consortium()
               OR (d.consortium_id, d.id) IN (SELECT s.consortium_id, s.demand_id FROM demand_share s WHERE s.with_consortium = current_consortium() AND s.demand_id = ANY(@Ids)))
        """;

    public const string List = $"""
        {Select}
        WHERE CASE WHEN @Shared
                   THEN (d.consortium_id, d.id) IN (SELECT s.consortium_id, s.demand_id FROM demand_share s WHERE s.with_consortium = current_consortium())
                   ELSE d.consortium_id = current_consortium() END
          AND d.id > @After
          AND (@State::text IS NULL OR d.state = @State)
          AND (@Kind::text IS NULL OR d.kind = @Kind)
          AND (@Region::text IS NULL OR starts_with(d.region_code, regexp_replace(@Region, '(00)+$', '')))
          AND (@Occupation::text IS NULL OR starts_with(d.occupation_code, @Occupation))
          AND (@OrganizationId::bigint IS NULL OR d.organization_id = @OrganizationId)
          AND (NOT @Own OR current_organization() IN (d.organization_id, d.posted_by_id))
          AND (@OpenedFrom::date IS NULL OR d.opened_on >= @OpenedFrom)
          AND (@OpenedTo::date IS NULL OR d.opened_on <= @OpenedTo)
        ORDER BY d.id
        LIMIT @Take + 1
        """;

    // The same answers over the tables as they were; shared demands have no past here.
    public static readonly string FindPast = Past(Find);

    public static readonly string ListPast = Past(List);

    public const string Insert = """
        WITH inserted AS (
            INSERT INTO demand (consortium_id, organization_id, posted_by_id, external_ref, kind, source, state, title, description, occupation_code,
                                occupation_confidence, industry_code, cluster_id, region_code, region_binding, headcount, education_code, major_codes, experience_years,
                                wage_min, wage_max, wage_negotiable, opened_on, starts_on, valid_through, contract_months, warnings)
            VALUES (current_consortium(), @OrganizationId, @PostedById, @ExternalRef, @Kind, @Source, @State, @Title, @Description, @OccupationCode,
                    @OccupationConfidence, @IndustryCode, @ClusterId, @RegionCode, @RegionBinding, @Headcount, @EducationCode, @MajorCodes, @ExperienceYears,
                    @WageMin, @WageMax, @WageNegotiable, coalesce(@OpenedOn, (now() AT TIME ZONE 'Asia/Shanghai')::date), @StartsOn, @ValidThrough, @ContractMonths, @Warnings)
            RETURNING id)
        SELECT id FROM inserted
        """;

    public const string Opened = """
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state)
        SELECT consortium_id, id, opened_on, state FROM demand WHERE consortium_id = current_consortium() AND id = @Id
        """;

    // The state is the transitions' and fills' alone, so that each change is an event; but a headcount cut down to the seats filled closes the demand
    // (the change of the headcount is the event of both).
    public const string Update = """
        WITH changed AS (
            UPDATE demand
            SET external_ref = @ExternalRef, kind = @Kind, title = @Title, description = @Description, occupation_code = @OccupationCode,
                occupation_confidence = @OccupationConfidence, industry_code = @IndustryCode, cluster_id = @ClusterId, region_code = @RegionCode,
                region_binding = @RegionBinding, headcount = @Headcount, education_code = @EducationCode, major_codes = @MajorCodes, experience_years = @ExperienceYears,
                wage_min = @WageMin, wage_max = @WageMax, wage_negotiable = @WageNegotiable, headcount_stated = true, unparsed = '{}',
                starts_on = @StartsOn, valid_through = @ValidThrough, contract_months = @ContractMonths, warnings = @Warnings,
                opened_on = CASE WHEN state = 'DRAFT' THEN coalesce(@OpenedOn, opened_on) ELSE opened_on END,
                state = CASE WHEN filled = @Headcount THEN 'FILLED' ELSE state END,
                closed_on = CASE WHEN filled = @Headcount THEN (now() AT TIME ZONE 'Asia/Shanghai')::date END
            WHERE consortium_id = current_consortium() AND id = @Id AND row_version = @Version AND state IN ('DRAFT', 'OPEN', 'PAUSED')
            RETURNING id)
        SELECT count(*)::int FROM changed
        """;

    // Of a skill asked for twice the stricter wording stays.
    public const string ReplaceSkills = """
        DELETE FROM demand_skill WHERE consortium_id = current_consortium() AND demand_id = @Id;
        INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must, level)
        SELECT DISTINCT ON (skill) current_consortium(), @Id, skill, must, level
        FROM (SELECT resolve_skills('SKILL', @Names, @Keys) AS skill, unnest(@Must) AS must, unnest(@Levels) AS level
              UNION ALL
              SELECT resolve_skills('CERTIFICATE', @CertificateNames, @CertificateKeys), unnest(@Compulsory), NULL) AS s
        ORDER BY skill, must DESC, level DESC NULLS LAST
        """;

    // A draft is opened on the day of its transition, not of its writing: the figures of a period go by opened_on. What is opened again is not before it was closed,
    // and brings a new end where the old one has passed.
    public const string Transition = """
        WITH day AS (SELECT coalesce(@HappenedOn, (now() AT TIME ZONE 'Asia/Shanghai')::date) AS happened),
        moved AS (
            UPDATE demand
            SET state = @To, opened_on = CASE WHEN state = 'DRAFT' THEN happened ELSE opened_on END, closed_on = CASE WHEN @To IN ('WITHDRAWN', 'EXPIRED') THEN happened END,
                valid_through = coalesce(@ValidThrough, valid_through)
            FROM day
            WHERE consortium_id = current_consortium() AND id = @Id AND state = ANY(@From) AND (state = 'DRAFT' OR opened_on <= happened)
              AND (@To <> 'OPEN' OR ((coalesce(@ValidThrough, valid_through) IS NULL OR coalesce(@ValidThrough, valid_through) >= happened) AND (closed_on IS NULL OR closed_on <= happened)))
            RETURNING consortium_id, id, state, happened)
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, note)
        SELECT consortium_id, id, happened, state, @Note FROM moved
        """;

    private static string Past(string sql) => sql.Replace("FROM demand d", "FROM demand_as_of(@AsOf) d", StringComparison.Ordinal)
        .Replace("FROM demand_skill x", "FROM demand_skill_as_of(@AsOf, d.consortium_id, d.id) x", StringComparison.Ordinal);
}
