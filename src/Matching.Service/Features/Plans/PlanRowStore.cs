using Matching.Service.Data;

namespace Matching.Service.Features.Plans;

/// <summary>A plan's rows. Which of them a caller sees is said by the policies; a company meets only graduates who agree to be shown.</summary>
internal sealed class PlanRowStore(TenantSession session)
{
    private const string AssignmentsSql = """
        SELECT a.graduate_id, g.reference AS graduate_reference, a.school_id, p.name AS program_name, a.demand_id, d.title AS demand_title, a.company_id,
               round(a.points / 100.0, 2) AS points, a.verdict, a.choice, a.order_class
        FROM plan_assignment a
        JOIN graduate g ON (g.consortium_id, g.id) = (a.consortium_id, a.graduate_id)
        JOIN program p ON (p.consortium_id, p.id) = (g.consortium_id, g.program_id)
        JOIN demand d ON (d.consortium_id, d.id) = (a.consortium_id, a.demand_id)
        WHERE a.consortium_id = current_consortium() AND a.plan_id = @Plan AND a.graduate_id > @After
          AND (@SchoolId::bigint IS NULL OR a.school_id = @SchoolId)
          AND (@CompanyId::bigint IS NULL OR a.company_id = @CompanyId)
          AND (@DemandId::bigint IS NULL OR a.demand_id = @DemandId)
        ORDER BY a.graduate_id LIMIT @Take + 1
        """;

    private const string GraduatesSql = """
        SELECT u.graduate_id, g.reference AS graduate_reference, u.school_id, p.name AS program_name, u.reason
        FROM plan_unmatched_graduate u
        JOIN graduate g ON (g.consortium_id, g.id) = (u.consortium_id, u.graduate_id)
        JOIN program p ON (p.consortium_id, p.id) = (g.consortium_id, g.program_id)
        WHERE u.consortium_id = current_consortium() AND u.plan_id = @Plan AND u.graduate_id > @After
          AND (@SchoolId::bigint IS NULL OR u.school_id = @SchoolId)
          AND (@Reason::text IS NULL OR u.reason = @Reason)
        ORDER BY u.graduate_id LIMIT @Take + 1
        """;

    private const string DemandsSql = """
        SELECT u.demand_id, d.title AS demand_title, u.company_id, u.seats, u.seats_left, u.listed, u.reason
        FROM plan_unmatched_demand u
        JOIN demand d ON (d.consortium_id, d.id) = (u.consortium_id, u.demand_id)
        WHERE u.consortium_id = current_consortium() AND u.plan_id = @Plan AND u.demand_id > @After
          AND (@CompanyId::bigint IS NULL OR u.company_id = @CompanyId)
          AND (@Reason::text IS NULL OR u.reason = @Reason)
        ORDER BY u.demand_id LIMIT @Take + 1
        """;

    public Task<IReadOnlyList<PlanAssignment>> AssignmentsAsync(long plan, PlanRowQuery query, CancellationToken ct) => session.QueryAsync<PlanAssignment>(
        AssignmentsSql, new { Plan = plan, After = query.After?.Id ?? 0, query.SchoolId, query.CompanyId, query.DemandId, query.Take }, ct);

    public async Task<IReadOnlyList<UnmatchedGraduate>> GraduatesAsync(long plan, UnmatchedQuery query, CancellationToken ct) =>
        [.. (await session.QueryAsync<GraduateRow>(GraduatesSql, new { Plan = plan, After = query.After?.Id ?? 0, query.SchoolId, query.Reason, query.Take }, ct))
            .Select(row => new UnmatchedGraduate(row.GraduateId, row.GraduateReference, row.SchoolId, row.ProgramName, row.Reason, PlanTexts.OfGraduate(row.Reason)))];

    public async Task<IReadOnlyList<UnmatchedDemand>> DemandsAsync(long plan, UnmatchedQuery query, CancellationToken ct) =>
        [.. (await session.QueryAsync<DemandRow>(DemandsSql, new { Plan = plan, After = query.After?.Id ?? 0, query.CompanyId, query.Reason, query.Take }, ct))
            .Select(row => new UnmatchedDemand(row.DemandId, row.DemandTitle, row.CompanyId, row.Seats, row.SeatsLeft, row.Listed, row.Reason, PlanTexts.OfDemand(row.Reason)))];

    private sealed record GraduateRow(long GraduateId, string GraduateReference, long SchoolId, string ProgramName, string Reason);

    private sealed record DemandRow(long DemandId, string DemandTitle, long CompanyId, int Seats, int SeatsLeft, int Listed, string Reason);
}
