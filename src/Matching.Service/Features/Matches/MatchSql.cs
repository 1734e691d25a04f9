namespace Matching.Service.Features.Matches;

/// <summary>What scoring reads of demands, graduates and skills: one statement per kind, whether for a whole consortium or for the rows of a page.</summary>
internal static class MatchSql
{
    // Open, with a seat left and within its validity.
    private const string HasSeats = """
        d.state = 'OPEN' AND d.filled < d.headcount AND (d.valid_through IS NULL OR d.valid_through >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
        """;

    /// <summary>Whether people can be matched with the demand <c>d</c>: open, no copy, not for teachers.</summary>
    public const string IsMatched = $"{HasSeats} AND d.kind <> 'TEACHER_PRACTICE' AND d.canonical_id IS NULL";

    /// <summary>Whether the graduate <c>g</c> looks for work: without a destination, or with 待就业.</summary>
    public const string IsSeeking = """
        NOT EXISTS (SELECT FROM placement x WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id) AND x.ended_on IS NULL AND x.destination_kind <> 'SEEKING')
        """;

    private const string Demand = $$"""
        SELECT d.id, d.organization_id, o.name AS organization_name, d.title, d.occupation_code, d.major_codes, d.education_code, d.region_code, d.region_binding,
               d.wage_min, d.wage_max, d.starts_on, d.headcount - d.filled AS seats_left, ({{HasSeats}}) AS has_seats,
               (coalesce((c.settings ->> 'memberPriority')::boolean, false) AND o.member_since IS NOT NULL) AS priority, d.updated_at,
               a.skill_ids, a.musts, a.levels, a.are_certificates
        FROM demand d
        JOIN organization o ON (o.consortium_id, o.id) = (d.consortium_id, d.organization_id)
        JOIN consortium c ON c.id = d.consortium_id
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(x.skill_id ORDER BY x.skill_id), '{}') AS skill_ids, coalesce(array_agg(x.must ORDER BY x.skill_id), '{}') AS musts,
                   coalesce(array_agg(coalesce(x.level, 0) ORDER BY x.skill_id), '{}') AS levels,
                   coalesce(array_agg(s.kind = 'CERTIFICATE' ORDER BY x.skill_id), '{}') AS are_certificates
            FROM demand_skill x JOIN skill s ON s.id = x.skill_id
            WHERE (x.consortium_id, x.demand_id) = (d.consortium_id, d.id)) a
        WHERE d.consortium_id = current_consortium()
        """;

    private const string Open = $"{Demand} AND {IsMatched}";

    private const string Graduate = """
        SELECT g.id, g.school_id, o.name AS school_name, p.name AS program_name, p.major_code, g.reference, g.cohort,
               coalesce(g.education_code, p.education_code) AS education_code, coalesce(g.available_from, g.graduates_on) AS available_from,
               g.wished_occupations, ARRAY(SELECT x.occupation_code FROM program_occupation x
                                           WHERE (x.consortium_id, x.program_id) = (p.consortium_id, p.id) ORDER BY x.occupation_code) AS served_occupations,
               g.wished_regions, g.any_region, g.wage_wish, g.skills_complete, g.certificates_complete, g.consent, g.updated_at,
               a.skill_ids, a.evidence, a.levels, a.are_certificates,
               ARRAY(SELECT x.company_id FROM graduate_order_class x WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id) ORDER BY x.company_id) AS companies
        FROM graduate g
        JOIN program p ON (p.consortium_id, p.id) = (g.consortium_id, g.program_id)
        JOIN organization o ON (o.consortium_id, o.id) = (g.consortium_id, g.school_id)
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(x.skill_id ORDER BY x.skill_id), '{}') AS skill_ids, coalesce(array_agg(x.evidence ORDER BY x.skill_id), '{}') AS evidence,
                   coalesce(array_agg(coalesce(x.level, 0) ORDER BY x.skill_id), '{}') AS levels,
                   coalesce(array_agg(s.kind = 'CERTIFICATE' ORDER BY x.skill_id), '{}') AS are_certificates
            FROM graduate_skill x JOIN skill s ON s.id = x.skill_id
            WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id)) a
        WHERE g.consortium_id = current_consortium()
        """;

    private const string Seeking = $"{Graduate} AND {IsSeeking}";

    /// <summary>Demands that people can be matched with: open, no copies, not for teachers.</summary>
    public const string OpenDemands = $"{Open} ORDER BY d.id";

    /// <summary>Those of them that are still open; the others are missing.</summary>
    public const string OpenDemandsById = $"{Open} AND d.id = ANY(@Ids)";

    public const string DemandsById = $"{Demand} AND d.id = ANY(@Ids) ORDER BY d.id";

    /// <summary>Graduates who look for work: without a destination, or with 待就业.</summary>
    public const string SeekingGraduates = $"{Seeking} AND (NOT @ConsentedOnly OR g.consent) ORDER BY g.id";

    /// <summary>Those of them who still look for work; the others are missing.</summary>
    public const string SeekingGraduatesById = $"{Seeking} AND g.id = ANY(@Ids)";

    public const string GraduatesById = $"{Graduate} AND g.id = ANY(@Ids) AND (NOT @ConsentedOnly OR g.consent) ORDER BY g.id";

    public const string BroaderSkills = "SELECT id, broader_id FROM skill WHERE broader_id IS NOT NULL";

    public const string SkillNames = "SELECT id, name FROM skill WHERE id = ANY(@Ids)";
}
