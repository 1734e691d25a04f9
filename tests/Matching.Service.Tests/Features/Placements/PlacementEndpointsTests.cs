using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Placements;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Placements;

public class PlacementEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/placements";

    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task Create_EndsTheDestinationBefore()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var first = await ApiData.CreateAsync<Placement>(_school, "placements", new WritePlacement(graduate.Id, "FREELANCE", "OWN_STATEMENT", new DateOnly(2026, 7, 1)));
        var second = await ApiData.CreateAsync<Placement>(
            _school, "placements", new WritePlacement(graduate.Id, "CONTRACT", "LABOUR_CONTRACT", new DateOnly(2026, 9, 1), EmployerName: "示例公司"));

        Assert.Equal(new DateOnly(2026, 9, 1), (await _school.GetFromJsonAsync<Placement>($"{Url}/{first.Id}"))!.EndedOn);
        Assert.Equal([second], (await _school.GetFromJsonAsync<Page<Placement>>($"{Url}?graduateId={graduate.Id}&current=true"))!.Items);
    }

    [Theory]
    [InlineData("CONTRACT", "INTERNSHIP_CERTIFICATE")]
    [InlineData("FREELANCE", "INTERNSHIP_CERTIFICATE")]
    [InlineData("CONTRACT", "AGREEMENT")]
    [InlineData("FURTHER_STUDY", "OWN_STATEMENT")]
    [InlineData("MILITARY", "NONE")]
    public async Task Create_RefusesEvidenceThatProvesSomethingElse(string destination, string evidence)
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);

        await HttpAssert.ProblemAsync(
            await _school.PostAsJsonAsync(Url, new WritePlacement(graduate.Id, destination, evidence, new DateOnly(2026, 7, 1), EmployerName: "示例公司")),
            HttpStatusCode.UnprocessableEntity, "evidence_not_accepted");
    }

    [Fact]
    public async Task Create_NeedsAnEmployer_WhereThereIsOne()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await HttpAssert.ProblemAsync(
            await _school.PostAsJsonAsync(Url, new WritePlacement(graduate.Id, "CONTRACT", "LABOUR_CONTRACT", new DateOnly(2026, 7, 1))), HttpStatusCode.BadRequest, "missing_field");
    }

    [Fact]
    public async Task Create_DoesNotKnowAnotherSchoolsGraduate()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        using var other = api.ClientAs("school2");

        await HttpAssert.ProblemAsync(
            await other.PostAsJsonAsync(Url, new WritePlacement(graduate.Id, "FREELANCE", "OWN_STATEMENT", new DateOnly(2026, 7, 1))), HttpStatusCode.BadRequest, "reference_not_found");
    }

    [Fact]
    public async Task Update_ConfirmsAndFollowsUp_ButNeverMovesToAnotherGraduate()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var sent = new WritePlacement(graduate.Id, "CONTRACT", "LABOUR_CONTRACT", new DateOnly(2026, 7, 1), EmployerName: "示例公司");
        var placement = await ApiData.CreateAsync<Placement>(_school, "placements", sent);
        var url = $"{Url}/{placement.Id}";

        var followed = await HttpAssert.BodyAsync<Placement>(await _school.SendAsync(
            HttpAssert.WithIfMatch(HttpMethod.Put, url, 1, sent with { Confirmed = true, Status6Months = "SAME_EMPLOYER" })));
        Assert.Equal((true, "SAME_EMPLOYER", null), (followed.Confirmed, followed.Status6Months, followed.Status12Months));
        var moved = HttpAssert.WithIfMatch(HttpMethod.Put, url, 2, sent with { GraduateId = (await ApiData.CreateGraduateAsync(_school)).Id });
        await HttpAssert.ProblemAsync(await _school.SendAsync(moved), HttpStatusCode.BadRequest, "owner_fixed");
        var unproved = HttpAssert.WithIfMatch(HttpMethod.Put, url, 2, sent with { Evidence = PlacementRules.InternshipCertificate });
        await HttpAssert.ProblemAsync(await _school.SendAsync(unproved), HttpStatusCode.UnprocessableEntity, "evidence_not_accepted");
    }

    [Fact]
    public async Task List_FiltersByCohortAndSchool()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var placement = await ApiData.CreateAsync<Placement>(_school, "placements", new WritePlacement(graduate.Id, "FREELANCE", "OWN_STATEMENT", new DateOnly(2026, 7, 1)));

        Assert.Contains(placement, (await _school.GetFromJsonAsync<Page<Placement>>($"{Url}?cohort=2026&schoolId={graduate.SchoolId}&take=200"))!.Items);
        Assert.Empty((await _school.GetFromJsonAsync<Page<Placement>>($"{Url}?cohort=2025"))!.Items);
        Assert.Empty((await _school.GetFromJsonAsync<Page<Placement>>($"{Url}?schoolId=999999"))!.Items);
    }
}
