using System.Net;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Matches;
using Matching.Service.Tests.Support;
using Npgsql;

namespace Matching.Service.Tests.Features.Matches;

public class MatchEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task List_IsEmptyWithoutAnInstant_BeforeAnyRun()
    {
        var (demand, graduate) = (await ApiData.CreateDemandAsync(_company), await ApiData.CreateGraduateAsync(_school));

        Assert.Equivalent(new DemandMatches(demand.Id, null, null, false, false, [], null), await OfDemandAsync(_company, demand.Id));
        Assert.Equivalent(new GraduateMatches(graduate.Id, null, null, false, false, [], null), await OfGraduateAsync(_school, graduate.Id));
    }

    [Fact]
    public async Task EveryStoredMatch_IsExplainedByPartsThatAddUpToItsPoints()
    {
        var (demand, graduate) = (await ApiData.CreateDemandAsync(_company), await ApiData.CreateGraduateAsync(_school));
        await MatchRun.RunAsync(api);

        var ofDemand = await OfDemandAsync(_company, demand.Id, "?reasons=FULL");
        var ofGraduate = await OfGraduateAsync(_school, graduate.Id, "?reasons=FULL");

        Assert.Contains(graduate.Id, ofDemand.Items.Select(item => item.Graduate.Id));
        Assert.Contains(demand.Id, ofGraduate.Items.Select(item => item.Demand.Id));
        Assert.False(ofDemand.Stale);
        Assert.All(ofDemand.Items.Select(item => (item.Points, item.Verdict, item.Explanation)), AddsUp);
        Assert.All(ofGraduate.Items.Select(item => (item.Points, item.Verdict, item.Explanation)), AddsUp);
        Assert.Equal(Enumerable.Range(1, ofDemand.Items.Count), ofDemand.Items.Select(item => item.Rank));
        Assert.Contains(ofGraduate.Items, item => item.Explanation.Parts.Any(part => part.Items.Count > 0));
    }

    [Fact]
    public async Task BriefReasons_AreTheFullOnes_WithoutPointsOfEverySkill_AndWithTheThreeGreatestRaises()
    {
        var (demand, graduate) = (await ApiData.CreateDemandAsync(_company), await ApiData.CreateGraduateAsync(_school));
        await MatchRun.RunAsync(api);

        var full = await OfGraduateAsync(_school, graduate.Id, "?reasons=FULL");
        var ofDemand = await OfDemandAsync(_company, demand.Id, "?reasons=FULL");

        Assert.Contains(full.Items, item => item.Explanation.Raises.Count > 3);
        Assert.Equivalent(full with { Items = [.. full.Items.Select(item => item with { Explanation = Brief(item.Explanation) })] }, await OfGraduateAsync(_school, graduate.Id), strict: true);
        Assert.Equivalent(
            ofDemand with { Items = [.. ofDemand.Items.Select(item => item with { Explanation = Brief(item.Explanation) })] }, await OfDemandAsync(_company, demand.Id, "?reasons=BRIEF"), strict: true);
        await HttpAssert.ProblemAsync(await _school.GetAsync($"/api/v1/graduates/{graduate.Id}/matches?reasons=some"), HttpStatusCode.BadRequest, "invalid_request");

        static MatchExplanation Brief(MatchExplanation why) =>
            why with { Parts = [.. why.Parts.Select(part => part with { Items = [] })], Raises = [.. why.Raises.Take(3)] };
    }

    [Fact]
    public async Task Copy_IsInNobodysMatches()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var posted = ApiData.NewDemand();
        var (demand, copy) = (await ApiData.CreateAsync<Demand>(_company, "demands", posted), await ApiData.CreateAsync<Demand>(_company, "demands", posted));
        Assert.Equal(demand.Id, copy.CanonicalId);

        await MatchRun.RunAsync(api);

        var matched = (await OfGraduateAsync(_school, graduate.Id, "?take=50")).Items.Select(item => item.Demand.Id).ToList();
        Assert.Contains(demand.Id, matched);
        Assert.DoesNotContain(copy.Id, matched);
        Assert.NotEmpty((await OfDemandAsync(_company, demand.Id)).Items);
        Assert.Empty((await OfDemandAsync(_company, copy.Id)).Items);
    }

    [Fact]
    public async Task Explanation_TellsWhatFitsWhatIsMissingAndWhatWouldHelp()
    {
        var request = ApiData.NewDemand() with
        {
            EducationCode = "31",
            Skills = [new("数控编程", true, 3), new("机械制图", true), new("PLC", false), new("焊接", false)], Certificates = [new("数控车铣加工", true), new("电工证", false)],
        };
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", request);
        var program = await ApiData.CreateProgramAsync(_school);
        var graduate = await ApiData.CreateAsync<Graduate>(_school, "graduates", ApiData.NewGraduate(program.Id) with { SkillsComplete = true });
        await MatchRun.RunAsync(api);

        var match = (await OfDemandAsync(_company, demand.Id, "?reasons=FULL")).Items.Single(item => item.Graduate.Id == graduate.Id);
        var why = match.Explanation;

        // Must: course 0.9 of 5 → 3500·0.9/5 = 630. Nice: claim 0.6 of 3 → 1000·0.6/3 = 200. One of two certificates. Region: the city → 700.
        Assert.Equal(
            [("MUST", 6.30m), ("OCCUPATION", OccupationPoints(demand)), ("NICE", 2.00m), ("CERTIFICATES", 5.00m), ("REGION", 7.00m), ("WAGE", 7.00m), ("EDUCATION", 5.00m), ("ORDER_CLASS", 0m)],
            why.Parts.Select(part => (part.Component, part.Points)));
        Assert.Equal(["PLC", "数控编程", "数控车铣加工"], why.MatchedSkills.Order(StringComparer.Ordinal));
        Assert.Equal(["机械制图", "焊接"], why.MissingSkills.Order(StringComparer.Ordinal));
        Assert.Equal(["电工证"], why.UnknownSkills);
        Assert.Equal([("SEATS", "PASS"), ("EDUCATION", "PASS"), ("CERTIFICATE", "PASS")], why.Requirements.Select(check => (check.Requirement, check.Verdict)));
        Assert.Contains("取得证书“电工证”", why.Raises.Single(raise => raise.Component == "CERTIFICATES").Text, StringComparison.Ordinal);
        Assert.Equal(("460103", "数控技术"), (match.Graduate.Major.Code, match.Graduate.Major.Name));
    }

    [Fact]
    public async Task Company_SeesItsOwnDemandsMatches_OfConsentingGraduates_WithoutTheirWishes()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var (agrees, withdraws, never) = (await ApiData.CreateGraduateAsync(_school), await ApiData.CreateGraduateAsync(_school), await ApiData.CreateGraduateAsync(_school, consent: false));
        await MatchRun.RunAsync(api);
        var body = ApiData.NewGraduate(withdraws.ProgramId) with { Reference = withdraws.Reference, Consent = false };
        Assert.Equal(HttpStatusCode.OK, (await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{withdraws.Id}", withdraws.Version, body))).StatusCode);
        using var office = api.ClientAs("office");
        using var other = api.ClientAs("company2");

        foreach (var client in (HttpClient[])[_company, office])
        {
            var seen = (await OfDemandAsync(client, demand.Id)).Items.Select(item => item.Graduate.Id).ToArray();
            Assert.Contains(agrees.Id, seen);
            Assert.DoesNotContain(withdraws.Id, seen);
            Assert.DoesNotContain(never.Id, seen);
        }

        Assert.DoesNotContain("wageWish", await _company.GetStringAsync($"/api/v1/demands/{demand.Id}/matches"), StringComparison.Ordinal);
        await HttpAssert.ProblemAsync(await other.GetAsync($"/api/v1/demands/{demand.Id}/matches"), HttpStatusCode.NotFound, "demand_not_found");
    }

    [Fact]
    public async Task School_SeesItsOwnGraduatesMatches_ConsentOrNot_AndNoOtherSchools()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var graduate = await ApiData.CreateGraduateAsync(_school, consent: false);
        await MatchRun.RunAsync(api);
        using var other = api.ClientAs("school2");
        using var stranger = api.ClientOf(api.Data.Second, "office");

        Assert.Contains(demand.Id, (await OfGraduateAsync(_school, graduate.Id)).Items.Select(item => item.Demand.Id));
        await HttpAssert.ProblemAsync(await other.GetAsync($"/api/v1/graduates/{graduate.Id}/matches"), HttpStatusCode.NotFound, "graduate_not_found");
        await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/graduates/{graduate.Id}/matches"), HttpStatusCode.NotFound, "graduate_not_found");
        await HttpAssert.ProblemAsync(await stranger.GetAsync($"/api/v1/demands/{demand.Id}/matches"), HttpStatusCode.NotFound, "demand_not_found");
    }

    [Fact]
    public async Task List_SaysItIsStale_WhenTheRowChangedSince()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await ApiData.CreateDemandAsync(_company);
        await MatchRun.RunAsync(api);
        var body = ApiData.NewGraduate(graduate.ProgramId) with { Reference = graduate.Reference, WishedRegions = ["110105"] };
        Assert.Equal(HttpStatusCode.OK, (await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{graduate.Id}", graduate.Version, body))).StatusCode);

        var matches = await OfGraduateAsync(_school, graduate.Id);

        Assert.True(matches.Stale);
        Assert.All(matches.Items, item => Assert.False(item.Explanation.Current));
        Assert.All(matches.Items, item => Assert.Equal(item.Explanation.Points, item.Explanation.Parts.Sum(part => part.Points)));
    }

    [Fact]
    public async Task List_IsPagedByRank()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        for (var i = 0; i < 3; i++)
        {
            await ApiData.CreateDemandAsync(_company);
        }

        await MatchRun.RunAsync(api);
        var whole = await OfGraduateAsync(_school, graduate.Id, "?take=50");
        var ids = new List<long>();
        string? next = null;
        do
        {
            var page = await OfGraduateAsync(_school, graduate.Id, $"?take=2{(next is null ? "" : $"&after={next}")}");
            ids.AddRange(page.Items.Select(item => item.Demand.Id));
            next = page.Next;
        }
        while (next is not null);

        Assert.True(ids.Count >= 3);
        Assert.Equal(whole.Items.Select(item => item.Demand.Id), ids);
        await HttpAssert.ProblemAsync(await _school.GetAsync($"/api/v1/graduates/{graduate.Id}/matches?take=51"), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Lists_AreNotReadableOrWritable_PastTheRoutes()
    {
        var (demand, graduate) = (await ApiData.CreateDemandAsync(_company), await ApiData.CreateGraduateAsync(_school));
        await MatchRun.RunAsync(api);

        Assert.Equal((1, 0), await VisibleAsync("company", demand.Id, graduate.Id));
        Assert.Equal((0, 0), await VisibleAsync("company2", demand.Id, graduate.Id));
        Assert.Equal((0, 1), await VisibleAsync("school", demand.Id, graduate.Id));
        Assert.Equal((0, 0), await VisibleAsync("school2", demand.Id, graduate.Id));
        Assert.Equal((0, 0), await VisibleAsync("department", demand.Id, graduate.Id));
        Assert.Equal((1, 1), await VisibleAsync("office", demand.Id, graduate.Id));

        await using var session = api.Database.Open(new TenantContext("company", api.Data.First.Id, api.Data.First.Organizations["company"]));
        Assert.Equal(0, await session.ExecuteAsync("DELETE FROM demand_match_list WHERE demand_id = @Id", new { demand.Id }, default));
        Assert.Equal(0, await session.ExecuteAsync("UPDATE demand_match_list SET run_id = 0 WHERE demand_id = @Id", new { demand.Id }, default));
        var error = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(
            "INSERT INTO demand_match_list VALUES (current_consortium(), @Id, 1, now(), 1, 'x') ON CONFLICT DO NOTHING", new { demand.Id }, default));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    private async Task<(int Demands, int Graduates)> VisibleAsync(string party, long demand, long graduate)
    {
        var role = party.TrimEnd('2');
        await using var session = api.Database.Open(new TenantContext(role, api.Data.First.Id, api.Data.First.Organizations[party]));
        return await session.FindAsync<(int, int)>(
            """
            SELECT (SELECT count(*)::int FROM demand_match_list WHERE demand_id = @demand), (SELECT count(*)::int FROM graduate_match_list WHERE graduate_id = @graduate)
            """,
            new { demand, graduate }, default);
    }

    private static void AddsUp((decimal Points, string Verdict, MatchExplanation Why) match)
    {
        Assert.True(match.Why.Current);
        Assert.Equal((match.Points, match.Verdict), (match.Why.Points, match.Why.Verdict));
        Assert.Equal(match.Points, match.Why.Parts.Sum(part => part.Points));
        Assert.All(match.Why.Parts.Where(part => part.Items.Count > 0), part => Assert.Equal(part.Points, part.Items.Sum(item => item.Points)));
        Assert.InRange(match.Points, 0.01m, match.Why.Attainable);
    }

    // The demand's occupation comes from its title; the graduate wishes 6-18-01-07 and his programme serves 6-18-01-01 too.
    private static decimal OccupationPoints(Demand demand) => demand.OccupationCode switch
    {
        "6-18-01-07" or "6-18-01-01" => 20m,
        { } code when code.StartsWith("6-18-01", StringComparison.Ordinal) => 14m,
        { } code when code.StartsWith("6-18", StringComparison.Ordinal) => 8m,
        _ => 0m,
    };

    private static async Task<DemandMatches> OfDemandAsync(HttpClient client, long id, string query = "") =>
        await HttpAssert.BodyAsync<DemandMatches>(await client.GetAsync($"/api/v1/demands/{id}/matches{query}"));

    private static async Task<GraduateMatches> OfGraduateAsync(HttpClient client, long id, string query = "") =>
        await HttpAssert.BodyAsync<GraduateMatches>(await client.GetAsync($"/api/v1/graduates/{id}/matches{query}"));
}
