using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Features.Graduates;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Graduates;

public class GraduateEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/graduates";

    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task Create_StoresWhatWasSent_WithTheMomentOfConsent()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);

        Assert.NotNull(graduate.ConsentAt);
        Assert.Equal(["数控编程", "PLC"], graduate.Skills.Select(skill => skill.Name).OrderDescending());
        Assert.Equal(["数控车铣加工"], graduate.Certificates);
        Assert.Equal(api.Data.First.Organizations["school"], graduate.SchoolId);
    }

    [Theory]
    [InlineData("110101199003078515")]
    [InlineData("13800138000")]
    [InlineData("张三-13800138000")]
    public async Task Create_RefusesPersonalNumbersAsReference(string reference)
    {
        var program = await ApiData.CreateProgramAsync(_school);
        var problem = await HttpAssert.ProblemAsync(
            await _school.PostAsJsonAsync(Url, ApiData.NewGraduate(program.Id) with { Reference = reference }), HttpStatusCode.BadRequest, "invalid_request");

        Assert.True(problem.GetProperty("errors").TryGetProperty("reference", out _));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("phone")]
    [InlineData("idCard")]
    [InlineData("consortiumId")]
    public async Task Create_RefusesFieldsItDoesNotKnow(string field)
    {
        var program = await ApiData.CreateProgramAsync(_school);
        var body = System.Text.Json.JsonSerializer.SerializeToNode(ApiData.NewGraduate(program.Id), System.Text.Json.JsonSerializerOptions.Web)!;
        body[field] = "x";

        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync(Url, body), HttpStatusCode.BadRequest, "unknown_field");
    }

    [Fact]
    public async Task Create_NeedsAProgrammeOfTheSameSchool()
    {
        using var other = api.ClientAs("school2");
        var program = await ApiData.CreateProgramAsync(other);

        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync(Url, ApiData.NewGraduate(program.Id)), HttpStatusCode.BadRequest, "reference_not_found");
    }

    [Fact]
    public async Task Batch_StoresAllOrNothing_AndNamesTheItem()
    {
        var program = (await ApiData.CreateProgramAsync(_school)).Id;
        var wrong = new GraduateBatch([ApiData.NewGraduate(program), ApiData.NewGraduate(program) with { AnyRegion = true }]);
        var problem = await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync($"{Url}/batch", wrong), HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains("items[1].wishedRegions", problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));

        var foreign = await HttpAssert.ProblemAsync(
            await _school.PostAsJsonAsync($"{Url}/batch", new GraduateBatch([ApiData.NewGraduate(program), ApiData.NewGraduate(999_999)])), HttpStatusCode.BadRequest, "reference_not_found");
        Assert.Contains("items[1].programId", foreign.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Empty((await _school.GetFromJsonAsync<Page<Graduate>>($"{Url}?programId={program}"))!.Items);

        var stored = await HttpAssert.BodyAsync<Page<Graduate>>(
            await _school.PostAsJsonAsync($"{Url}/batch", new GraduateBatch([ApiData.NewGraduate(program), ApiData.NewGraduate(program)])));
        Assert.Equal(stored.Items.Select(item => item.Id), (await _school.GetFromJsonAsync<Page<Graduate>>($"{Url}?programId={program}"))!.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Update_TakesConsentBack_AndForgetsItsMoment()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var changed = await HttpAssert.BodyAsync<Graduate>(await _school.SendAsync(HttpAssert.WithIfMatch(
            HttpMethod.Put, $"{Url}/{graduate.Id}", graduate.Version, ApiData.NewGraduate(graduate.ProgramId) with { Reference = graduate.Reference, Consent = false, Skills = [] })));

        Assert.Equal((false, null, 0), (changed.Consent, changed.ConsentAt, changed.Skills.Length));
    }

    [Fact]
    public async Task Delete_ErasesThePerson_AndTheAuditKeepsNoWishes()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        Assert.Equal(HttpStatusCode.NoContent, (await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{graduate.Id}", graduate.Version))).StatusCode);

        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT count(*)::int FROM graduate_skill WHERE graduate_id = @Id", new { graduate.Id }));
        var kept = await connection.ExecuteScalarAsync<string>(
            "SELECT string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') FROM audit_log WHERE resource = 'graduate' AND resource_id = @Id", new { graduate.Id });
        Assert.Contains(graduate.Reference, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("wage_wish", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IsTheSchoolsOwn_FilteredAndPaged()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await ApiData.CreateGraduateAsync(_school, consent: false);
        using var other = api.ClientAs("school2");

        Assert.Equal([graduate.Id], (await _school.GetFromJsonAsync<Page<Graduate>>($"{Url}?reference={graduate.Reference}"))!.Items.Select(item => item.Id));
        Assert.All((await _school.GetFromJsonAsync<Page<Graduate>>($"{Url}?consent=false"))!.Items, item => Assert.False(item.Consent));
        Assert.NotNull((await _school.GetFromJsonAsync<Page<Graduate>>($"{Url}?take=1"))!.Next);
        Assert.DoesNotContain((await other.GetFromJsonAsync<Page<Graduate>>(Url))!.Items, item => item.SchoolId == graduate.SchoolId);
    }
}
