using System.Text.Json;
using Matching.Engine.Allocation;
using Matching.Engine.Scoring;
using Matching.Service.Jobs;
using Allocated = Matching.Engine.Allocation.Plan;

namespace Matching.Service.Features.Plans;

/// <summary>
/// Writes a computed plan, some thousands of rows a transaction, for a lease is not renewed while one is open; then the mark that freezes it. Until then nobody but the office sees
/// its rows, and whoever begins anew first removes what a cut-off worker left. Arrays, for COPY does not pass the policies.
/// </summary>
internal sealed class PlanSaving(JobShard shard, long plan, PlanInput input)
{
    private const int RowsAStatement = 20_000;

    // Whoever deletes a plan while it is computed waits for a statement or wins over it.
    private const string LockSql = "SELECT id FROM plan WHERE consortium_id = current_consortium() AND id = @Plan AND finished_at IS NULL FOR UPDATE";

    private const string ClearSql = """
        DELETE FROM plan_assignment WHERE consortium_id = current_consortium() AND plan_id = @Plan;
        DELETE FROM plan_unmatched_graduate WHERE consortium_id = current_consortium() AND plan_id = @Plan;
        DELETE FROM plan_unmatched_demand WHERE consortium_id = current_consortium() AND plan_id = @Plan;
        """;

    // A row deleted since it was read is left out rather than failing the run.
    private const string AssignmentsSql = """
        INSERT INTO plan_assignment (consortium_id, plan_id, graduate_id, demand_id, school_id, company_id, points, verdict, choice, order_class)
        SELECT current_consortium(), @Plan, n.graduate, n.demand, g.school_id, d.organization_id, n.points, n.verdict, n.choice, n.order_class
        FROM unnest(@Graduates, @Demands, @Points, @Verdicts, @Choices, @OrderClasses) AS n (graduate, demand, points, verdict, choice, order_class)
        JOIN graduate g ON g.consortium_id = current_consortium() AND g.id = n.graduate
        JOIN demand d ON d.consortium_id = current_consortium() AND d.id = n.demand
        """;

    private const string GraduatesSql = """
        INSERT INTO plan_unmatched_graduate (consortium_id, plan_id, graduate_id, school_id, reason)
        SELECT current_consortium(), @Plan, g.id, g.school_id, n.reason
        FROM unnest(@Graduates, @Reasons) AS n (graduate, reason) JOIN graduate g ON g.consortium_id = current_consortium() AND g.id = n.graduate
        """;

    private const string DemandsSql = """
        INSERT INTO plan_unmatched_demand (consortium_id, plan_id, demand_id, company_id, reason, seats, seats_left, listed)
        SELECT current_consortium(), @Plan, d.id, d.organization_id, n.reason, n.seats, n.seats_left, n.listed
        FROM unnest(@Demands, @Reasons, @Seats, @SeatsLeft, @Listed) AS n (demand, reason, seats, seats_left, listed)
        JOIN demand d ON d.consortium_id = current_consortium() AND d.id = n.demand
        """;

    private const string FinishSql = """
        UPDATE plan SET figures = @Figures::jsonb, snapshot_at = @SnapshotAt, lists_since = @ListsSince, weights_version = @WeightsVersion, finished_at = now()
        WHERE consortium_id = current_consortium() AND id = @Plan
        """;

    /// <summary>Ends early when the plan is deleted meanwhile, or finished already.</summary>
    public async Task SaveAsync(ComputedPlan computed, Func<int, int, Task> report, CancellationToken ct)
    {
        var (done, all) = (0, computed.Plan.Lists.GraduateCount + computed.Plan.Lists.Demands.Count);
        foreach (var (sql, args, rows) in Statements(computed))
        {
            await using var session = await shard.OpenAsync(ct);
            if (await session.FindAsync<long?>(LockSql, new { Plan = plan }, ct) is null)
            {
                return;
            }

            await session.ExecuteAsync(sql, args, ct);
            await session.CommitAsync(ct);
            await report(done += rows, all);
        }
    }

    private IEnumerable<(string Sql, object Args, int Rows)> Statements(ComputedPlan computed)
    {
        var figures = JsonSerializer.Serialize(computed.Figures, PlanStore.Json);
        var finish = new { Plan = plan, Figures = figures, input.SnapshotAt, input.ListsSince, input.WeightsVersion };
        return Assignments(computed.Plan).Concat(UnmatchedGraduates(computed.Plan)).Concat(UnmatchedDemands(computed.Plan))
            .Prepend((ClearSql, new { Plan = plan }, 0)).Append((FinishSql, finish, 0));
    }

    private IEnumerable<(string, object, int)> Assignments(Allocated allocated)
    {
        var lists = allocated.Lists;
        return Enumerable.Range(0, lists.GraduateCount).Where(graduate => allocated.Entry(graduate) != Allocated.None).Chunk(RowsAStatement).Select(rows => (AssignmentsSql, (object)new
        {
            Plan = plan,
            Graduates = Array.ConvertAll(rows, graduate => lists.GraduateIds[graduate]),
            Demands = Array.ConvertAll(rows, graduate => lists.Demands[allocated.Demand(graduate)].Id),
            Points = Array.ConvertAll(rows, graduate => lists.Points(allocated.Entry(graduate))),
            Verdicts = Array.ConvertAll(rows, graduate => lists.Verdict(allocated.Entry(graduate)) == Verdict.Pass ? "PASS" : "UNKNOWN"),
            Choices = Array.ConvertAll(rows, graduate => allocated.Entry(graduate) - lists.Start(graduate) + 1),
            OrderClasses = Array.ConvertAll(rows, graduate => lists.OrderClass(allocated.Entry(graduate))),
        }, rows.Length));
    }

    private IEnumerable<(string, object, int)> UnmatchedGraduates(Allocated allocated) =>
        UnmatchedReasons.OfGraduates(allocated).Chunk(RowsAStatement).Select(rows => (GraduatesSql, (object)new
        {
            Plan = plan,
            Graduates = Array.ConvertAll(rows, row => allocated.Lists.GraduateIds[row.Graduate]),
            Reasons = Array.ConvertAll(rows, row => PlanTexts.Of(row.Reason)),
        }, rows.Length));

    private IEnumerable<(string, object, int)> UnmatchedDemands(Allocated allocated) =>
        UnmatchedReasons.OfDemands(allocated).Chunk(RowsAStatement).Select(rows => (DemandsSql, (object)new
        {
            Plan = plan,
            Demands = Array.ConvertAll(rows, row => allocated.Lists.Demands[row.Demand].Id),
            Reasons = Array.ConvertAll(rows, row => PlanTexts.Of(row.Reason)),
            Seats = Array.ConvertAll(rows, row => allocated.Lists.Demands[row.Demand].Seats),
            SeatsLeft = Array.ConvertAll(rows, row => row.SeatsLeft),
            Listed = Array.ConvertAll(rows, row => row.Listed),
        }, rows.Length));
}
