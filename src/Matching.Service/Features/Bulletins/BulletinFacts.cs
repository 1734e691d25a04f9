using Matching.Engine.Indicators;
using Matching.Service.Data;

namespace Matching.Service.Features.Bulletins;

/// <summary>What a programme shows in a bulletin.</summary>
internal sealed record ProgramFact(long Id, string Name, string School, IReadOnlyList<SeekerFact> Seekers, long Graduates, long Placed);

/// <summary>Everything a bulletin is made of, read once and at one moment; about 100 bytes a demand and a seeker.</summary>
internal sealed record BulletinFacts(
    IReadOnlyList<DemandFact> Demands, IReadOnlyList<SeekerFact> Seekers, IReadOnlyList<ProgramFact> Programs, IReadOnlyDictionary<long, string> Clusters,
    IReadOnlyDictionary<string, int> OtherKinds, int Companies, int Schools)
{
    // Drafts were never a demand, and copies are counted once through their canonical row.
    private const string DemandsSql = """
        SELECT d.id, d.headcount, d.opened_on, d.closed_on, d.occupation_code, left(d.education_code, 1) AS education, d.cluster_id
        FROM demand d
        WHERE d.consortium_id = current_consortium() AND d.state <> 'DRAFT' AND d.canonical_id IS NULL AND d.kind IN ('EMPLOYMENT', 'ORDER_CLASS') AND d.opened_on <= @End
        """;

    private const string FillsSql = """
        SELECT demand_id, happened_on, filled_delta FROM demand_event
        WHERE consortium_id = current_consortium() AND filled_delta <> 0 AND happened_on <= @End
        """;

    // A graduate looks for work from when he is free until he has a destination; 待就业 is none. Wish first, else the programme's heaviest occupation.
    private const string GraduatesSql = """
        SELECT g.program_id, coalesce(g.available_from, g.graduates_on) AS looks_from,
               (SELECT min(p.placed_on) FROM placement p WHERE (p.consortium_id, p.graduate_id) = (g.consortium_id, g.id) AND p.destination_kind <> 'SEEKING') AS looks_until,
               coalesce(g.wished_occupations[1],
                   (SELECT o.occupation_code FROM program_occupation o WHERE (o.consortium_id, o.program_id) = (g.consortium_id, g.program_id)
                    ORDER BY o.weight DESC, o.occupation_code LIMIT 1)) AS occupation_code,
               left(coalesce(g.education_code, pr.education_code), 1) AS education
        FROM graduate g
        JOIN program pr ON (pr.consortium_id, pr.id) = (g.consortium_id, g.program_id)
        WHERE g.consortium_id = current_consortium() AND coalesce(g.available_from, g.graduates_on) <= @End
        """;

    private const string SeekersSql = """
        SELECT NULL::bigint AS program_id, registered_on AS looks_from, closed_on AS looks_until, wished_occupations[1] AS occupation_code, left(education_code, 1) AS education
        FROM seeker WHERE consortium_id = current_consortium() AND registered_on <= @End
        """;

    // The latest cohort that has graduated by the end of the period.
    private const string ProgramsSql = """
        SELECT p.id, p.name, o.name AS school,
               count(g.id) FILTER (WHERE g.cohort = l.cohort) AS graduates,
               count(g.id) FILTER (WHERE g.cohort = l.cohort AND EXISTS (
                   SELECT FROM placement x JOIN reference_code k ON k.kind = 'DESTINATION' AND k.code = x.destination_kind AND k.level = 2 AND k.parent IN ('EMPLOYED', 'STUDY')
                   WHERE (x.consortium_id, x.graduate_id) = (g.consortium_id, g.id) AND x.placed_on <= @End AND (x.ended_on IS NULL OR x.ended_on > @End))) AS placed
        FROM program p
        JOIN organization o ON (o.consortium_id, o.id) = (p.consortium_id, p.school_id)
        CROSS JOIN (SELECT max(cohort) AS cohort FROM graduate WHERE consortium_id = current_consortium() AND graduates_on <= @End) AS l
        LEFT JOIN graduate g ON (g.consortium_id, g.program_id) = (p.consortium_id, p.id) AND g.graduates_on <= @End
        WHERE p.consortium_id = current_consortium()
        GROUP BY p.consortium_id, p.id, o.name
        ORDER BY o.name, p.name, p.id
        """;

    private const string ClustersSql = "SELECT id, name FROM industry_cluster WHERE consortium_id = current_consortium() ORDER BY id";

    private const string OtherKindsSql = """
        SELECT kind, sum(headcount)::int FROM demand
        WHERE consortium_id = current_consortium() AND state <> 'DRAFT' AND canonical_id IS NULL AND kind NOT IN ('EMPLOYMENT', 'ORDER_CLASS')
          AND opened_on <= @End AND (closed_on IS NULL OR closed_on >= @Start)
        GROUP BY kind
        """;

    private const string OrganizationsSql = """
        SELECT (count(*) FILTER (WHERE kind = 'COMPANY'))::int, (count(*) FILTER (WHERE kind = 'SCHOOL'))::int
        FROM organization WHERE consortium_id = current_consortium() AND state = 'ACTIVE'
        """;

    // The session is repeatable read, so that all tables show one moment.
    public static async Task<BulletinFacts> LoadAsync(TenantSession session, Period period, CancellationToken ct)
    {
        var args = new { period.Start, period.End };
        var fills = (await session.QueryAsync<(long Demand, DateOnly Day, int Count)>(FillsSql, args, ct)).ToLookup(fill => fill.Demand, fill => (fill.Day, fill.Count));
        var demands = await session.QueryAsync<DemandRow>(DemandsSql, args, ct);
        var graduates = await session.QueryAsync<SeekerRow>(GraduatesSql, args, ct);
        var seekers = await session.QueryAsync<SeekerRow>(SeekersSql, args, ct);
        var programs = await session.QueryAsync<ProgramRow>(ProgramsSql, args, ct);
        var byProgram = graduates.ToLookup(row => row.ProgramId);
        var (companies, schools) = await session.FindAsync<(int, int)>(OrganizationsSql, args, ct);
        return new(
            [.. demands.Select(row => new DemandFact(row.Headcount, row.OpenedOn, row.ClosedOn, [.. fills[row.Id]], row.OccupationCode, row.Education?[0], row.ClusterId))],
            [.. graduates.Concat(seekers).Select(row => row.Fact)],
            [.. programs.Select(row => new ProgramFact(row.Id, row.Name, row.School, [.. byProgram[row.Id].Select(seeker => seeker.Fact)], row.Graduates, row.Placed))],
            (await session.QueryAsync<(long Id, string Name)>(ClustersSql, args, ct)).ToDictionary(),
            (await session.QueryAsync<(string Kind, int Headcount)>(OtherKindsSql, args, ct)).ToDictionary(),
            companies, schools);
    }

    private sealed record DemandRow(long Id, int Headcount, DateOnly OpenedOn, DateOnly? ClosedOn, string? OccupationCode, string? Education, long? ClusterId);

    private sealed record SeekerRow(long? ProgramId, DateOnly LooksFrom, DateOnly? LooksUntil, string? OccupationCode, string? Education)
    {
        public SeekerFact Fact => new(LooksFrom, LooksUntil, OccupationCode, Education?[0]);
    }

    private sealed record ProgramRow(long Id, string Name, string School, long Graduates, long Placed);
}
