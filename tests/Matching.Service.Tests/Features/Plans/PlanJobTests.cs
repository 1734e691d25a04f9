using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Engine.Retrieval;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Plans;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Plans;

public class PlanJobTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string RowsSql = "SELECT graduate_id, demand_id, points, verdict, choice, order_class FROM plan_assignment WHERE plan_id = @plan ORDER BY graduate_id";

    [Fact]
    public async Task Plan_KeepsToListsAndSeats_IsStable_AndTheSameEveryTime()
    {
        var run = new PlanRun(api, "440303");
        var demands = await ArrangeAsync(run);
        await run.MatchAsync();

        var (one, two) = (await run.PlanAsync(), await run.PlanAsync());

        var rows = await RowsAsync(one.Plan.Id);
        Assert.NotEmpty(rows);
        Assert.Equal(rows, await RowsAsync(two.Plan.Id));
        Assert.Equal(one.Figures!.Outcomes, two.Figures!.Outcomes);
        Assert.All(one.Figures.Outcomes.Where(outcome => outcome.Objective == "STABLE"), outcome => Assert.Equal((0, 0), (outcome.BlockingPairs, outcome.Overfilled)));
        Assert.True(one.Figures.Outcomes[1].Points >= one.Figures.Outcomes[0].Points);
        Assert.All(rows.GroupBy(row => row.Demand), group => Assert.True(group.Count() <= demands[group.Key].Headcount));
        Assert.All(rows, row => Assert.Equal("PASS", row.Verdict));
        var listed = await ListedAsync();
        Assert.All(rows, row => Assert.Contains((row.Graduate, row.Demand, row.Points), listed));

        // Everybody is accounted for, on both sides.
        var graduates = await run.ListAsync<UnmatchedGraduate>(one.Plan.Id, "unmatched-graduates");
        var left = await run.ListAsync<UnmatchedDemand>(one.Plan.Id, "unmatched-demands");
        Assert.Equal(one.Figures.Graduates, rows.Length + graduates.Count);
        Assert.Equal(one.Figures.Seats, rows.Length + left.Sum(row => (long)row.SeatsLeft));
        Assert.All(left, row => Assert.Equal(demands[row.DemandId].Headcount - rows.Count(assigned => assigned.Demand == row.DemandId), row.SeatsLeft));
    }

    [Fact]
    public async Task Run_DoesNothing_WhenThePlanWasDeletedOrCancelled()
    {
        var run = new PlanRun(api, "440304");
        await run.DemandAsync(1);
        await run.MatchAsync();
        using var office = api.ClientAs("office");
        var (deleted, cancelled) = (await run.RequestAsync(), await run.RequestAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await office.DeleteAsync($"/api/v1/plans/{deleted.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.PostAsync($"/api/v1/job-runs/{cancelled.JobRunId}/cancel", null)).StatusCode);
        await WaitingWork.DrainAsync(api);

        Assert.Equal("CANCELLED", (await run.FindAsync(cancelled.Id)).Plan.State);
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        Assert.Equal("SUCCEEDED", await connection.ExecuteScalarAsync<string>("SELECT state FROM job_run WHERE id = @JobRunId", new { deleted.JobRunId }));
    }

    [Fact]
    public async Task Run_OfAFinishedPlan_ChangesNothing()
    {
        var run = new PlanRun(api, "440305");
        await run.DemandAsync(1, "company", "数控编程");
        await run.GraduateAsync(["数控编程"]);
        await run.MatchAsync();
        var plan = (await run.PlanAsync()).Plan;
        await WaitingWork.RunAsync(api, api.Data.First.Id, "plan", plan.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equivalent(plan, (await run.FindAsync(plan.Id)).Plan);
        Assert.Single(await RowsAsync(plan.Id));
    }

    [Fact]
    public async Task Run_RemovesWhatACutOffWorkerLeft_WhichOnlyTheOfficeCouldSee()
    {
        var run = new PlanRun(api, "440306");
        var demand = await run.DemandAsync(1, "company", "数控编程", "机械制图");
        var (better, left) = (await run.GraduateAsync(["数控编程", "机械制图"]), await run.GraduateAsync(["数控编程"]));
        await run.MatchAsync();
        var plan = await run.RequestAsync();
        await using (var worker = api.Database.Open(TenantContext.Job(api.Data.First.Id)))
        {
            await worker.ExecuteAsync(
                """
                INSERT INTO plan_assignment (consortium_id, plan_id, graduate_id, demand_id, school_id, company_id, points, verdict, choice, order_class)
                SELECT current_consortium(), @Plan, g.id, d.id, g.school_id, d.organization_id, 1, 'PASS', 1, false FROM graduate g, demand d WHERE g.id = @Graduate AND d.id = @Demand
                """,
                new { Plan = plan.Id, Graduate = left.Id, Demand = demand.Id }, default);
            await worker.CommitAsync(default);
        }

        await using (var school = api.Database.Open(new TenantContext("school", api.Data.First.Id, api.Data.First.Organizations["school"])))
        {
            Assert.Equal(0, await school.FindAsync<int>("SELECT count(*)::int FROM plan_assignment WHERE plan_id = @Id", new { plan.Id }, default));
        }

        await WaitingWork.DrainAsync(api);

        Assert.Equal([(better.Id, demand.Id)], await run.AssignedAsync(plan.Id, "school"));
    }

    [Fact]
    public async Task Plan_TakesWhatIsOpenNow_AndSaysHowManyListsAreOld()
    {
        var run = new PlanRun(api, "440307");
        var (open, closed) = (await run.DemandAsync(1, "company", "数控编程"), await run.DemandAsync(1, "company", "数控编程"));
        var graduate = await run.GraduateAsync(["数控编程"]);
        await run.MatchAsync();
        using var company = api.ClientAs("company");
        using var school = api.ClientAs("school");
        await HttpAssert.BodyAsync<Demand>(await company.PostAsJsonAsync($"/api/v1/demands/{closed.Id}/transitions", new DemandTransition("WITHDRAWN")));
        var body = ApiData.NewGraduate(graduate.ProgramId) with { Reference = graduate.Reference, Cohort = graduate.Cohort };
        Assert.Equal(HttpStatusCode.OK, (await school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{graduate.Id}", graduate.Version, body))).StatusCode);

        var plan = await run.PlanAsync();

        Assert.Equal((1, 1), (plan.Figures!.Demands, plan.Figures.StaleLists));
        Assert.Equal([(graduate.Id, open.Id)], await run.AssignedAsync(plan.Plan.Id));
    }

    [Fact]
    public async Task DemandsList_BringsGraduates_WhomTheirOwnShortListLeavesOut()
    {
        var run = new PlanRun(api, "440308");
        var (liked, other) = (await run.DemandAsync(1, "company", "数控编程", "机械制图"), await run.DemandAsync(1, "company", "焊接"));
        var (first, second) = (await run.GraduateAsync(["数控编程", "机械制图"]), await run.GraduateAsync(["数控编程", "焊接"]));
        await run.MatchAsync();

        // One entry of each list: the second graduate's is the one he loses; the other demand names him.
        Assert.Equal([(first.Id, liked.Id), (second.Id, other.Id)], await run.AssignedAsync((await run.PlanAsync(k: 1)).Plan.Id));
    }

    private static async Task<Dictionary<long, Demand>> ArrangeAsync(PlanRun run)
    {
        var random = new Random(20261125);
        string[] skills = ["数控编程", "机械制图", "PLC", "焊接", "钳工"];
        var demands = new Dictionary<long, Demand>();
        for (var i = 0; i < 8; i++)
        {
            var demand = await run.DemandAsync(1 + random.Next(2), i % 2 == 0 ? "company" : "company2", Some());
            demands.Add(demand.Id, demand);
        }

        for (var i = 0; i < 20; i++)
        {
            await run.GraduateAsync(Some(), i % 3 == 0 ? "school2" : "school", graduate => graduate with { Consent = i % 7 != 5 });
        }

        return demands;

        string[] Some() => [.. skills.Where(_ => random.Next(2) == 0)];
    }

    private async Task<(long Graduate, long Demand, int Points, string Verdict, int Choice, bool OrderClass)[]> RowsAsync(long plan)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        return [.. await connection.QueryAsync<(long, long, int, string, int, bool)>(RowsSql, new { plan })];
    }

    private async Task<HashSet<(long Graduate, long Demand, int Points)>> ListedAsync()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var ofGraduates = await connection.QueryAsync<(long Id, byte[] Matches)>("SELECT graduate_id, matches FROM match_of_graduate");
        var ofDemands = await connection.QueryAsync<(long Id, byte[] Matches)>("SELECT demand_id, matches FROM match_of_demand");
        return
        [
            .. ofGraduates.SelectMany(row => PackedMatches.Unpack(row.Matches).Select(match => (row.Id, match.Id, match.Points))),
            .. ofDemands.SelectMany(row => PackedMatches.Unpack(row.Matches).Select(match => (match.Id, row.Id, match.Points))),
        ];
    }
}
