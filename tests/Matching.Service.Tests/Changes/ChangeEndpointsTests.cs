using System.Net;
using Matching.Service.Changes;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Programs;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Changes;

public class ChangeEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Changes_AreReadOnFromTheCursor_WithTheRowAndTombstones()
    {
        using var company = api.ClientAs("company");
        using var school = api.ClientAs("school");
        var start = await ReadAsync<Demand>(school, "demands", null);
        var first = await ApiData.CreateDemandAsync(company);
        var second = await ApiData.CreateDemandAsync(company);

        var page = await ReadAsync<Demand>(school, "demands", start.Next, 1);
        var rest = await ReadAsync<Demand>(school, "demands", page.Next, 1);
        await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"/api/v1/demands/{first.Id}", first.Version));
        var gone = await ReadAsync<Demand>(school, "demands", rest.Next);

        Assert.Empty(start.Items);
        Assert.Equal((first.Id, "CREATED", true), (page.Items.Single().Id, page.Items.Single().Kind, page.More));
        Assert.Equal(["数控编程", "机械制图"], page.Items.Single().Row!.Skills.Select(skill => skill.Name));
        Assert.Equal((second.Id, false), (rest.Items.Single().Id, rest.More));
        Assert.Equal((first.Id, "DELETED", null), (gone.Items.Single().Id, gone.Items.Single().Kind, gone.Items.Single().Row));
        Assert.Null((await ReadAsync<Demand>(school, "demands", start.Next, 1)).Items.Single().Row);
    }

    [Fact]
    public async Task Changes_OfProgrammesAndGraduates_AreStreamsOfTheirOwn()
    {
        using var school = api.ClientAs("school");
        using var other = api.ClientOf(api.Data.First, "school2");
        var (programs, graduates) = ((await ReadAsync<TrainingProgram>(school, "programs", null)).Next, (await ReadAsync<Graduate>(school, "graduates", null)).Next);
        var graduate = await ApiData.CreateGraduateAsync(school);

        Assert.Equal(graduate.ProgramId, Assert.Single((await ReadAsync<TrainingProgram>(other, "programs", programs)).Items).Row!.Id);
        Assert.Equal(graduate.Reference, Assert.Single((await ReadAsync<Graduate>(school, "graduates", graduates)).Items).Row!.Reference);
        Assert.Empty((await ReadAsync<Graduate>(other, "graduates", graduates)).Items);
    }

    [Fact]
    public async Task Changes_FromAnInstantOrADay_AreThoseWrittenSince()
    {
        using var company = api.ClientAs("company");
        await ApiData.CreateDemandAsync(company);
        var cursor = (await ReadAsync<Demand>(company, "demands", null)).Next;
        var id = (await ApiData.CreateDemandAsync(company)).Id;
        var at = (await ReadAsync<Demand>(company, "demands", cursor)).Items.Single().At;

        Assert.Equal([id], (await ReadAsync<Demand>(company, "demands", at.ToString("O"))).Items.Select(change => change.Id));
        Assert.Contains(id, (await ReadAsync<Demand>(company, "demands", "2026-01-01", 200)).Items.Select(change => change.Id));
        Assert.Empty((await ReadAsync<Demand>(company, "demands", "2999-01-01T08:00:00 08:00")).Items);
    }

    [Theory, InlineData("yesterday"), InlineData("2026-13-01"), InlineData("MTIz")]
    public async Task Since_IsRefused_WhenItIsNeitherACursorNorATime(string since)
    {
        using var company = api.ClientAs("company");
        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/demands/changes?since={since}"), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Cursor_IsGone_WhenWhatFollowedItWasTrimmed()
    {
        var consortium = api.Data.Second;
        using var company = api.ClientOf(consortium, "company");
        var old = (await ReadAsync<Demand>(company, "demands", null)).Next;
        await ApiData.CreateDemandAsync(company);
        await using (var owner = await api.Database.Owner.OpenConnectionAsync())
        {
            await Dapper.SqlMapper.ExecuteAsync(owner, "UPDATE change_log SET at = at - interval '100 days' WHERE consortium_id = @Id", new { consortium.Id });
        }

        var kept = (await ReadAsync<Demand>(company, "demands", null)).Next;
        var id = (await ApiData.CreateDemandAsync(company)).Id;
        await WaitingWork.RunAsync(api, consortium.Id, TrimChangesJob.Spec.Name);

        await HttpAssert.ProblemAsync(await company.GetAsync($"/api/v1/demands/changes?since={old}"), HttpStatusCode.Gone, "cursor_expired");
        await HttpAssert.ProblemAsync(await company.GetAsync("/api/v1/demands/changes?since=2026-01-01"), HttpStatusCode.Gone, "cursor_expired");
        Assert.Equal([id], (await ReadAsync<Demand>(company, "demands", kept)).Items.Select(change => change.Id));
    }

    private static async Task<ChangePage<T>> ReadAsync<T>(HttpClient client, string resource, string? since, int take = 50)
        where T : class =>
        await HttpAssert.BodyAsync<ChangePage<T>>(await client.GetAsync(
            $"/api/v1/{resource}/changes?take={take}" + (since is null ? "" : $"&since={Uri.EscapeDataString(since)}")));
}
