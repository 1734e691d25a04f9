using System.Globalization;

namespace Matching.Service.Features.Matches;

/// <summary>
/// What a run reads, as queries for COPY: lists of codes joined by commas, a row's skills as eight bytes each in one value. Packing them here took 6.5 µs of the server
/// a graduate of fifteen skills; as rows of their own they took 8.4, and the client had to merge them.
/// </summary>
internal static class MatchCopySql
{
    /// <summary>Reading a million rows may take longer than a request's statement; the piece's lease watches over it.</summary>
    public const string Settings = "SELECT set_config('statement_timeout', '1800000', true)";

    public const string Certificates = "SELECT id FROM skill WHERE kind = 'CERTIFICATE'";

    public const string Programs = """
        SELECT p.id, p.major_code, p.education_code, coalesce(string_agg(x.occupation_code, ',' ORDER BY x.occupation_code), '') AS served
        FROM program p LEFT JOIN program_occupation x ON (x.consortium_id, x.program_id) = (p.consortium_id, p.id)
        WHERE p.consortium_id = current_consortium()
        GROUP BY p.consortium_id, p.id
        """;

    public const string OrderClasses = """
        SELECT graduate_id, company_id FROM graduate_order_class WHERE consortium_id = current_consortium() AND graduate_id BETWEEN @From AND @To ORDER BY graduate_id, company_id
        """;

    /// <summary>A skill: its id, three bits of level (0: any), one of must.</summary>
    public static string Demands(MatchRange range) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT d.id,
               (SELECT string_agg(int8send(x.skill_id * 16 + coalesce(x.level, 0) * 2 + x.must::integer), '')
                FROM demand_skill x WHERE x.consortium_id = current_consortium() AND x.demand_id = d.id),
               d.organization_id, d.occupation_code, array_to_string(d.major_codes, ','), d.education_code, d.region_code, d.region_binding, d.wage_max, d.starts_on,
               o.member_since IS NOT NULL AND coalesce((SELECT (c.settings ->> 'memberPriority')::boolean FROM consortium c WHERE c.id = current_consortium()), false)
        FROM demand d JOIN organization o ON (o.consortium_id, o.id) = (d.consortium_id, d.organization_id)
        WHERE d.consortium_id = current_consortium() AND {MatchSql.IsMatched} AND d.id BETWEEN {range.From} AND {range.To}
        ORDER BY d.id
        """);

    /// <summary>A skill: its id, three bits of level (0: not said) and two of evidence.</summary>
    public static string Graduates(MatchRange range, bool consentedOnly) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT g.id, g.program_id,
               (SELECT string_agg(int8send(x.skill_id * 32 + coalesce(x.level, 0) * 4
                                           + CASE x.evidence WHEN 'CERTIFICATE' THEN 3 WHEN 'COURSE' THEN 2 WHEN 'INTERNSHIP' THEN 1 ELSE 0 END), '')
                FROM graduate_skill x WHERE x.consortium_id = current_consortium() AND x.graduate_id = g.id),
               g.education_code, coalesce(g.available_from, g.graduates_on), array_to_string(g.wished_occupations, ','), array_to_string(g.wished_regions, ','),
               g.any_region, g.wage_wish, g.skills_complete, g.certificates_complete
        FROM graduate g
        WHERE g.consortium_id = current_consortium() AND {MatchSql.IsSeeking} AND (g.consent OR NOT {consentedOnly}) AND g.id BETWEEN {range.From} AND {range.To}
        ORDER BY g.id
        """);
}
