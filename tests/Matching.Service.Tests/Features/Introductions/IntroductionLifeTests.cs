using System.Net;
using System.Net.Http.Json;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Introductions;
using Matching.Service.Http;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Introductions;

/// <summary>Who may move what, what consent shows and stops, what is reminded of and counted, and how closing a demand ends it all.</summary>
public class IntroductionLifeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/introductions";
    private static readonly string[] Steps = ["SUGGESTED", "CONTACTED", "APPLIED", "INTERVIEWED", "OFFERED", "PLACED", "DECLINED"];

    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _school = api.ClientAs("school");
    private readonly HttpClient _office = api.ClientAs("office");

    public static TheoryData<string, string, string, string> Moves()
    {
        var moves = new TheoryData<string, string, string, string>();
        foreach (var role in (string[])["company", "school", "office"])
        {
            for (var from = 0; from < Steps.Length; from++)
            {
                for (var to = 1; to < Steps.Length; to++)
                {
                    var forward = from < 5 && (to == 6 || to > from);
                    moves.Add(role, Steps[from], Steps[to], role == "school" && (to is 4 or 5) ? "forbidden" : forward ? "" : "transition_not_allowed");
                }
            }
        }

        return moves;
    }

    [Theory, MemberData(nameof(Moves))]
    public async Task Step_IsTaken_ByWhomAndFromWhereTheTableSays(string role, string from, string to, string refusal)
    {
        var introduction = await CreateAsync();
        if (from != "SUGGESTED")
        {
            await StepAsync(_office, introduction.Id, from);
        }

        using var client = api.ClientAs(role);
        var response = await client.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep(to));

        if (refusal.Length == 0)
        {
            Assert.Equal(to, (await HttpAssert.BodyAsync<Introduction>(response)).State);
        }
        else
        {
            await HttpAssert.ProblemAsync(response, refusal == "forbidden" ? HttpStatusCode.Forbidden : HttpStatusCode.Conflict, refusal);
        }
    }

    [Fact]
    public async Task Create_NeedsAReason_UnlessThePairIsAMatch()
    {
        var pair = new CreateIntroduction((await ApiData.CreateDemandAsync(_company)).Id, (await ApiData.CreateGraduateAsync(_school)).Id);
        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync(Url, pair), HttpStatusCode.BadRequest, "reason_required");
        var stated = await ApiData.CreateAsync<Introduction>(_school, "introductions", pair with { Reason = "双选会" });
        Assert.Equal((false, "双选会"), (stated.FromMatch, stated.Reason));

        var matched = new CreateIntroduction((await ApiData.CreateDemandAsync(_company)).Id, pair.GraduateId);
        var list = Convert.ToHexString(PackedMatches.Pack([new RankedMatch(pair.GraduateId, 5000, Verdict.Pass)]));
        await api.ValueAsync<long>($"""
            WITH current AS (INSERT INTO match_set (consortium_id, run_id) VALUES ({api.Data.First.Id}, 1))
            INSERT INTO demand_match_list (consortium_id, demand_id, run_id, computed_at, weights_version, matches)
            VALUES ({api.Data.First.Id}, {matched.DemandId}, 1, now(), 1, decode('{list}', 'hex')) RETURNING demand_id
            """);
        Assert.True((await ApiData.CreateAsync<Introduction>(_company, "introductions", matched)).FromMatch);
    }

    [Fact]
    public async Task WithdrawnConsent_HidesItFromTheCompany_AndStopsIt_UntilItIsGivenAgain()
    {
        var introduction = await CreateAsync();
        var seen = (await _company.GetFromJsonAsync<Introduction>($"{Url}/{introduction.Id}"))!;
        Assert.NotNull(seen.GraduateReference);
        Assert.Contains("数控编程", seen.Skills);

        await SetConsentAsync(introduction.GraduateId, false);
        Assert.Equal(HttpStatusCode.NotFound, (await _company.GetAsync($"{Url}/{introduction.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _company.GetAsync($"{Url}/{introduction.Id}/events")).StatusCode);
        Assert.Empty((await _company.GetFromJsonAsync<Page<Introduction>>($"{Url}?demandId={introduction.DemandId}"))!.Items);
        Assert.Equal(HttpStatusCode.NotFound, (await _company.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep("OFFERED"))).StatusCode);
        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep("APPLIED")), HttpStatusCode.Conflict, "transition_not_allowed");
        Assert.Equal("SUGGESTED", (await _school.GetFromJsonAsync<Introduction>($"{Url}/{introduction.Id}"))!.State);

        await SetConsentAsync(introduction.GraduateId, true);
        await StepAsync(_company, introduction.Id, "PLACED");
        await SetConsentAsync(introduction.GraduateId, false);
        var placed = (await _company.GetFromJsonAsync<Introduction>($"{Url}/{introduction.Id}"))!;
        Assert.Equal(("PLACED", null, null, 0), (placed.State, placed.GraduateReference, placed.ProgramName, placed.Skills.Length));
    }

    [Fact]
    public async Task Notes_AreReadByTheSideThatWroteThem()
    {
        var introduction = await CreateAsync();
        await HttpAssert.BodyAsync<Introduction>(await _company.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep("CONTACTED", Note: "企业备注")));
        await HttpAssert.BodyAsync<Introduction>(await _school.PostAsJsonAsync($"{Url}/{introduction.Id}/transitions", new IntroductionStep("APPLIED", Note: "学校备注")));

        foreach (var (client, notes) in ((HttpClient, string[])[])[(_company, ["", "企业备注", ""]), (_school, ["", "", "学校备注"]), (_office, ["", "企业备注", "学校备注"])])
        {
            Assert.Equal(notes, (await client.GetFromJsonAsync<Page<IntroductionEvent>>($"{Url}/{introduction.Id}/events"))!.Items.Select(step => step.Note));
        }
    }

    [Fact]
    public async Task Reminders_NameWhatStoodStillForTooLong_AndWhoseTurnItIs()
    {
        var (fresh, old) = (await CreateAsync(), await CreateAsync());
        await StepAsync(_company, old.Id, "CONTACTED");
        await api.ValueAsync<long>($"WITH o AS (UPDATE introduction SET state_since = now() - interval '8 days' WHERE id IN ({old.Id}) RETURNING id) SELECT count(*) FROM o");

        var reminder = (await _school.GetFromJsonAsync<Page<IntroductionReminder>>($"{Url}/reminders?take=200"))!.Items.Single(item => item.Id == old.Id || item.Id == fresh.Id);
        Assert.Equal((old.Id, "CONTACTED", 8, "SCHOOL"), (reminder.Id, reminder.State, reminder.Days, reminder.WaitsFor));

        await HttpAssert.BodyAsync<IntroductionPatience>(await _office.PutAsJsonAsync($"{Url}/patience", new IntroductionPatience(Contacted: 9)));
        Assert.DoesNotContain((await _school.GetFromJsonAsync<Page<IntroductionReminder>>($"{Url}/reminders?take=200"))!.Items, item => item.Id == old.Id);
        await HttpAssert.BodyAsync<IntroductionPatience>(await _office.PutAsJsonAsync($"{Url}/patience", new IntroductionPatience()));
        using var stranger = api.ClientAs("school2");
        Assert.Empty((await stranger.GetFromJsonAsync<Page<IntroductionReminder>>($"{Url}/reminders"))!.Items);
    }

    [Fact]
    public async Task Funnel_CountsTheFurthestStep_OfEverybodysOwn()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Headcount = 9 });
        foreach (var path in (string[][])[[], ["CONTACTED"], ["APPLIED", "DECLINED"], ["CONTACTED", "INTERVIEWED"], ["OFFERED", "PLACED"], ["PLACED"]])
        {
            var introduction = await CreateAsync(demand.Id);
            foreach (var step in path)
            {
                await StepAsync(_company, introduction.Id, step);
            }
        }

        var rows = (await _company.GetFromJsonAsync<Page<FunnelRow>>($"{Url}/funnel?by=demand"))!.Items;
        Assert.Equal(new FunnelRow($"{demand.Id}", 6, 5, 4, 3, 2, 2, 1), rows.Single(row => row.Group == $"{demand.Id}"));
        Assert.Equal(rows.Sum(row => row.Suggested), (await _company.GetFromJsonAsync<Page<FunnelRow>>($"{Url}/funnel"))!.Items.Single().Suggested);
        Assert.Equal($"{api.Data.First.Organizations["school"]}", Assert.Single((await _office.GetFromJsonAsync<Page<FunnelRow>>($"{Url}/funnel?by=school"))!.Items).Group);
        Assert.Empty((await _company.GetFromJsonAsync<Page<FunnelRow>>($"{Url}/funnel?to=2020-01-01"))!.Items);
        using var stranger = api.ClientAs("company2");
        Assert.Empty((await stranger.GetFromJsonAsync<Page<FunnelRow>>($"{Url}/funnel"))!.Items);
    }

    [Fact]
    public async Task Fill_PlacesWhomItNames_CountsSeatsOnce_AndEndsTheOthersWithTheLastSeat()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Headcount = 3 });
        var (taken, hidden, other) = (await CreateAsync(demand.Id), await CreateAsync(demand.Id), await CreateAsync(demand.Id));
        await SetConsentAsync(hidden.GraduateId, false);
        var fills = $"/api/v1/demands/{demand.Id}/fills";
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(fills, new DemandFill(1, Taken: [taken.Id, other.Id])), HttpStatusCode.BadRequest, "taken_exceeds_count");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(fills, new DemandFill(2, Taken: [taken.Id, hidden.Id])), HttpStatusCode.BadRequest, "reference_not_found");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(fills, new DemandFill(4, Taken: [taken.Id])), HttpStatusCode.Conflict, "fill_not_possible");
        Assert.Equal("SUGGESTED", await StateAsync(taken.Id));

        var filled = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(fills, new DemandFill(3, Taken: [taken.Id])));

        Assert.Equal(("FILLED", 3), (filled.State, filled.Filled));
        Assert.Equal(("PLACED", "DECLINED", "DECLINED"), (await StateAsync(taken.Id), await StateAsync(other.Id), await StateAsync(hidden.Id)));
        Assert.Equal("DEMAND_CLOSED", (await _school.GetFromJsonAsync<Introduction>($"{Url}/{hidden.Id}"))!.DeclineReason);
    }

    [Fact]
    public async Task Withdrawal_NamesWhomItTook_AndEndsTheOthers()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Headcount = 5 });
        var (taken, other) = (await CreateAsync(demand.Id), await CreateAsync(demand.Id));
        var strange = await CreateAsync();
        var moves = $"/api/v1/demands/{demand.Id}/transitions";
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(moves, new DemandTransition("PAUSED", Taken: [taken.Id])), HttpStatusCode.BadRequest, "taken_only_when_closing");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(moves, new DemandTransition("WITHDRAWN", Taken: [strange.Id])), HttpStatusCode.BadRequest, "reference_not_found");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(moves, new DemandTransition("WITHDRAWN", Taken: [taken.Id], Elsewhere: 4)), HttpStatusCode.BadRequest, "fills_the_demand");

        var closed = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(moves, new DemandTransition("WITHDRAWN", Taken: [taken.Id], Elsewhere: 2)));

        Assert.Equal(("WITHDRAWN", 3), (closed.State, closed.Filled));
        Assert.Equal(("PLACED", "DECLINED", "SUGGESTED"), (await StateAsync(taken.Id), await StateAsync(other.Id), await StateAsync(strange.Id)));
        Assert.Equal([("SUGGESTED", "company"), ("DECLINED", "company")], (await _school.GetFromJsonAsync<Page<IntroductionEvent>>($"{Url}/{other.Id}/events"))!.Items.Select(step => (step.State, step.ByRole)));
    }

    private async Task<string> StateAsync(long id) => (await _school.GetFromJsonAsync<Introduction>($"{Url}/{id}"))!.State;

    private static async Task StepAsync(HttpClient client, long id, string to) =>
        await HttpAssert.BodyAsync<Introduction>(await client.PostAsJsonAsync($"{Url}/{id}/transitions", new IntroductionStep(to)));

    private async Task SetConsentAsync(long graduate, bool consent)
    {
        var row = await _school.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/graduates/{graduate}");
        var body = ApiData.SentBack("graduates", row);
        body["consent"] = System.Text.Json.JsonSerializer.SerializeToElement(consent);
        await HttpAssert.BodyAsync<Graduate>(await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{graduate}", row.GetProperty("version").GetInt32(), body)));
    }

    private async Task<Introduction> CreateAsync(long? demand = null) => await ApiData.CreateAsync<Introduction>(
        _company, "introductions", new CreateIntroduction(demand ?? (await ApiData.CreateDemandAsync(_company)).Id, (await ApiData.CreateGraduateAsync(_school)).Id, "双选会"));
}
