using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

public class DemandHistoryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Demand_IsReadAsItWas_AfterSeveralChanges()
    {
        using var company = api.ClientAs("company");
        var before = await NowAsync();
        var states = new List<(string At, Demand Was)>();
        var demand = await ApiData.CreateDemandAsync(company);
        states.Add((await NowAsync(), demand));
        foreach (var change in (Func<WriteDemand, WriteDemand>[])[d => d with { Headcount = 8 }, d => d with { Skills = [new("PLC", true, 2)], Title = "电工" }, d => d with { Skills = [] }])
        {
            var request = change(ApiData.NewDemand() with { Title = demand.Title, Headcount = demand.Headcount, Skills = demand.Skills });
            demand = await HttpAssert.BodyAsync<Demand>(await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/demands/{demand.Id}", demand.Version, request)));
            states.Add((await NowAsync(), demand));
        }

        await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"/api/v1/demands/{demand.Id}", demand.Version));
        var after = await NowAsync();

        foreach (var (at, was) in states)
        {
            Assert.Equal(Stored(was), Stored(await company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}?asOf={at}")));
            var list = await company.GetFromJsonAsync<Page<Demand>>($"/api/v1/demands?own=true&take=200&asOf={at}");
            Assert.Equal(Stored(was), Stored(list!.Items.Single(row => row.Id == demand.Id)));
        }

        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/demands/{demand.Id}?asOf={before}"), HttpStatusCode.NotFound, "demand_not_found");
        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/demands/{demand.Id}?asOf={after}"), HttpStatusCode.NotFound, "demand_not_found");
        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/demands/{demand.Id}"), HttpStatusCode.NotFound, "demand_not_found");
    }

    [Fact]
    public async Task Past_IsSeenByWhoSawIt_AndADraftsByNobodyElse()
    {
        using var company = api.ClientAs("company");
        using var school = api.ClientAs("school");
        using var stranger = api.ClientOf(api.Data.Second, "office");
        var draft = await ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { State = "DRAFT" });
        var drafted = await NowAsync();
        await company.PostAsJsonAsync($"/api/v1/demands/{draft.Id}/transitions", new DemandTransition("OPEN"));
        var opened = await NowAsync();

        Assert.Equal("DRAFT", (await company.GetFromJsonAsync<Demand>($"/api/v1/demands/{draft.Id}?asOf={drafted}"))!.State);
        Assert.Equal(HttpStatusCode.NotFound, (await school.GetAsync($"/api/v1/demands/{draft.Id}?asOf={drafted}")).StatusCode);
        Assert.Equal("OPEN", (await school.GetFromJsonAsync<Demand>($"/api/v1/demands/{draft.Id}?asOf={opened}"))!.State);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/v1/demands/{draft.Id}?asOf={opened}")).StatusCode);
    }

    [Fact]
    public async Task SkillsAlone_AreAChangeToo()
    {
        using var company = api.ClientAs("company");
        var demand = await ApiData.CreateDemandAsync(company);
        var before = await NowAsync();
        await using (var owner = await api.Database.Owner.OpenConnectionAsync())
        {
            await Dapper.SqlMapper.ExecuteAsync(owner, "SELECT set_config('app.consortium', @c, false), set_config('app.role', 'job', false)", new { c = api.Data.First.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
            await Dapper.SqlMapper.ExecuteAsync(owner, "DELETE FROM demand_skill WHERE demand_id = @Id AND must", new { demand.Id });
        }

        Assert.Equal(["数控编程", "机械制图"], (await company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}?asOf={before}"))!.Skills.Select(skill => skill.Name));
        Assert.Equal(["机械制图"], (await company.GetFromJsonAsync<Demand>($"/api/v1/demands/{demand.Id}"))!.Skills.Select(skill => skill.Name));
    }

    [Fact]
    public async Task Day_MeansItsEnd_InShanghai()
    {
        Assert.Equal(new DateTime(2026, 11, 25, 15, 59, 59, DateTimeKind.Utc), DayOrInstant.Parse("2026-11-25", null).End.AddTicks(-DayOrInstant.Parse("2026-11-25", null).End.Ticks % TimeSpan.TicksPerSecond));
        Assert.Equal(new DateTime(2026, 11, 25, 2, 0, 0, DateTimeKind.Utc), DayOrInstant.Parse("2026-11-25T10:00:00 08:00", null).End);
        using var company = api.ClientAs("company");
        var demand = await ApiData.CreateDemandAsync(company);
        Assert.Equal(HttpStatusCode.NotFound, (await company.GetAsync($"/api/v1/demands/{demand.Id}?asOf=2026-01-01")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await company.GetAsync($"/api/v1/demands/{demand.Id}?asOf=2999-01-01")).StatusCode);
        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/demands/{demand.Id}?asOf=gestern"), HttpStatusCode.BadRequest, "invalid_request");
    }

    // How many seats are counted in figures is no part of the row: it is judged from all demands as they are today.
    private static string Stored(Demand? demand) => JsonSerializer.Serialize(demand! with { CountedHeadcount = 0 });

    // The database's clock, which the history goes by.
    private async Task<string> NowAsync()
    {
        await using var owner = await api.Database.Owner.OpenConnectionAsync();
        var now = await Dapper.SqlMapper.ExecuteScalarAsync<DateTime>(owner, "SELECT clock_timestamp()");
        return now.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);
    }
}
