using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Plans;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Plans;

/// <summary>A market of its own for one test: its cohort of graduates and its county of demands, which the plan's scope names.</summary>
internal sealed class PlanRun(ApiFixture api, string region)
{
    private static int _cohort = 2030;

    private readonly int _cohortYear = Interlocked.Increment(ref _cohort);

    public object Scope => new { Cohort = _cohortYear, RegionCode = region };

    public async Task<Demand> DemandAsync(int headcount, string party = "company", params string[] skills)
    {
        using var company = api.ClientAs(party);
        return await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with
        {
            Headcount = headcount, RegionCode = region, Skills = [.. skills.Select(skill => new AskedSkill(skill, true))], Certificates = [],
        });
    }

    public async Task<Graduate> GraduateAsync(string[] skills, string party = "school", Func<WriteGraduate, WriteGraduate>? with = null)
    {
        using var school = api.ClientAs(party);
        var graduate = ApiData.NewGraduate((await ApiData.CreateProgramAsync(school)).Id) with { Cohort = _cohortYear, Skills = [.. skills.Select(skill => new GraduateSkill(skill, "COURSE"))] };
        return await ApiData.CreateAsync<Graduate>(school, "graduates", with is null ? graduate : with(graduate));
    }

    public Task MatchAsync() => WaitingWork.RunAsync(api, api.Data.First.Id, "recompute-matches");

    public async Task<Plan> RequestAsync(object? rules = null, string objective = "STABLE", int k = 20)
    {
        using var office = api.ClientAs("office");
        return await HttpAssert.BodyAsync<Plan>(
            await office.PostAsJsonAsync("/api/v1/plans", new { Title = "测算", K = k, Objective = objective, Scope, Rules = rules }), HttpStatusCode.Accepted);
    }

    /// <summary>Asks for a plan and runs it to its end.</summary>
    public async Task<PlanDetail> PlanAsync(object? rules = null, string objective = "STABLE", int k = 20)
    {
        var plan = await RequestAsync(rules, objective, k);
        await WaitingWork.DrainAsync(api);
        var detail = await FindAsync(plan.Id);
        Assert.Equal("DONE", detail.Plan.State);
        return detail;
    }

    public async Task<PlanDetail> FindAsync(long id)
    {
        using var office = api.ClientAs("office");
        return await HttpAssert.BodyAsync<PlanDetail>(await office.GetAsync($"/api/v1/plans/{id}"));
    }

    /// <summary>Graduate and demand of every assignment that the party sees.</summary>
    public async Task<(long Graduate, long Demand)[]> AssignedAsync(long plan, string party = "office") =>
        [.. (await ListAsync<PlanAssignment>(plan, "assignments", party)).Select(row => (row.GraduateId, row.DemandId))];

    public async Task<IReadOnlyList<T>> ListAsync<T>(long plan, string list, string party = "office")
    {
        using var client = api.ClientAs(party);
        return (await HttpAssert.BodyAsync<Page<T>>(await client.GetAsync($"/api/v1/plans/{plan}/{list}?take=200"))).Items;
    }
}
