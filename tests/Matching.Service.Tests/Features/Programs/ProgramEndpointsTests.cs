using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Programs;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Programs;

public class ProgramEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/programs";

    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task Create_StoresTheProgrammeWithItsLists()
    {
        var sent = ApiData.NewProgram() with { EndorsingCompanyIds = [api.Data.First.Organizations["company"]] };
        var program = await ApiData.CreateAsync<TrainingProgram>(_school, "programs", sent);

        Assert.Equal(sent.Occupations, program.Occupations);
        Assert.Equal(sent.Skills!.Order(), program.Skills.Order());
        Assert.Equal(sent.Certificates, program.Certificates);
        Assert.Equal(sent.Years, program.Years);
        Assert.Equal(sent.EndorsingCompanyIds, program.EndorsingCompanyIds);
    }

    [Fact]
    public async Task Update_ReplacesTheLists()
    {
        var program = await ApiData.CreateProgramAsync(_school);
        var changed = await HttpAssert.BodyAsync<TrainingProgram>(await _school.SendAsync(HttpAssert.WithIfMatch(
            HttpMethod.Put, $"{Url}/{program.Id}", program.Version, new WriteProgram("460103", program.Name, "31", Skills: ["焊接"], State: "CLOSING"))));

        Assert.Equal(("CLOSING", 0, 2), (changed.State, changed.Occupations.Length, changed.Version));
        Assert.Equal(["焊接"], changed.Skills);
    }

    [Fact]
    public async Task Create_NamesTheNestedField_WhenItIsWrong()
    {
        var problem = await HttpAssert.ProblemAsync(
            await _school.PostAsJsonAsync(Url, ApiData.NewProgram() with { Occupations = [new("6-18-01-07", 0m)] }), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Contains("occupations[0].weight", problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Delete_IsRefused_WhileThereAreGraduates()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);

        await HttpAssert.ProblemAsync(
            await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{graduate.ProgramId}", 1)), HttpStatusCode.Conflict, "still_referenced");
    }

    [Fact]
    public async Task List_FiltersByTheBeginningOfTheMajor()
    {
        await ApiData.CreateProgramAsync(_school);

        Assert.NotEmpty((await _school.GetFromJsonAsync<Page<TrainingProgram>>($"{Url}?major=4601"))!.Items);
        Assert.Empty((await _school.GetFromJsonAsync<Page<TrainingProgram>>($"{Url}?major=99"))!.Items);
    }
}
