using Matching.Service.Data;

namespace Matching.Service.Features.Introductions;

/// <summary>What stands still, and how far things came. Everybody's own introductions only: row-level security decides.</summary>
internal sealed class IntroductionFollowUpStore(TenantSession session)
{
    private const string PatienceSql = "SELECT suggested, contacted, applied, interviewed, offered FROM introduction_patience WHERE consortium_id = current_consortium()";

    private const string SetPatienceSql = """
        INSERT INTO introduction_patience (consortium_id, suggested, contacted, applied, interviewed, offered)
        VALUES (current_consortium(), @Suggested, @Contacted, @Applied, @Interviewed, @Offered)
        ON CONFLICT ON CONSTRAINT introduction_patience_pk DO UPDATE
        SET suggested = @Suggested, contacted = @Contacted, applied = @Applied, interviewed = @Interviewed, offered = @Offered
        """;

    private const string RemindersSql = """
        SELECT i.id, i.demand_id, d.title AS demand_title, i.graduate_id, g.reference AS graduate_reference, i.company_id, i.school_id, i.state, i.state_since,
               extract(day FROM now() - i.state_since)::int AS days
        FROM introduction i
        JOIN demand d ON d.consortium_id = i.consortium_id AND d.id = i.demand_id
        LEFT JOIN graduate g ON g.consortium_id = i.consortium_id AND g.id = i.graduate_id
        WHERE i.consortium_id = current_consortium() AND i.id > @After AND i.state NOT IN ('PLACED', 'DECLINED')
          AND now() - i.state_since >= make_interval(days => CASE i.state
              WHEN 'SUGGESTED' THEN @Suggested WHEN 'CONTACTED' THEN @Contacted WHEN 'APPLIED' THEN @Applied WHEN 'INTERVIEWED' THEN @Interviewed ELSE @Offered END)
        ORDER BY i.id
        LIMIT @Take + 1
        """;

    // Steps may be left out, so whoever came to one came past those before it; what was declined got as far as its furthest step.
    private const string FunnelSql = """
        WITH reached AS (
            SELECT CASE @By WHEN 'demand' THEN i.demand_id::text WHEN 'company' THEN i.company_id::text WHEN 'school' THEN i.school_id::text
                            WHEN 'occupation' THEN left(d.occupation_code, 4) END AS grouped,
                   i.state,
                   (SELECT max(array_position(ARRAY['SUGGESTED', 'CONTACTED', 'APPLIED', 'INTERVIEWED', 'OFFERED', 'PLACED'], e.state))
                    FROM introduction_event e WHERE e.consortium_id = i.consortium_id AND e.introduction_id = i.id) AS step
            FROM introduction i
            JOIN demand d ON d.consortium_id = i.consortium_id AND d.id = i.demand_id
            WHERE i.consortium_id = current_consortium()
              AND (@From::date IS NULL OR (i.created_at AT TIME ZONE 'Asia/Shanghai')::date >= @From)
              AND (@To::date IS NULL OR (i.created_at AT TIME ZONE 'Asia/Shanghai')::date <= @To))
        SELECT grouped AS "group", count(*)::int AS suggested, count(*) FILTER (WHERE step >= 2)::int AS contacted, count(*) FILTER (WHERE step >= 3)::int AS applied,
               count(*) FILTER (WHERE step >= 4)::int AS interviewed, count(*) FILTER (WHERE step >= 5)::int AS offered, count(*) FILTER (WHERE step >= 6)::int AS placed,
               count(*) FILTER (WHERE state = 'DECLINED')::int AS declined
        FROM reached
        GROUP BY grouped
        ORDER BY length(grouped), grouped
        """;

    public async Task<IntroductionPatience> PatienceAsync(CancellationToken ct) => await session.FindAsync<IntroductionPatience>(PatienceSql, null, ct) ?? new();

    public Task SetPatienceAsync(IntroductionPatience patience, CancellationToken ct) => session.ExecuteAsync(SetPatienceSql, patience, ct);

    public async Task<IReadOnlyList<IntroductionReminder>> RemindersAsync(ReminderQuery query, CancellationToken ct)
    {
        var p = await PatienceAsync(ct);
        var rows = await session.QueryAsync<StandingStill>(
            RemindersSql, new { After = query.After?.Id ?? 0, p.Suggested, p.Contacted, p.Applied, p.Interviewed, p.Offered, query.Take }, ct);
        return [.. rows.Select(row => row.ToReminder())];
    }

    public Task<IReadOnlyList<FunnelRow>> FunnelAsync(FunnelQuery query, CancellationToken ct) => session.QueryAsync<FunnelRow>(FunnelSql, new { query.From, query.To, query.By }, ct);

    private sealed record StandingStill(
        long Id, long DemandId, string DemandTitle, long GraduateId, string? GraduateReference, long CompanyId, long SchoolId, string State, DateTime StateSince, int Days)
    {
        public IntroductionReminder ToReminder() => new(
            Id, DemandId, DemandTitle, GraduateId, GraduateReference, CompanyId, SchoolId, State, StateSince, Days, IntroductionStates.WaitsFor(State));
    }
}
