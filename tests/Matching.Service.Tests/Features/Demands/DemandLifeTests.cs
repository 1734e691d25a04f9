using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Data;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Jobs;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

public class DemandLifeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/demands";
    private static readonly string[] States = ["DRAFT", "OPEN", "PAUSED", "FILLED", "WITHDRAWN", "EXPIRED"];

    // Every move that is allowed; all others answer transition_not_allowed. FILLED is reached by filling alone.
    private static readonly (string From, string To)[] Allowed =
        [("DRAFT", "OPEN"), ("OPEN", "PAUSED"), ("OPEN", "WITHDRAWN"), ("OPEN", "EXPIRED"), ("PAUSED", "OPEN"), ("PAUSED", "WITHDRAWN"), ("PAUSED", "EXPIRED"), ("EXPIRED", "OPEN")];

    private readonly HttpClient _company = api.ClientAs("company");
    private readonly DateOnly _today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));

    public static TheoryData<string, string> Moves()
    {
        var moves = new TheoryData<string, string>();
        foreach (var from in States)
        {
            foreach (var to in (string[])["OPEN", "PAUSED", "WITHDRAWN", "EXPIRED"])
            {
                moves.Add(from, to);
            }
        }

        return moves;
    }

    [Theory, MemberData(nameof(Moves))]
    public async Task Move_IsAllowedOrRefused_FromEveryStateToEveryOther(string from, string to)
    {
        var demand = await InStateAsync(from);
        var answer = await _company.PostAsJsonAsync($"{Url}/{demand.Id}/transitions", new DemandTransition(to));
        if (Allowed.Contains((from, to)))
        {
            Assert.Equal(to, (await HttpAssert.BodyAsync<Demand>(answer)).State);
            Assert.Equal(to, (await EventsAsync(demand.Id))[^1].State);
        }
        else
        {
            await HttpAssert.ProblemAsync(answer, HttpStatusCode.Conflict, "transition_not_allowed");
            Assert.Equal(from, (await FindAsync(demand.Id)).State);
        }
    }

    [Theory]
    [InlineData("DRAFT", HttpStatusCode.Conflict)]
    [InlineData("OPEN", HttpStatusCode.OK)]
    [InlineData("PAUSED", HttpStatusCode.OK)]
    [InlineData("FILLED", HttpStatusCode.Conflict)]
    [InlineData("WITHDRAWN", HttpStatusCode.Conflict)]
    [InlineData("EXPIRED", HttpStatusCode.Conflict)]
    public async Task Fill_AndConfirm_NeedADemandThatRuns(string state, HttpStatusCode status)
    {
        var demand = await InStateAsync(state);

        Assert.Equal(status, (await _company.PostAsJsonAsync($"{Url}/{demand.Id}/confirm", new DemandConfirmation())).StatusCode);
        Assert.Equal(status, (await _company.PostAsJsonAsync($"{Url}/{demand.Id}/fills", new DemandFill(1))).StatusCode);
    }

    [Fact]
    public async Task Move_OpensAnExpiredDemandAgain_WithANewEnd()
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { ValidThrough = new DateOnly(2026, 10, 31) });
        var url = $"{Url}/{demand.Id}/transitions";
        await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandTransition("EXPIRED", new DateOnly(2026, 10, 31))));
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("OPEN")), HttpStatusCode.Conflict, "transition_not_allowed");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("OPEN", new DateOnly(2026, 10, 1))), HttpStatusCode.Conflict, "transition_not_allowed");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandTransition("PAUSED", ValidThrough: _today)), HttpStatusCode.BadRequest, "invalid_request");
        var open = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandTransition("OPEN", ValidThrough: _today.AddDays(30))));

        Assert.Equal(("OPEN", null, _today.AddDays(30), new DateOnly(2026, 9, 1)), (open.State, open.ClosedOn, open.ValidThrough, open.OpenedOn));
    }

    [Fact]
    public async Task Correction_TakesBackAFill_KeepsBothEntries_AndNeverGoesBelowNothing()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/fills", new DemandFill(3, new DateOnly(2026, 10, 5))));
        var url = $"{Url}/{demand.Id}/fill-corrections";
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandFillCorrection(4, "多报")), HttpStatusCode.Conflict, "correction_not_possible");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandFillCorrection(1, "早于登记", new DateOnly(2026, 10, 4))), HttpStatusCode.Conflict, "correction_not_possible");
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new { count = 1, note = "" }), HttpStatusCode.BadRequest, "invalid_request");
        var open = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandFillCorrection(2, "误报两人", new DateOnly(2026, 10, 5))));
        var none = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync(url, new DemandFillCorrection(1, "也未到岗")));
        await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(url, new DemandFillCorrection(1, "再报")), HttpStatusCode.Conflict, "correction_not_possible");

        Assert.Equal(("OPEN", null, 1, 0), (open.State, open.ClosedOn, open.Filled, none.Filled));
        Assert.Equal([(0, "OPEN"), (3, "FILLED"), (-2, "OPEN"), (-1, "OPEN")], (await EventsAsync(demand.Id)).OrderBy(e => e.Id).Select(e => (e.FilledDelta, e.State)));
    }

    [Fact]
    public async Task Headcount_IsHistory_ButNotThatOfADraft()
    {
        var sent = ApiData.NewDemand() with { State = "DRAFT" };
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", sent);
        demand = await PutAsync(demand, sent with { Headcount = 9 });
        demand = await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/transitions", new DemandTransition("OPEN")));
        demand = await PutAsync(demand, sent with { Headcount = 20, OpenedOn = null });
        await PutAsync(demand, sent with { Headcount = 12, OpenedOn = null });

        Assert.Equal([0, 0, 11, -8], (await EventsAsync(demand.Id)).OrderBy(e => e.Id).Select(e => e.HeadcountDelta));
    }

    [Fact]
    public async Task Job_ClosesWhatIsOver_OnTheDayItWasOver_HoweverLateAndOftenItRuns()
    {
        var (consortium, company) = await AnotherAsync("到期市");
        var byDate = await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { ValidThrough = _today.AddDays(10) });
        var silent = await ApiData.CreateDemandAsync(company);
        var filled = await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { Headcount = 1, ValidThrough = _today.AddDays(10) });
        await company.PostAsJsonAsync($"{Url}/{filled.Id}/fills", new DemandFill(1));

        await ExpireAsync(consortium.Id, _today.AddDays(10));
        Assert.Equal("OPEN", (await FindAsync(byDate.Id, company)).State);
        // Three weeks without the service.
        await ExpireAsync(consortium.Id, _today.AddDays(31));
        await ExpireAsync(consortium.Id, _today.AddDays(31));
        var expired = await FindAsync(byDate.Id, company);
        Assert.Equal(("EXPIRED", _today.AddDays(10), expired.OpenedOn), (expired.State, expired.ClosedOn, byDate.OpenedOn));
        Assert.Equal(["OPEN", "EXPIRED"], (await EventsAsync(byDate.Id, company)).Select(e => e.State));
        Assert.Equal(("OPEN", "FILLED"), ((await FindAsync(silent.Id, company)).State, (await FindAsync(filled.Id, company)).State));

        await ExpireAsync(consortium.Id, _today.AddDays(90));
        Assert.Equal("OPEN", (await FindAsync(silent.Id, company)).State);
        await ExpireAsync(consortium.Id, _today.AddDays(120));
        var forgotten = await FindAsync(silent.Id, company);
        Assert.Equal(("EXPIRED", _today.AddDays(90)), (forgotten.State, forgotten.ClosedOn));
        Assert.Contains("90 天未确认", (await EventsAsync(silent.Id, company))[^1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_ShowWhatNobodySpokeOf_OldestFirst_UntilItIsConfirmed()
    {
        var (consortium, company) = await AnotherAsync("提醒市");
        Assert.Equal("""{"items":[],"next":null}""", await company.GetStringAsync($"{Url}/reminders"));
        var old = new List<Demand>();
        for (var i = 0; i < 3; i++)
        {
            old.Add(await ApiData.CreateDemandAsync(company));
            await SilentSinceAsync(old[i].Id, _today.AddDays(i - 40));
        }

        var fresh = await ApiData.CreateDemandAsync(company);
        await SilentSinceAsync(fresh.Id, _today.AddDays(-30));
        await company.PostAsJsonAsync($"{Url}/{old[1].Id}/transitions", new DemandTransition("PAUSED"));
        await SilentSinceAsync(old[1].Id, _today.AddDays(-39));

        var first = (await company.GetFromJsonAsync<Page<DemandReminder>>($"{Url}/reminders?take=2"))!;
        var second = (await company.GetFromJsonAsync<Page<DemandReminder>>($"{Url}/reminders?take=2&after={first.Next}"))!;
        Assert.Equal([(old[0].Id, 40, "STALE"), (old[1].Id, 39, "PAUSED"), (old[2].Id, 38, "STALE")], first.Items.Concat(second.Items).Select(row => (row.DemandId, row.Days, row.Reason)));
        Assert.Null(second.Next);
        Assert.Equal(_today.AddDays(50), first.Items[0].ExpiresOn);
        Assert.All(first.Items, row => Assert.NotEmpty(row.WhatToDo));
        using var office = api.ClientOf(consortium, "office");
        using var neighbour = api.ClientOf(consortium, "company2");
        Assert.Equal(3, (await office.GetFromJsonAsync<Page<DemandReminder>>($"{Url}/reminders"))!.Items.Count);
        Assert.Empty((await neighbour.GetFromJsonAsync<Page<DemandReminder>>($"{Url}/reminders"))!.Items);
        await HttpAssert.ProblemAsync(await company.GetAsync($"{Url}/reminders?after={new Cursor(5)}"), HttpStatusCode.BadRequest, "invalid_request");

        var confirmed = await HttpAssert.BodyAsync<Demand>(await company.PostAsJsonAsync($"{Url}/{old[0].Id}/confirm", new DemandConfirmation(_today.AddDays(60))));
        Assert.Equal((_today, _today.AddDays(60)), (confirmed.ConfirmedOn, confirmed.ValidThrough));
        await HttpAssert.ProblemAsync(await company.PostAsJsonAsync($"{Url}/{old[0].Id}/confirm", new DemandConfirmation(_today.AddDays(-1))), HttpStatusCode.BadRequest, "validity_passed");
        await company.PostAsJsonAsync($"{Url}/{old[2].Id}/fills", new DemandFill(1));
        Assert.Equal([old[1].Id], (await company.GetFromJsonAsync<Page<DemandReminder>>($"{Url}/reminders"))!.Items.Select(row => row.DemandId));
    }

    [Fact]
    public async Task Rules_AreTheRegions_AndRemindBeforeTheyExpire()
    {
        var (consortium, company) = await AnotherAsync("规则市");
        using var office = api.ClientOf(consortium, "office");
        var defaults = (await company.GetFromJsonAsync<DemandRule>("/api/v1/demand-rules"))!;
        Assert.Equal(new DemandRule(30, 90, 50, 50, 300, 0), defaults);
        await HttpAssert.ProblemAsync(await office.SendAsync(Put(0, new(60, 70, 50, 50, 300))), HttpStatusCode.BadRequest, "invalid_request");
        await HttpAssert.ProblemAsync(await office.PutAsJsonAsync("/api/v1/demand-rules", new WriteDemandRule(60, 90, 50, 50, 300)), (HttpStatusCode)428, "version_required");
        var set = await HttpAssert.BodyAsync<DemandRule>(await office.SendAsync(Put(0, new(10, null, 20, 50, 100))));
        await HttpAssert.ProblemAsync(await office.SendAsync(Put(0, new(11, null, 20, 50, 100))), HttpStatusCode.PreconditionFailed, "stale_version");
        Assert.Equal((10, null, 1), (set.StaleDays, set.ExpireDays, set.Version));
        Assert.Equal(2, (await HttpAssert.BodyAsync<DemandRule>(await office.SendAsync(Put(1, new(10, null, 30, 50, 100))))).Version);

        var demand = await ApiData.CreateDemandAsync(company);
        await ExpireAsync(consortium.Id, _today.AddDays(4000));
        Assert.Equal("OPEN", (await FindAsync(demand.Id, company)).State);
        HttpRequestMessage Put(int version, WriteDemandRule rule) => HttpAssert.WithIfMatch(HttpMethod.Put, "/api/v1/demand-rules", version, rule);
    }

    private async Task<Demand> InStateAsync(string state)
    {
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { State = state == "DRAFT" ? "DRAFT" : "OPEN" });
        if (state == "FILLED")
        {
            await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/fills", new DemandFill(3)));
        }
        else if (state is not ("DRAFT" or "OPEN"))
        {
            await HttpAssert.BodyAsync<Demand>(await _company.PostAsJsonAsync($"{Url}/{demand.Id}/transitions", new DemandTransition(state)));
        }

        return demand;
    }

    private async Task<Demand> PutAsync(Demand known, WriteDemand body) =>
        await HttpAssert.BodyAsync<Demand>(await _company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{known.Id}", known.Version, body)));

    private async Task<Demand> FindAsync(long id, HttpClient? client = null) => (await (client ?? _company).GetFromJsonAsync<Demand>($"{Url}/{id}"))!;

    private async Task<IReadOnlyList<DemandEvent>> EventsAsync(long id, HttpClient? client = null) =>
        (await (client ?? _company).GetFromJsonAsync<Page<DemandEvent>>($"{Url}/{id}/events"))!.Items;

    private async Task<(TestConsortium, HttpClient)> AnotherAsync(string name)
    {
        var consortium = await TestData.CreateConsortiumAsync(api.Database, name, "440300");
        return (consortium, api.ClientOf(consortium, "company"));
    }

    private async Task SilentSinceAsync(long id, DateOnly day)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE demand SET confirmed_on = @day WHERE id = @id", new { id, day });
    }

    // The clock of a run is the instant it was planned for.
    private async Task ExpireAsync(long consortium, DateOnly day)
    {
        await using (var session = api.Database.Open(TenantContext.Job(consortium)))
        {
            var midnight = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc).AddHours(-8);
            await JobLedger.EnqueueAsync(session, "expire-demands", midnight.AddMinutes(10).AddMilliseconds(ApiData.Next()), "", default);
            await session.CommitAsync(default);
        }

        await WaitingWork.DrainAsync(api);
    }
}
