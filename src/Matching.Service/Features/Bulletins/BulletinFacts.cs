using Matching.Engine.Indicators;
using Matching.Service.Data;

namespace Matching.Service.Features.Bulletins;

/// <summary>What a programme shows in a bulletin.</summary>
internal sealed record ProgramFact(long Id, string Name, string School, IReadOnlyList<SeekerFact> Seekers, long Graduates, long Placed);

/// <summary>What of a period's demand is not counted, or not in full.</summary>
/// <param name="Copies">重复发布: postings that repeat a counted one.</param>
/// <param name="Agency">劳务中介岗位: seats of labour agencies, persons.</param>
/// <param name="Capped">Demands whose headcount is beyond the company's size.</param>
/// <param name="Cut">By how many seats they were cut together, persons.</param>
internal sealed record LeftOut(long Copies, long Agency, long Capped, long Cut);

/// <summary>Everything a bulletin is made of, read once and at one moment; about 100 bytes a demand and a seeker.</summary>
internal sealed record BulletinFacts(
    IReadOnlyList<DemandFact> Demands, IReadOnlyList<SeekerFact> Seekers, IReadOnlyList<ProgramFact> Programs, IReadOnlyDictionary<long, string> Clusters,
    IReadOnlyDictionary<string, int> OtherKinds, LeftOut LeftOut, int Companies, int Schools)
{
    // Every posting of what counts, copies with the demand they repeat: which of them is counted depends on the period. The company's own first, then the earliest.
    private const string DemandsSql = """
        SELECT coalesce(d.canonical_id, d.id) AS demand, d.id, d.headcount, d.opened_on, d.closed_on, c.cap, k.occupation_code, left(k.education_code, 1) AS education, k.cluster_id
        FROM demand d
        JOIN demand_counting c ON (c.consortium_id, c.id) = (d.consortium_id, d.id) AND c.of_interest
        JOIN demand k ON (k.consortium_id, k.id) = (d.consortium_id, coalesce(d.canonical_id, d.id))
        WHERE d.consortium_id = current_consortium() AND d.kind IN ('EMPLOYMENT', 'ORDER_CLASS') AND d.opened_on <= @End
        ORDER BY demand, d.source <> 'COMPANY', d.opened_on, d.id
        """;

    // Changes of headcount after the period too: what was asked for then is today's headcount without them.
    private const string ChangesSql = """
        SELECT demand_id, happened_on, filled_delta, headcount_delta FROM demand_event
        WHERE consortium_id = current_consortium() AND (headcount_delta <> 0 OR (filled_delta <> 0 AND happened_on <= @End))
        """;

    private const string GapsSql = """
        SELECT demand_id, closed, reopened
        FROM (SELECT demand_id, state, happened_on AS reopened, lag(state) OVER w AS before, lag(happened_on) OVER w AS closed
              FROM demand_event WHERE consortium_id = current_consortium() WINDOW w AS (PARTITION BY demand_id ORDER BY id)) e
        WHERE state IN ('OPEN', 'PAUSED') AND before IN ('FILLED', 'WITHDRAWN', 'EXPIRED')
        """;

    private const string LeftOutSql = """
        SELECT count(*) FILTER (WHERE c.of_interest AND d.canonical_id IS NOT NULL) AS copies,
               coalesce(sum(d.headcount) FILTER (WHERE c.agency AND d.canonical_id IS NULL), 0)::bigint AS agency,
               count(*) FILTER (WHERE c.counts AND c.capped) AS capped,
               coalesce(sum(d.headcount - c.cap) FILTER (WHERE c.counts AND c.capped), 0)::bigint AS cut
        FROM demand d
        JOIN demand_counting c ON (c.consortium_id, c.id) = (d.consortium_id, d.id)
        WHERE d.consortium_id = current_consortium() AND d.state <> 'DRAFT' AND d.kind IN ('EMPLOYMENT', 'ORDER_CLASS')
          AND d.opened_on <= @End AND (d.closed_on IS NULL OR d.closed_on >= @Start)
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
        SELECT d.kind, sum(c.counted_headcount)::int FROM demand d
        JOIN demand_counting c ON (c.consortium_id, c.id) = (d.consortium_id, d.id) AND c.counts
        WHERE d.consortium_id = current_consortium() AND d.kind NOT IN ('EMPLOYMENT', 'ORDER_CLASS')
          AND d.opened_on <= @End AND (d.closed_on IS NULL OR d.closed_on >= @Start)
        GROUP BY d.kind
        """;

    private const string OrganizationsSql = """
        SELECT (count(*) FILTER (WHERE kind = 'COMPANY'))::int, (count(*) FILTER (WHERE kind = 'SCHOOL'))::int
        FROM organization WHERE consortium_id = current_consortium() AND state = 'ACTIVE'
        """;

    // The session is repeatable read, so that all tables show one moment.
    public static async Task<BulletinFacts> LoadAsync(TenantSession session, Period period, CancellationToken ct)
    {
        var args = new { period.Start, period.End };
        var demands = await LoadDemandsAsync(session, args, ct);
        var graduates = await session.QueryAsync<SeekerRow>(GraduatesSql, args, ct);
        var seekers = await session.QueryAsync<SeekerRow>(SeekersSql, args, ct);
        var programs = await session.QueryAsync<ProgramRow>(ProgramsSql, args, ct);
        var byProgram = graduates.ToLookup(row => row.ProgramId);
        var (companies, schools) = await session.FindAsync<(int, int)>(OrganizationsSql, args, ct);
        return new(
            demands,
            [.. graduates.Concat(seekers).Select(row => row.Fact)],
            [.. programs.Select(row => new ProgramFact(row.Id, row.Name, row.School, [.. byProgram[row.Id].Select(seeker => seeker.Fact)], row.Graduates, row.Placed))],
            (await session.QueryAsync<(long Id, string Name)>(ClustersSql, args, ct)).ToDictionary(),
            (await session.QueryAsync<(string Kind, int Headcount)>(OtherKindsSql, args, ct)).ToDictionary(),
            await session.FindAsync<LeftOut>(LeftOutSql, args, ct) ?? new(0, 0, 0, 0), companies, schools);
    }

    private static async Task<IReadOnlyList<DemandFact>> LoadDemandsAsync(TenantSession session, object args, CancellationToken ct)
    {
        var changes = (await session.QueryAsync<(long Demand, DateOnly Day, int Filled, int Headcount)>(ChangesSql, args, ct)).ToLookup(change => change.Demand);
        var gaps = (await session.QueryAsync<(long Demand, DateOnly Closed, DateOnly Reopened)>(GapsSql, args, ct)).ToLookup(gap => gap.Demand, gap => (gap.Closed, gap.Reopened));
        var rows = await session.QueryAsync<DemandRow>(DemandsSql, args, ct);
        return [.. rows.GroupBy(row => row.Demand).Select(demand => new DemandFact(
            [.. demand.Select(row => new DemandPosting(
                row.Headcount, row.OpenedOn, row.ClosedOn, [.. changes[row.Id].Where(change => change.Filled != 0).Select(change => (change.Day, change.Filled))],
                [.. changes[row.Id].Where(change => change.Headcount != 0).Select(change => (change.Day, change.Headcount))], [.. gaps[row.Id]], row.Cap))],
            demand.First().OccupationCode, demand.First().Education?[0], demand.First().ClusterId))];
    }

    private sealed record DemandRow(
        long Demand, long Id, int Headcount, DateOnly OpenedOn, DateOnly? ClosedOn, int Cap, string? OccupationCode, string? Education, long? ClusterId);

    private sealed record SeekerRow(long? ProgramId, DateOnly LooksFrom, DateOnly? LooksUntil, string? OccupationCode, string? Education)
    {
        public SeekerFact Fact => new(LooksFrom, LooksUntil, OccupationCode, Education?[0]);
    }

    private sealed record ProgramRow(long Id, string Name, string School, long Graduates, long Placed);
}
