namespace Matching.Service.Features.Plans;

/// <summary>What a plan is computed from. The lists are those of the matches (match_of_graduate, match_of_demand), the conditions of who is matched theirs too.</summary>
internal static class PlanSql
{
    public const string Schools = """
        SELECT id, region_code, member_since IS NOT NULL AS member FROM organization WHERE consortium_id = current_consortium() AND kind = 'SCHOOL'
        """;

    public const string Demands = """
        SELECT d.id, d.headcount - d.filled AS seats, d.organization_id AS company_id, o.member_since IS NOT NULL AS member, d.region_code, d.occupation_code, d.updated_at
        FROM demand d JOIN organization o ON (o.consortium_id, o.id) = (d.consortium_id, d.organization_id)
        WHERE d.consortium_id = current_consortium() AND d.state = 'OPEN' AND d.filled < d.headcount AND d.canonical_id IS NULL AND d.kind = ANY(@Kinds)
          AND (d.valid_through IS NULL OR d.valid_through >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
          AND (@Region::text IS NULL OR starts_with(d.region_code, regexp_replace(@Region, '(00)+$', '')))
        ORDER BY d.id
        """;

    /// <summary>Graduates who look for work, each with his list, null where no run has reached him. Read row by row: there may be a million.</summary>
    public const string Graduates = """
        SELECT g.id, g.school_id, g.origin_region_code, g.wished_occupations,
               ARRAY(SELECT x.company_id FROM graduate_order_class x WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id)) AS companies,
               m.matches, m.computed_at, m.weights_version, g.updated_at > m.computed_at AS stale
        FROM graduate g LEFT JOIN match_of_graduate m ON (m.consortium_id, m.graduate_id) = (g.consortium_id, g.id)
        WHERE g.consortium_id = current_consortium() AND ($1::int IS NULL OR g.cohort = $1) AND ($2::bigint IS NULL OR g.school_id = $2)
          AND NOT EXISTS (SELECT FROM placement x WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id) AND x.ended_on IS NULL AND x.destination_kind <> 'SEEKING')
        ORDER BY g.id
        """;

    /// <summary>The demands' own lists: they hold graduates whom the graduate's own list, cut at its length, leaves out.</summary>
    public const string DemandLists = """
        SELECT demand_id, matches, computed_at, weights_version FROM match_of_demand WHERE consortium_id = current_consortium()
        """;
}
