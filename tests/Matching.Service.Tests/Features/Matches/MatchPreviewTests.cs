using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Matches;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Matches;

public class MatchPreviewTests(ResidentFixture api) : IClassFixture<ResidentFixture>
{
    private const string Url = "/api/v1/match/preview";

    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task UnsavedDemand_FindsWhatItFindsOncePosted()
    {
        for (var i = 0; i < 3; i++)
        {
            await ApiData.CreateGraduateAsync(_school);
        }

        await ApiData.CreateGraduateAsync(_school, consent: false);
        var request = ApiData.NewDemand();
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", request);
        var matches = await Eventually.AsksAsync(
            async () => await HttpAssert.BodyAsync<DemandMatches>(await _company.GetAsync($"/api/v1/demands/{demand.Id}/matches?take=50")), matches => matches is { Live: true, Items.Count: >= 3 });

        var preview = await PreviewAsync(_company, new { demand = request, take = 50 });

        Assert.Equal(matches.Items.Select(item => (item.Graduate.Id, item.Points, item.Verdict)), preview.Graduates.Select(item => (item.Graduate.Id, item.Points, item.Verdict)));
        Assert.Equal(demand.OccupationCode, preview.OccupationCode);
        Assert.Equal(matches.Items.Count, preview.Counts.Pass + preview.Counts.Unknown);
        Assert.Equal(matches.Items.Count, preview.Counts.Points.Sum());
        Assert.False(preview.Counts.Rounded);
        Assert.Empty(preview.UnknownWords);
        Assert.All(preview.Graduates, item => Assert.True(item.Explanation.Current));
    }

    [Fact]
    public async Task Profile_FindsOpenDemands_WithReasons()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var profile = new
        {
            skills = new[] { new { name = "数控编程", evidence = "COURSE", level = 3 } }, certificates = new[] { "数控车铣加工" }, majorCode = "460103", educationCode = "31",
            wishedOccupations = new[] { "6-18-01-07" }, wishedRegions = new[] { "440300" }, wageWish = 6000,
        };

        var preview = await Eventually.AsksAsync(() => PreviewAsync(_school, new { profile, take = 50 }), preview => preview.Demands.Any(item => item.Demand.Id == demand.Id));

        var match = preview.Demands.Single(item => item.Demand.Id == demand.Id);
        Assert.Equal(match.Points, match.Explanation.Parts.Sum(part => part.Points));
        Assert.Contains("数控编程", match.Explanation.MatchedSkills);
        Assert.Contains("机械制图", match.Explanation.UnknownSkills);
        Assert.Empty(preview.Graduates);
        Assert.True(preview.Counts.Considered >= preview.Counts.Pass + preview.Counts.Unknown);
    }

    [Theory]
    [InlineData("company", true, true)]
    [InlineData("office", true, true)]
    [InlineData("admin", true, true)]
    [InlineData("school", false, true)]
    [InlineData("department", false, true)]
    [InlineData("institute", false, true)]
    [InlineData("platform", false, false)]
    public async Task Preview_ShowsWhatTheCallerMaySee(string role, bool persons, bool demands)
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var hidden = await ApiData.CreateGraduateAsync(_school, consent: false);
        var demand = await ApiData.CreateDemandAsync(_company);
        await Eventually.AsksAsync(() => PreviewAsync(_company, new { demand = ApiData.NewDemand(), take = 50 }), preview => preview.Graduates.Any(item => item.Graduate.Id == graduate.Id));
        await Eventually.AsksAsync(() => PreviewAsync(_company, new { profile = new { anyRegion = true }, take = 50 }), preview => preview.Demands.Any(item => item.Demand.Id == demand.Id));
        using var client = api.ClientAs(role);

        var ofDemand = await PreviewAsync(client, new { demand = ApiData.NewDemand(), take = 50 });
        var ofProfile = await PreviewAsync(client, new { profile = new { anyRegion = true }, take = 50 });

        Assert.Equal(persons, ofDemand.Graduates.Any(item => item.Graduate.Id == graduate.Id));
        Assert.DoesNotContain(hidden.Id, ofDemand.Graduates.Select(item => item.Graduate.Id));
        Assert.Equal(persons, ofDemand.Graduates.Count > 0);
        Assert.Equal(!persons, ofDemand.Counts.Rounded);
        Assert.True(persons || ofDemand.Counts.Points.Concat([ofDemand.Counts.Considered, ofDemand.Counts.Pass, ofDemand.Counts.Unknown]).All(count => count % 10 == 0));
        Assert.Equal(demands, ofProfile.Demands.Any(item => item.Demand.Id == demand.Id));
        Assert.True(ofProfile.Counts.Considered > 0);
    }

    [Fact]
    public async Task Preview_KnowsNothingOfOtherConsortia()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        using var stranger = api.ClientOf(api.Data.Second, "school");

        Assert.DoesNotContain(demand.Id, (await PreviewAsync(stranger, new { profile = new { anyRegion = true }, take = 50 })).Demands.Select(item => item.Demand.Id));
    }

    [Fact]
    public async Task Preview_StoresNothing()
    {
        await ApiData.CreateGraduateAsync(_school);
        await ApiData.CreateDemandAsync(_company);
        var body = ApiData.NewDemand() with { Skills = [new("从未见过的技能"), new("数控编程")] };
        await PreviewAsync(_company, new { demand = body });
        var before = await CountsAsync();

        var preview = await PreviewAsync(_company, new { demand = body });
        await PreviewAsync(_school, new { profile = new { skills = new[] { new { name = "另一种从未见过的技能" } }, anyRegion = true } });

        Assert.Equal(before, await CountsAsync());
        Assert.Equal(["从未见过的技能"], preview.UnknownWords);
        Assert.All(preview.Graduates, item => Assert.Contains("从未见过的技能", item.Explanation.UnknownSkills));
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "demand": { "title": "焊工", "regionCode": "440306" }, "profile": { } }""")]
    [InlineData("""{ "demand": { "title": "焊工", "regionCode": "999999" } }""")]
    [InlineData("""{ "demand": { "title": "焊工", "regionCode": "440306", "skills": [ { "name": "" } ] } }""")]
    [InlineData("""{ "profile": { "skills": [ { "name": "焊接", "level": 9 } ] } }""")]
    [InlineData("""{ "profile": { "anyRegion": true, "wishedRegions": [ "440306" ] } }""")]
    [InlineData("""{ "profile": { }, "take": 51 }""")]
    public async Task Preview_IsRefused_WhenItSaysNothingThatCanBeMatched(string body) => await HttpAssert.ProblemAsync(
        await _company.PostAsync(Url, new StringContent(body, System.Text.Encoding.UTF8, "application/json")), HttpStatusCode.BadRequest, "invalid_request");

    private async Task<string> CountsAsync()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>("SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY 1");
        List<string> counts = [];
        foreach (var table in tables)
        {
            counts.Add($"{table} {await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}")}");
        }

        return string.Join('\n', counts);
    }

    private static async Task<PreviewedMatches> PreviewAsync(HttpClient client, object body) =>
        await HttpAssert.BodyAsync<PreviewedMatches>(await client.PostAsJsonAsync(Url, body));
}

public class MatchPreviewWithoutMemoryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Preview_SaysSo_WhereNothingIsKeptInMemory()
    {
        using var company = api.ClientAs("company");

        await HttpAssert.ProblemAsync(
            await company.PostAsJsonAsync("/api/v1/match/preview", new { profile = new { anyRegion = true } }), HttpStatusCode.ServiceUnavailable, "matches_not_resident");
    }
}
