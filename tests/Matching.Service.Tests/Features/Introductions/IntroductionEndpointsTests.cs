using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Introductions;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Introductions;

public class IntroductionEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/introductions";

    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task Introduction_EndsInAFilledSeat()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var introduction = await CreateAsync(demand.Id);
        foreach (var (client, step) in ((HttpClient, string)[])[(_school, "CONTACTED"), (_school, "APPLIED"), (_company, "OFFERED"), (_company, "PLACED")])
        {
            await HttpAssert.BodyAsync<Introduction>(await client.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep(step)));
        }

        Assert.Equal(1, (await _company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}"))!.Filled);
        var events = (await _school.GetFromJsonAsync<Page<IntroductionEvent>>($"{Url}/{introduction.Id}/events"))!.Items;
        Assert.Equal([("SUGGESTED", "company"), ("CONTACTED", "school"), ("APPLIED", "school"), ("OFFERED", "company"), ("PLACED", "company")], events.Select(e => (e.State, e.ByRole)));
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep("DECLINED")), HttpStatusCode.Conflict, "transition_not_allowed");
    }

    [Fact]
    public async Task Create_NeedsTheGraduatesConsent()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var hidden = await ApiData.CreateGraduateAsync(_school, consent: false);

        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync(Url, new CreateIntroduction(demand.Id, hidden.Id, "双选会")), HttpStatusCode.UnprocessableEntity, "consent_required");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(Url, new CreateIntroduction(demand.Id, hidden.Id, "双选会")), HttpStatusCode.BadRequest, "reference_not_found");
    }

    [Fact]
    public async Task Create_IsForTheTwoSidesOnly()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var graduate = await ApiData.CreateGraduateAsync(_school);
        using var stranger = api.ClientAs("company2");

        await HttpAssert.ProblemAsync(await stranger.PostAsJsonAsync(Url, new CreateIntroduction(demand.Id, graduate.Id, "双选会")), HttpStatusCode.BadRequest, "reference_not_found");
    }

    [Fact]
    public async Task Move_LeavesTheOfferToTheCompany_AndNeverGoesBack()
    {
        var introduction = await CreateAsync((await ApiData.CreateDemandAsync(_company)).Id);
        var url = $"{Url}/{introduction.Id}/transitions";

        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync(url, new IntroductionStep("OFFERED")), HttpStatusCode.Forbidden, "forbidden");
        await HttpAssert.BodyAsync<Introduction>(await _company.PostAsJsonAsync(url, new IntroductionStep("INTERVIEWED")));
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new IntroductionStep("APPLIED")), HttpStatusCode.Conflict, "transition_not_allowed");
    }

    [Fact]
    public async Task LastSeat_EndsTheOtherIntroductions()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Headcount = 1 });
        var (first, second) = (await CreateAsync(demand.Id), await CreateAsync(demand.Id));
        await HttpAssert.BodyAsync<Introduction>(await _company.PostAsJsonAsync($"{Url}/{first.Id}/transitions", new IntroductionStep("PLACED")));

        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync($"{Url}/{second.Id}/transitions", new IntroductionStep("PLACED")), HttpStatusCode.Conflict, "transition_not_allowed");

        var ended = (await _company.GetFromJsonAsync<Introduction>($"{Url}/{second.Id}"))!;
        Assert.Equal(("DECLINED", "DEMAND_CLOSED"), (ended.State, ended.DeclineReason));
        Assert.Equal(2, (await _company.GetFromJsonAsync<Page<IntroductionEvent>>($"{Url}/{second.Id}/events"))!.Items.Count);
        Assert.Equal(("FILLED", 1), await StateAsync(demand.Id));
    }

    [Fact]
    public async Task Create_BringsTheTwoTogetherOnce_AndOnlyForAnOpenDemand()
    {
        var draft = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { State = "DRAFT" });
        var request = new CreateIntroduction((await ApiData.CreateDemandAsync(_company)).Id, (await ApiData.CreateGraduateAsync(_school)).Id, "双选会");
        await ApiData.CreateAsync<Introduction>(_school, "introductions", request);

        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(Url, request), HttpStatusCode.Conflict, "already_exists");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(Url, request with { DemandId = draft.Id }), HttpStatusCode.BadRequest, "reference_not_found");
    }

    [Fact]
    public async Task List_ShowsEachSideItsOwn()
    {
        var introduction = await CreateAsync((await ApiData.CreateDemandAsync(_company)).Id);
        foreach (var (party, sees) in ((string, bool)[])[("company", true), ("school", true), ("office", true), ("company2", false), ("school2", false)])
        {
            using var client = api.ClientAs(party);
            var seen = (await client.GetFromJsonAsync<Page<Introduction>>($"{Url}?demandId={introduction.DemandId}&graduateId={introduction.GraduateId}&state=SUGGESTED"))!.Items;
            Assert.Equal(sees ? [introduction.Id] : [], seen.Select(item => item.Id));
        }
    }

    private async Task<(string State, int Filled)> StateAsync(long demand)
    {
        var row = (await _company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand}"))!;
        return (row.State, row.Filled);
    }

    private async Task<Introduction> CreateAsync(long demand) =>
        await ApiData.CreateAsync<Introduction>(_company, "introductions", new CreateIntroduction(demand, (await ApiData.CreateGraduateAsync(_school)).Id, "双选会"));
}
