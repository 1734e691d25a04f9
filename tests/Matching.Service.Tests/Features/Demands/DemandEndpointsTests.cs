using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

public class DemandEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/demands";

    private readonly HttpClient _company = api.ClientAs("company");

    [Fact]
    public async Task Create_StoresWhatWasSent_AndCodesTheTitle()
    {
        var sent = ApiData.NewDemand();
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", sent);

        Assert.Equal(("6-18-01-01", "COMPANY", "OPEN", 0), (demand.OccupationCode, demand.Source, demand.State, demand.Filled));
        Assert.True(demand.OccupationConfidence >= 60);
        Assert.Equal(sent.Skills!.Select(skill => (skill.Name, skill.Must, skill.Level)), demand.Skills.Select(skill => (skill.Name, skill.Must, skill.Level)));
        Assert.Equal([new AskedCertificate("数控车铣加工")], demand.Certificates);
    }

    [Fact]
    public async Task Create_KeepsTheSendersCode_AndLeavesAnUnknownTitleUncoded()
    {
        var given = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { OccupationCode = "6-18-02-04" });
        var unknown = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Title = "管培生" });

        Assert.Equal(("6-18-02-04", null), (given.OccupationCode, given.OccupationConfidence));
        Assert.Equal((null, null), (unknown.OccupationCode, unknown.OccupationConfidence));
    }

    [Fact]
    public async Task Create_AsksOneSkillOnce_WithTheStricterWording()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Skills = [new("CAD", false, 2), new("ＣＡＤ", true), new("cad制图", true, 4)] });

        Assert.Equal([new AskedSkill("CAD", true, 4)], demand.Skills);
    }

    [Theory]
    [InlineData("regionCode", "999999")]
    [InlineData("occupationCode", "9-99-99-99")]
    [InlineData("educationCode", "99")]
    [InlineData("wageMax", 1)]
    [InlineData("headcount", 0)]
    [InlineData("validThrough", "2026-08-31")]
    [InlineData("kind", "GIG")]
    [InlineData("state", "FILLED")]
    [InlineData("majorCodes", "123456")]
    public async Task Create_NamesTheField_WhenItIsWrong(string field, object value)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(ApiData.NewDemand(), System.Text.Json.JsonSerializerOptions.Web)!;
        body[field] = field == "majorCodes" ? new System.Text.Json.Nodes.JsonArray(value.ToString()) : System.Text.Json.Nodes.JsonValue.Create(value);
        var problem = await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(Url, body), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Create_IsForTheCallersOwnCompany_UnlessADepartmentOrTheOfficePosts()
    {
        var organizations = api.Data.First.Organizations;
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(Url, ApiData.NewDemand() with { OrganizationId = organizations["company2"] }), HttpStatusCode.BadRequest, "reference_not_found");
        using var department = api.ClientAs("department");
        var posted = await ApiData.CreateAsync<Demand>(department, "demands", ApiData.NewDemand() with { OrganizationId = organizations["company2"] });
        await HttpAssert.ProblemAsync(await department.PostAsJsonAsync(Url, ApiData.NewDemand() with { OrganizationId = organizations["school"] }), HttpStatusCode.BadRequest, "reference_not_found");

        Assert.Equal((organizations["company2"], organizations["department"], "DEPARTMENT"), (posted.OrganizationId, posted.PostedById, posted.Source));
    }

    [Fact]
    public async Task Batch_StoresAllOrNothing_AndNamesTheItem()
    {
        using var company = api.ClientAs("company2");
        var before = (await company.GetFromJsonAsync<Page<Demand>>($"{Url}?organizationId={api.Data.First.Organizations["company2"]}&take=200"))!.Items.Count;
        var problem = await HttpAssert.ProblemAsync(
            await company.PostAsJsonAsync($"{Url}/batch", new DemandBatch([ApiData.NewDemand(), ApiData.NewDemand() with { Headcount = 0 }])), HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains("items[1].headcount", problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await HttpAssert.ProblemAsync(
            await company.PostAsJsonAsync($"{Url}/batch", new DemandBatch([ApiData.NewDemand(), ApiData.NewDemand() with { OrganizationId = 999_999 }])), HttpStatusCode.BadRequest, "reference_not_found");
        Assert.Equal(before, (await company.GetFromJsonAsync<Page<Demand>>($"{Url}?organizationId={api.Data.First.Organizations["company2"]}&take=200"))!.Items.Count);

        await HttpAssert.ProblemAsync(await company.PostAsync($"{Url}/batch", new StringContent("""{"items":[null]}""", System.Text.Encoding.UTF8, "application/json")), HttpStatusCode.BadRequest, "invalid_request");

        var stored = await HttpAssert.BodyAsync<Page<Demand>>(await company.PostAsJsonAsync($"{Url}/batch", new DemandBatch([ApiData.NewDemand(), ApiData.NewDemand()])));
        Assert.Equal(2, stored.Items.Count);
    }

    [Theory]
    [InlineData("PAUSED", "OPEN", "WITHDRAWN")]
    [InlineData("EXPIRED", "OPEN", "WITHDRAWN")]
    [InlineData("WITHDRAWN")]
    public async Task Move_FollowsTheLifeCycle_AndRecordsEachStep(params string[] steps)
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        foreach (var step in steps)
        {
            demand = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/transitions", new DemandTransition(step, new DateOnly(2026, 10, 1), "测试")));
            Assert.Equal(step, demand.State);
        }

        Assert.Equal(new DateOnly(2026, 10, 1), demand.ClosedOn);
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/transitions", new DemandTransition("OPEN")), HttpStatusCode.Conflict, "transition_not_allowed");
        Assert.Equal(["OPEN", .. steps], (await _company.GetFromJsonAsync<Page<DemandEvent>>($"{Url}/{demand.Id}/events"))!.Items.Select(e => e.State));
    }

    [Fact]
    public async Task Fill_CountsSeats_AndClosesWithTheLast()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var url = $"{Url}/{demand.Id}/fills";

        var partly = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandFill(2, new DateOnly(2026, 9, 20))));
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandFill(2)), HttpStatusCode.Conflict, "fill_not_possible");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandFill(1, new DateOnly(2026, 8, 1))), HttpStatusCode.Conflict, "fill_not_possible");
        var full = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandFill(1, new DateOnly(2026, 10, 5))));
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandFill(1)), HttpStatusCode.Conflict, "fill_not_possible");

        Assert.Equal(("OPEN", 2), (partly.State, partly.Filled));
        Assert.Equal(("FILLED", 3, new DateOnly(2026, 10, 5)), (full.State, full.Filled, full.ClosedOn));
        Assert.Equal([0, 2, 1], (await _company.GetFromJsonAsync<Page<DemandEvent>>($"{Url}/{demand.Id}/events"))!.Items.Select(e => e.FilledDelta));
    }

    [Fact]
    public async Task Fill_TakesTheLastSeatOnce_WhenTwoComeTogether()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Headcount = 1 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _company.PostAsJsonAsync($"{Url}/{demand.Id}/fills", new DemandFill(1))));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, (await _company.GetFromJsonAsync<Demand>($"{Url}/{demand.Id}"))!.Filled);
    }

    [Fact]
    public async Task Move_OpensADraftOnThatDay_AndADraftIsNotWithdrawn()
    {
        var draft = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { State = "DRAFT", ValidThrough = new DateOnly(2026, 10, 31) });
        var url = $"{Url}/{draft.Id}/transitions";
        using var other = api.ClientAs("company2");
        await HttpAssert.ProblemAsync(await other.GetAsync($"{Url}/{draft.Id}"), HttpStatusCode.NotFound, "demand_not_found");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("WITHDRAWN")), HttpStatusCode.Conflict, "transition_not_allowed");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("OPEN", new DateOnly(2026, 11, 1))), HttpStatusCode.Conflict, "transition_not_allowed");

        var open = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandTransition("OPEN", new DateOnly(2026, 10, 8))));
        Assert.Equal(("OPEN", new DateOnly(2026, 10, 8)), (open.State, open.OpenedOn));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync($"{Url}/{draft.Id}")).StatusCode);
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("PAUSED", new DateOnly(2026, 10, 7))), HttpStatusCode.Conflict, "transition_not_allowed");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("PAUSED", new DateOnly(2100, 1, 1))), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Update_ClosesTheDemand_WhenTheHeadcountIsCutToTheSeatsFilled()
    {
        var sent = ApiData.NewDemand();
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", sent);
        var filled = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/fills", new DemandFill(2, new DateOnly(2026, 9, 20))));

        await HttpAssert.ProblemAsync(await PutAsync(filled, sent with { Headcount = 1 }), HttpStatusCode.BadRequest, "below_filled");
        await HttpAssert.ProblemAsync(await PutAsync(filled, sent with { OpenedOn = new DateOnly(2026, 9, 2) }), HttpStatusCode.BadRequest, "opening_day_fixed");
        var closed = await HttpAssert.BodyAsync<Demand>(await PutAsync(filled, sent with { Headcount = 2 }));

        Assert.Equal(("FILLED", 2, 2), (closed.State, closed.Headcount, closed.Filled));
        Assert.NotNull(closed.ClosedOn);
        Assert.Equal(["OPEN", "OPEN", "FILLED"], (await _company.GetFromJsonAsync<Page<DemandEvent>>($"{Url}/{demand.Id}/events"))!.Items.Select(e => e.State));
        await HttpAssert.ProblemAsync(await PutAsync(closed, sent with { Headcount = 9 }), HttpStatusCode.Conflict, "demand_closed");
        await HttpAssert.ProblemAsync(await _company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{demand.Id}", closed.Version)), HttpStatusCode.Conflict, "demand_has_fills");
    }

    [Fact]
    public async Task Share_DoesNotShowADraft_NotEvenToTheOtherOffice()
    {
        var draft = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { State = "DRAFT" });
        await _company.PutAsync($"{Url}/{draft.Id}/shares/{api.Data.Second.Id}", null);
        using var office = api.ClientOf(api.Data.Second, "office");

        await HttpAssert.ProblemAsync(await office.GetAsync($"{Url}/{draft.Id}"), HttpStatusCode.NotFound, "demand_not_found");
        await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{draft.Id}/transitions", new DemandTransition("OPEN")));
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync($"{Url}/{draft.Id}")).StatusCode);
    }

    [Fact]
    public async Task List_OfOnesOwn_HoldsWhatADepartmentPostedForOthers()
    {
        using var department = api.ClientAs("department");
        var posted = await ApiData.CreateAsync<Demand>(department, "demands", ApiData.NewDemand() with { OrganizationId = api.Data.First.Organizations["company2"] });
        var mine = await ApiData.CreateDemandAsync(_company);
        using var company2 = api.ClientAs("company2");

        var departments = (await department.GetFromJsonAsync<Page<Demand>>($"{Url}?own=true&take=200"))!.Items;
        Assert.Contains(posted.Id, departments.Select(item => item.Id));
        Assert.All(departments, item => Assert.Equal(posted.PostedById, item.PostedById));
        Assert.Contains(posted.Id, (await company2.GetFromJsonAsync<Page<Demand>>($"{Url}?own=true&take=200"))!.Items.Select(item => item.Id));
        Assert.DoesNotContain(mine.Id, (await company2.GetFromJsonAsync<Page<Demand>>($"{Url}?own=true&take=200"))!.Items.Select(item => item.Id));
    }

    private Task<HttpResponseMessage> PutAsync(Demand known, WriteDemand body) =>
        _company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{known.Id}", known.Version, body));

    [Fact]
    public async Task Share_ShowsTheDemandToTheNamedConsortium_UntilItIsTakenBack()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        using var reader = api.ClientOf(api.Data.Second, "school");
        await HttpAssert.ProblemAsync(await reader.GetAsync($"{Url}/{demand.Id}"), HttpStatusCode.NotFound, "demand_not_found");

        Assert.Equal(HttpStatusCode.NoContent, (await _company.PutAsync($"{Url}/{demand.Id}/shares/{api.Data.Second.Id}", null)).StatusCode);
        var seen = (await reader.GetFromJsonAsync<Demand>($"{Url}/{demand.Id}"))!;
        Assert.True(seen.Shared);
        Assert.Equal(demand.Skills, seen.Skills);
        Assert.Contains((await reader.GetFromJsonAsync<Page<Demand>>($"{Url}?shared=true"))!.Items, item => item.Id == demand.Id);
        Assert.DoesNotContain((await reader.GetFromJsonAsync<Page<Demand>>(Url))!.Items, item => item.Id == demand.Id);

        await _company.DeleteAsync($"{Url}/{demand.Id}/shares/{api.Data.Second.Id}");
        await HttpAssert.ProblemAsync(await reader.GetAsync($"{Url}/{demand.Id}"), HttpStatusCode.NotFound, "demand_not_found");
        await HttpAssert.ProblemAsync(await _company.PutAsync($"{Url}/{demand.Id}/shares/987654", null), HttpStatusCode.BadRequest, "reference_not_found");
    }

    [Fact]
    public async Task List_FiltersByRegionAndOccupationWithWhatIsBelow()
    {
        await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { RegionCode = "320205", OccupationCode = "2-05-08-01" });
        await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { RegionCode = "320206", OccupationCode = "2-05-08-04" });

        Assert.Equal(2, await CountAsync("region=320200"));
        Assert.Equal(2, await CountAsync("region=320000&occupation=2-05-08"));
        Assert.Equal(1, await CountAsync("region=320205"));
        Assert.Equal(1, await CountAsync("occupation=2-05-08-01"));
        Assert.Equal(0, await CountAsync("region=320200&state=PAUSED"));
        Assert.Equal(0, await CountAsync("region=320200&openedFrom=2026-09-02"));
        Assert.Equal(2, await CountAsync("region=320200&openedFrom=2026-09-01&openedTo=2026-09-01&kind=EMPLOYMENT"));
    }

    private async Task<int> CountAsync(string query) => (await _company.GetFromJsonAsync<Page<Demand>>($"{Url}?{query}"))!.Items.Count;
}
