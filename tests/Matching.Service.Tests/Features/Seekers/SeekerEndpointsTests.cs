using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Seekers;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Seekers;

public class SeekerEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/seekers";

    private readonly HttpClient _institute = api.ClientAs("institute");

    [Fact]
    public async Task Create_StoresWhatWasSent_ForTheRegisteringOrganization()
    {
        var sent = NewSeeker() with { Skills = [new("数控编程", "COURSE", 2), new("数控编程", "CERTIFICATE"), new("PLC", "CLAIM")] };
        var seeker = await ApiData.CreateAsync<Seeker>(_institute, "seekers", sent);

        Assert.Equal((api.Data.First.Organizations["institute"], "UNEMPLOYED", "25-34", null), (seeker.OrganizationId, seeker.Category, seeker.BirthBand, seeker.ClosedOn));
        Assert.Equal(sent.WishedOccupations, seeker.WishedOccupations);
        Assert.Equal([new SeekerSkill("PLC", "CLAIM"), new SeekerSkill("数控编程", "CERTIFICATE")], seeker.Skills.OrderBy(skill => skill.Name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("110101199003078515")]
    [InlineData("S-13800138000")]
    public async Task Create_RefusesPersonalNumbersAsReference(string reference)
    {
        var problem = await HttpAssert.ProblemAsync(await _institute.PostAsJsonAsync(Url, NewSeeker() with { Reference = reference }), HttpStatusCode.BadRequest, "invalid_request");

        Assert.True(problem.GetProperty("errors").TryGetProperty("reference", out _));
    }

    [Fact]
    public async Task Create_NamesTheField_WhenTwoStatementsContradict()
    {
        var both = await HttpAssert.ProblemAsync(await _institute.PostAsJsonAsync(Url, NewSeeker() with { AnyRegion = true }), HttpStatusCode.BadRequest, "invalid_request");
        var backwards = await HttpAssert.ProblemAsync(
            await _institute.PostAsJsonAsync(Url, NewSeeker() with { ClosedOn = new DateOnly(2026, 1, 1) }), HttpStatusCode.BadRequest, "invalid_request");

        Assert.True(both.GetProperty("errors").TryGetProperty("wishedRegions", out _));
        Assert.True(backwards.GetProperty("errors").TryGetProperty("closedOn", out _));
    }

    [Fact]
    public async Task Update_ClosesTheSearch_AndTheListOfOpenOnesForgetsIt()
    {
        var sent = NewSeeker();
        var seeker = await ApiData.CreateAsync<Seeker>(_institute, "seekers", sent);
        Assert.Contains(seeker.Id, await IdsAsync("onlyOpen=true&region=440000&category=UNEMPLOYED"));

        var closed = await HttpAssert.BodyAsync<Seeker>(await _institute.SendAsync(
            HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{seeker.Id}", seeker.Version, sent with { ClosedOn = new DateOnly(2026, 11, 1) })));

        Assert.Equal(new DateOnly(2026, 11, 1), closed.ClosedOn);
        Assert.DoesNotContain(seeker.Id, await IdsAsync("onlyOpen=true"));
        Assert.Contains(seeker.Id, await IdsAsync("region=440306"));
        Assert.DoesNotContain(seeker.Id, await IdsAsync("region=440305"));
    }

    private async Task<IEnumerable<long>> IdsAsync(string query) => (await _institute.GetFromJsonAsync<Page<Seeker>>($"{Url}?{query}&take=200"))!.Items.Select(item => item.Id);

    private static WriteSeeker NewSeeker() => new(
        $"S-{ApiData.Next():0000}", "UNEMPLOYED", "440306", new DateOnly(2026, 10, 8), EducationCode: "31", BirthBand: "25-34", WishedOccupations: ["6-18-01-07"], WishedRegions: ["440300"]);
}
