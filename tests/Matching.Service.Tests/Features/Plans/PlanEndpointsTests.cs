using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Plans;
using Matching.Service.Http;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Features.Plans;

public class PlanEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.ClientAs("office");

    [Fact]
    public async Task Request_IsRefused_WhenItIsWrong()
    {
        (object Body, string Field)[] wrong =
        [
            (new { Title = "甲", K = 0 }, "k"), (new { Title = "甲", K = 51 }, "k"), (new { Title = "甲", Objective = "BEST" }, "objective"), (new { Title = " " }, "title"),
            (new { Title = "甲", Rules = new { LocalFirst = "VILLAGE" } }, "rules.localFirst"), (new { Title = "甲", Rules = new { OrderClassShare = 101 } }, "rules.orderClassShare"),
            (new { Title = "甲", Scope = new { Kinds = new[] { "TEACHER_PRACTICE" } } }, "scope.kinds"), (new { Title = "甲", Scope = new { RegionCode = "999999" } }, "scope.regionCode"),
        ];
        foreach (var (body, field) in wrong)
        {
            var problem = await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync("/api/v1/plans", body), HttpStatusCode.BadRequest, "invalid_request");
            Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        }

        var company = api.Data.First.Organizations["company"];
        await HttpAssert.ProblemAsync(
            await _office.PostAsJsonAsync("/api/v1/plans", new { Title = "甲", Scope = new { SchoolId = company } }), HttpStatusCode.BadRequest, "reference_not_found");
        using var second = api.ClientOf(api.Data.Second, "office");
        await HttpAssert.ProblemAsync(await second.PostAsJsonAsync("/api/v1/plans", new { Title = "甲" }), HttpStatusCode.Conflict, "no_matches");
    }

    [Fact]
    public async Task Plan_IsQueued_ThenDone_WithTheFiguresOfBothObjectivesAndOfPlainLists()
    {
        var run = new PlanRun(api, "440303");
        var demand = await run.DemandAsync(1, "company", "数控编程", "机械制图");
        var (better, worse) = (await run.GraduateAsync(["数控编程", "机械制图"]), await run.GraduateAsync(["数控编程"]));
        await run.MatchAsync();

        using var response = await _office.PostAsJsonAsync("/api/v1/plans", new { Title = "测算", run.Scope });
        var queued = await HttpAssert.BodyAsync<Plan>(response, HttpStatusCode.Accepted);
        Assert.Equal(("QUEUED", $"/api/v1/plans/{queued.Id}"), (queued.State, response.Headers.Location!.ToString()));
        Assert.Null((await run.FindAsync(queued.Id)).Figures);
        await WaitingWork.DrainAsync(api);
        var (plan, figures) = await run.FindAsync(queued.Id);

        Assert.Equal(("DONE", 1), (plan.State, plan.WeightsVersion));
        Assert.True(plan.ListsSince <= plan.SnapshotAt);
        Assert.Equal((2, 1, 1L, 2, 0), (figures!.Graduates, figures.Demands, figures.Seats, figures.Pairs, figures.StaleLists));
        Assert.Equal(["STABLE", "MAXIMUM_POINTS", "TOP_K"], figures.Outcomes.Select(outcome => outcome.Objective));
        Assert.Equal([(1, 0), (1, 0), (2, null)], figures.Outcomes.Select(outcome => (outcome.Names, outcome.BlockingPairs)));
        Assert.Equal([("GRADUATE", "LOST_TO_POINTS", 1)], figures.Unmatched.Select(count => (count.Side, count.Reason, count.Count)));

        Assert.Equal([(better.Id, demand.Id)], await run.AssignedAsync(plan.Id));
        var lost = Assert.Single(await run.ListAsync<UnmatchedGraduate>(plan.Id, "unmatched-graduates"));
        Assert.Equal((worse.Id, "名额由得分更高者取得（同分者编号在前）"), (lost.GraduateId, lost.ReasonName));
    }

    [Fact]
    public async Task OrderClass_GoesFirst_AsTheRulesSay()
    {
        var run = new PlanRun(api, "440304");
        var (demand, company) = (await run.DemandAsync(1, "company", "数控编程", "机械制图"), api.Data.First.Organizations["company"]);
        var stranger = await run.GraduateAsync(["数控编程", "机械制图"]);
        var ordered = await run.GraduateAsync([], with: graduate => graduate with { OrderClassCompanyIds = [company] });
        await run.MatchAsync();

        Assert.Equal([(ordered.Id, demand.Id)], await WhoAsync(null));
        Assert.Equal([(stranger.Id, demand.Id)], await WhoAsync(new { OrderClass = "NONE" }));
        Assert.Equal([(stranger.Id, demand.Id)], await WhoAsync(new { OrderClass = "MEMBERS" }));
        Assert.Equal([(stranger.Id, demand.Id)], await WhoAsync(new { OrderClassShare = 0 }));
        Assert.Equal([(ordered.Id, demand.Id)], await WhoAsync(new { OrderClassShare = 1 }));
        Assert.Equal([(stranger.Id, demand.Id)], await WhoAsync(null, "MAXIMUM_POINTS"));

        async Task<(long, long)[]> WhoAsync(object? rules, string objective = "STABLE") => await run.AssignedAsync((await run.PlanAsync(rules, objective)).Plan.Id);
    }

    [Fact]
    public async Task LocalAndMemberSchools_GoFirst_OnlyWhereTheRulesSaySo()
    {
        var run = new PlanRun(api, "440305");
        var demand = await run.DemandAsync(1, "company", "数控编程", "机械制图");
        var far = await run.GraduateAsync(["数控编程", "机械制图"], with: graduate => graduate with { OriginRegionCode = "110105" });
        var near = await run.GraduateAsync(["数控编程"], with: graduate => graduate with { OriginRegionCode = "440305" });
        var member = await run.GraduateAsync(["机械制图"], "school2");
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE organization SET member_since = '2026-01-01' WHERE id = @Id", new { Id = api.Data.First.Organizations["school2"] });
        await run.MatchAsync();

        Assert.Equal([(far.Id, demand.Id)], await WhoAsync(null));
        Assert.Equal([(near.Id, demand.Id)], await WhoAsync(new { LocalFirst = "COUNTY" }));
        Assert.Equal([(far.Id, demand.Id)], await WhoAsync(new { LocalFirst = "PREFECTURE" })); // every school is in the city
        Assert.Equal([(member.Id, demand.Id)], await WhoAsync(new { LocalFirst = "COUNTY", MemberSchoolsFirst = true }));

        var plan = (await run.PlanAsync(new { LocalFirst = "COUNTY" })).Plan;
        Assert.Equal(
            [(far.Id, "LOST_TO_PRIORITY"), (member.Id, "LOST_TO_POINTS")],
            (await run.ListAsync<UnmatchedGraduate>(plan.Id, "unmatched-graduates")).Select(row => (row.GraduateId, row.Reason)));
        await connection.ExecuteAsync("UPDATE organization SET member_since = NULL WHERE id = @Id", new { Id = api.Data.First.Organizations["school2"] });

        async Task<(long, long)[]> WhoAsync(object? rules) => await run.AssignedAsync((await run.PlanAsync(rules)).Plan.Id);
    }

    [Fact]
    public async Task Unknown_IsLeftOut_UnlessTheRulesAllowIt()
    {
        var run = new PlanRun(api, "440307");
        using var company = api.ClientAs("company");
        var demand = await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { RegionCode = "440307", Headcount = 2, Certificates = [new("特种作业操作证", true)] });
        var graduate = await run.GraduateAsync(["数控编程"], with: one => one with { Certificates = [] });
        await run.GraduateAsync(["数控编程"], with: one => one with { Certificates = [], CertificatesComplete = true });
        await run.MatchAsync();

        var strict = await run.PlanAsync();
        Assert.Empty(await run.AssignedAsync(strict.Plan.Id));
        Assert.Equal(["AWAITS_ANSWERS", "NOT_QUALIFIED"], (await run.ListAsync<UnmatchedGraduate>(strict.Plan.Id, "unmatched-graduates")).Select(row => row.Reason));
        var left = Assert.Single(await run.ListAsync<UnmatchedDemand>(strict.Plan.Id, "unmatched-demands"));
        Assert.Equal((demand.Id, "AWAITS_ANSWERS", 2, 2), (left.DemandId, left.Reason, left.Seats, left.SeatsLeft));

        // Who fails is never there.
        var wide = await run.PlanAsync(new { AllowUnknown = true });
        var assigned = Assert.Single(await run.ListAsync<PlanAssignment>(wide.Plan.Id, "assignments"));
        Assert.Equal((graduate.Id, "UNKNOWN", 1), (assigned.GraduateId, assigned.Verdict, assigned.Choice));
    }

    [Fact]
    public async Task Rows_AreSeenByTheOffice_TheirSchoolAndTheirCompany_OnConsent()
    {
        var run = new PlanRun(api, "440308");
        var (first, second) = (await run.DemandAsync(1, "company", "数控编程", "机械制图"), await run.DemandAsync(1, "company2", "焊接", "钳工"));
        var (agrees, silent) = (await run.GraduateAsync(["数控编程", "机械制图"]), await run.GraduateAsync(["焊接", "钳工"], with: graduate => graduate with { Consent = false }));
        var other = await run.GraduateAsync(["数控编程"], "school2");
        await run.MatchAsync();
        var plan = (await run.PlanAsync()).Plan;

        Assert.Equal([(agrees.Id, first.Id), (silent.Id, second.Id)], await run.AssignedAsync(plan.Id));
        Assert.Equal([(agrees.Id, first.Id), (silent.Id, second.Id)], await run.AssignedAsync(plan.Id, "school"));
        Assert.Empty(await run.AssignedAsync(plan.Id, "school2"));
        Assert.Equal([(agrees.Id, first.Id)], await run.AssignedAsync(plan.Id, "company"));
        Assert.Empty(await run.AssignedAsync(plan.Id, "company2"));
        Assert.Equal([other.Id], (await run.ListAsync<UnmatchedGraduate>(plan.Id, "unmatched-graduates", "school2")).Select(row => row.GraduateId));
        Assert.Empty(await run.ListAsync<UnmatchedGraduate>(plan.Id, "unmatched-graduates", "school"));

        // Past the routes, as the database sees it.
        Assert.Equal((1, 0), await VisibleAsync("company", plan.Id));
        Assert.Equal((0, 0), await VisibleAsync("company2", plan.Id));
        Assert.Equal((2, 0), await VisibleAsync("school", plan.Id));
        Assert.Equal((0, 1), await VisibleAsync("school2", plan.Id));
        Assert.Equal((0, 0), await VisibleAsync("department", plan.Id));
        Assert.Equal((2, 1), await VisibleAsync("office", plan.Id));

        using var stranger = api.ClientOf(api.Data.Second, "office");
        await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/plans/{plan.Id}"), HttpStatusCode.NotFound, "plan_not_found");
        await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/plans/{plan.Id}/assignments"), HttpStatusCode.NotFound, "plan_not_found");

        using var school = api.ClientAs("school");
        var body = ApiData.NewGraduate(agrees.ProgramId) with { Reference = agrees.Reference, Consent = false };
        Assert.Equal(HttpStatusCode.OK, (await school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{agrees.Id}", agrees.Version, body))).StatusCode);
        Assert.Empty(await run.AssignedAsync(plan.Id, "company"));
    }

    [Fact]
    public async Task Plan_IsInvisibleToOthers_UntilItIsDone()
    {
        var run = new PlanRun(api, "440309");
        await run.DemandAsync(1);
        await run.MatchAsync();
        var plan = await run.RequestAsync();
        using var company = api.ClientAs("company");

        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/plans/{plan.Id}/assignments"), HttpStatusCode.NotFound, "plan_not_found");
        Assert.DoesNotContain(plan.Id, (await HttpAssert.BodyAsync<Page<Plan>>(await company.GetAsync("/api/v1/plans?take=200"))).Items.Select(one => one.Id));
        await WaitingWork.DrainAsync(api);
        Assert.Contains(plan.Id, (await HttpAssert.BodyAsync<Page<Plan>>(await company.GetAsync("/api/v1/plans?take=200"))).Items.Select(one => one.Id));
    }

    [Fact]
    public async Task Lists_ArePagedByKey_AndExported()
    {
        var run = new PlanRun(api, "440310");
        await run.DemandAsync(5, "company", "数控编程");
        for (var i = 0; i < 5; i++)
        {
            await run.GraduateAsync(["数控编程"]);
        }

        await run.MatchAsync();
        var plan = (await run.PlanAsync()).Plan;
        var whole = await run.ListAsync<PlanAssignment>(plan.Id, "assignments");
        // Hundredths, as they are written: decimals keep the zeros of a division, and compare equal with them.
        Assert.All(whole, row => Assert.InRange(row.Points.Scale, 0, 2));
        var ids = new List<long>();
        string? next = null;
        do
        {
            var page = await HttpAssert.BodyAsync<Page<PlanAssignment>>(await _office.GetAsync($"/api/v1/plans/{plan.Id}/assignments?take=2{(next is null ? "" : $"&after={next}")}"));
            ids.AddRange(page.Items.Select(row => row.GraduateId));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal((5, whole.Select(row => row.GraduateId)), (ids.Count, ids), new SameRows());
        var csv = await _office.GetStringAsync($"/api/v1/plans/{plan.Id}/assignments?format=csv");
        Assert.Equal(7, csv.Split("\r\n").Length);
        Assert.Contains("毕业生代号", csv, StringComparison.Ordinal);
        Assert.Equal("PK", (await _office.GetByteArrayAsync($"/api/v1/plans/{plan.Id}/unmatched-demands?format=xlsx")).Take(2).Select(b => ((char)b).ToString()).Aggregate(string.Concat));
        Assert.Contains("测算", await _office.GetStringAsync("/api/v1/plans?format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_IsFrozenOnceDone_AndGoesWhole()
    {
        var run = new PlanRun(api, "440311");
        await run.DemandAsync(1, "company", "数控编程");
        var graduate = await run.GraduateAsync(["数控编程"]);
        await run.MatchAsync();
        var plan = (await run.PlanAsync()).Plan;

        foreach (var (sql, state) in ((string, string)[])[
            ("UPDATE plan SET title = 'x' WHERE id = @Id", PostgresErrorCodes.RestrictViolation),
            ("UPDATE plan_assignment SET points = 1 WHERE plan_id = @Id", PostgresErrorCodes.InsufficientPrivilege),
            ("INSERT INTO plan_unmatched_graduate SELECT consortium_id, plan_id, graduate_id, school_id, 'NOT_QUALIFIED' FROM plan_assignment WHERE plan_id = @Id", PostgresErrorCodes.RestrictViolation)])
        {
            await using var session = api.Database.Open(TenantContext.Job(api.Data.First.Id));
            Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(sql, new { plan.Id }, default))).SqlState);
        }

        await using (var session = api.Database.Open(TenantContext.Job(api.Data.First.Id)))
        {
            Assert.Equal(0, await session.ExecuteAsync("DELETE FROM plan_assignment WHERE plan_id = @Id", new { plan.Id }, default));
        }

        // A graduate who is deleted takes his rows along.
        using var school = api.ClientAs("school");
        Assert.Equal(HttpStatusCode.NoContent, (await school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"/api/v1/graduates/{graduate.Id}", graduate.Version))).StatusCode);
        Assert.Empty(await run.AssignedAsync(plan.Id));
        Assert.Equal(HttpStatusCode.NoContent, (await _office.DeleteAsync($"/api/v1/plans/{plan.Id}")).StatusCode);
        await HttpAssert.ProblemAsync(await _office.DeleteAsync($"/api/v1/plans/{plan.Id}"), HttpStatusCode.NotFound, "plan_not_found");
    }

    [Fact]
    public async Task Rules_OfTheConsortium_HoldForPlansThatSayNothing()
    {
        var run = new PlanRun(api, "440300");
        await run.MatchAsync();
        using var company = api.ClientAs("company");
        Assert.Equal(HttpStatusCode.Forbidden, (await company.GetAsync("/api/v1/plans/rules")).StatusCode);
        var before = await HttpAssert.BodyAsync<PlanDefaults>(await _office.GetAsync("/api/v1/plans/rules"));
        Assert.Equal((new PlanRules("ALL", 100, false, "NONE", false), 0), (before.Rules, before.Version));
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("""UPDATE consortium SET settings = '{"memberPriority": true}' WHERE id = @Id""", new { api.Data.First.Id });

        var set = await HttpAssert.BodyAsync<PlanDefaults>(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, "/api/v1/plans/rules", 0, new { LocalFirst = "PREFECTURE" })));
        Assert.Equal((new PlanRules("MEMBERS", 100, false, "PREFECTURE", false), 1), (set.Rules, set.Version));
        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, "/api/v1/plans/rules", 0, new { })), HttpStatusCode.PreconditionFailed, "stale_version");
        Assert.Equal(new PlanRules("MEMBERS", 50, false, "PREFECTURE", false), (await run.RequestAsync(new { OrderClassShare = 50 })).Rules);

        await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, "/api/v1/plans/rules", 1, new { }));
        await connection.ExecuteAsync("UPDATE consortium SET settings = '{}' WHERE id = @Id", new { api.Data.First.Id });
        Assert.Equal(new PlanRules("ALL", 100, false, "NONE", false), (await run.RequestAsync()).Rules);
        await WaitingWork.DrainAsync(api);
    }

    private async Task<(int Assigned, int Unmatched)> VisibleAsync(string party, long plan)
    {
        await using var session = api.Database.Open(new TenantContext(party.TrimEnd('2'), api.Data.First.Id, api.Data.First.Organizations[party]));
        return await session.FindAsync<(int, int)>(
            """
            SELECT (SELECT count(*)::int FROM plan_assignment WHERE plan_id = @plan), (SELECT count(*)::int FROM plan_unmatched_graduate WHERE plan_id = @plan)
            """,
            new { plan }, default);
    }

    private sealed class SameRows : IEqualityComparer<(int, IEnumerable<long>)>
    {
        public bool Equals((int, IEnumerable<long>) one, (int, IEnumerable<long>) other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2);

        public int GetHashCode((int, IEnumerable<long>) rows) => rows.Item1;
    }
}
