using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Organizations;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Organizations;

public class OrganizationEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/organizations";
    private static int _next;

    private readonly HttpClient _office = api.ClientAs(ApiRoles.Office);

    [Fact]
    public async Task Create_ReturnsTheStoredOrganization_AtItsLocation()
    {
        var response = await _office.PostAsJsonAsync(Url, NewCompany());
        var created = await HttpAssert.BodyAsync<Organization>(response, HttpStatusCode.Created);

        Assert.Equal("\"1\"", response.Headers.ETag?.Tag);
        Assert.Equal(created, await _office.GetFromJsonAsync<Organization>(response.Headers.Location));
    }

    [Theory]
    [InlineData("𠮷野家（深圳）")]
    [InlineData("Ａｂｃ　全角")]
    [InlineData("e\u0301cole")]
    [InlineData("a\u202Eb\u200Bc")]
    [InlineData("O'Brien\"; DROP TABLE organization; --")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Create_KeepsTheNameAsSent(string name)
    {
        var unique = $"{name}{Interlocked.Increment(ref _next)}";
        var created = await HttpAssert.BodyAsync<Organization>(await _office.PostAsJsonAsync(Url, NewCompany() with { Name = unique }), HttpStatusCode.Created);

        Assert.Equal(unique, (await _office.GetFromJsonAsync<Organization>($"{Url}/{created.Id}"))!.Name);
    }

    [Theory]
    [InlineData("""{"kind":"COMPANY","name":"a\u0000b","regionCode":"440306"}""", "invalid_text", "$.name")]
    [InlineData("""{"kind":"COMPANY","name":"\ud800","regionCode":"440306"}""", "invalid_text", "$.name")]
    [InlineData("""{"kind":"COMPANY","name":"x","regionCode":"440306","role":"admin"}""", "unknown_field", "$.role")]
    [InlineData("""{"kind":"COMPANY","name":"x"}""", "missing_field", "regionCode")]
    [InlineData("""{"kind":"BAKERY","name":"x","regionCode":"440306"}""", "invalid_request", "kind")]
    [InlineData("""{"kind":"COMPANY","name":"  ","regionCode":"440306"}""", "invalid_request", "name")]
    [InlineData("""{"kind":"COMPANY","name":"x","regionCode":"440306","staffCount":1e309}""", "invalid_value", "$.staffCount")]
    [InlineData("""{"kind":"COMPANY","name":"x","regionCode":"440306","staffCount":-1}""", "invalid_request", "staffCount")]
    [InlineData("""{"kind":"COMPANY","name":"x","regionCode":"440306","memberSince":"2025-02-29"}""", "invalid_value", "$.memberSince")]
    [InlineData("""{"kind":"COMPANY","name":"x","name":"y","regionCode":"440306"}""", "invalid_json", "$.name")]
    [InlineData("""{"kind":""", "invalid_json", "$.kind")]
    public async Task Create_NamesTheField_WhenTheRequestIsWrong(string body, string code, string field)
    {
        var problem = await HttpAssert.ProblemAsync(await _office.PostAsync(Url, Json(body)), HttpStatusCode.BadRequest, code);

        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Create_ReturnsBadRequest_WhenTheJsonIsTooDeep() =>
        await HttpAssert.ProblemAsync(await _office.PostAsync(Url, Json("""{"x":""" + new string('[', 200) + new string(']', 200) + "}")), HttpStatusCode.BadRequest, "unknown_field");

    [Fact]
    public async Task Create_ReturnsConflict_WhenTheNameIsTaken()
    {
        var company = NewCompany();
        await _office.PostAsJsonAsync(Url, company);

        await HttpAssert.ProblemAsync(await _office.PostAsJsonAsync(Url, company), HttpStatusCode.Conflict, "already_exists");
    }

    [Fact]
    public async Task Create_HasOneEffectAndOneAnswer_WhenTheIdempotencyKeyRepeats()
    {
        var company = NewCompany();
        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostOnceAsync(company, "same")));
        var bodies = await Task.WhenAll(responses.Select(response => HttpAssert.BodyAsync<Organization>(response, HttpStatusCode.Created)));

        Assert.Single(bodies.Distinct());
        Assert.Equal(4, responses.Count(response => response.Headers.Contains("Idempotency-Replayed")));
        Assert.All(responses, response => Assert.Equal($"{Url}/{bodies[0].Id}", response.Headers.Location?.OriginalString));
        await HttpAssert.ProblemAsync(await PostOnceAsync(NewCompany(), "same"), HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Fact]
    public async Task Create_MayBeRetriedWithTheSameKey_WhenItFailed()
    {
        var company = NewCompany();
        await HttpAssert.ProblemAsync(await PostOnceAsync(company with { ClusterId = 999_999 }, "retry"), HttpStatusCode.BadRequest, "reference_not_found");

        Assert.Equal(HttpStatusCode.Created, (await PostOnceAsync(company, "retry")).StatusCode);
    }

    [Fact]
    public async Task Update_NeedsTheCurrentVersion()
    {
        var created = await CreateAsync();
        var changed = NewCompany() with { StaffCount = 7 };
        var url = $"{Url}/{created.Id}";

        await HttpAssert.ProblemAsync(await _office.PutAsJsonAsync(url, changed), (HttpStatusCode)428, "version_required");
        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, 5, changed)), HttpStatusCode.PreconditionFailed, "stale_version");
        var updated = await HttpAssert.BodyAsync<Organization>(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, 1, changed)));
        Assert.Equal((7, 2), (updated.StaffCount, updated.Version));
        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, 1, changed)), HttpStatusCode.PreconditionFailed, "stale_version");
    }

    [Fact]
    public async Task Update_LetsAnOrganizationCorrectItself_ButNotItsMembershipNorOthers()
    {
        var own = (await _office.GetFromJsonAsync<Organization>($"{Url}/{api.Data.First.Organizations["company"]}"))!;
        using var company = api.ClientAs(ApiRoles.Company);
        var correction = new WriteOrganization(own.Kind, own.Name, own.RegionCode, StaffCount: 11);

        await HttpAssert.BodyAsync<Organization>(await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{own.Id}", own.Version, correction)));
        var promoted = HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{own.Id}", own.Version + 1, correction with { MemberSince = new DateOnly(2026, 1, 1) });
        await HttpAssert.ProblemAsync(await company.SendAsync(promoted), HttpStatusCode.Forbidden, "forbidden");
        var other = HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{api.Data.First.Organizations["company2"]}", 1, correction);
        await HttpAssert.ProblemAsync(await company.SendAsync(other), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Get_ReturnsNotFound_ForAnotherConsortiumsOrganization()
    {
        var created = await CreateAsync();
        using var stranger = api.ClientOf(api.Data.Second, ApiRoles.Office);

        await HttpAssert.ProblemAsync(await stranger.GetAsync($"{Url}/{created.Id}"), HttpStatusCode.NotFound, "organization_not_found");
        await HttpAssert.ProblemAsync(await stranger.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{created.Id}", 1)), HttpStatusCode.NotFound, "organization_not_found");
    }

    [Fact]
    public async Task Delete_Removes_WhatHasNoBusinessYet()
    {
        var created = await CreateAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{created.Id}", 1))).StatusCode);
        await HttpAssert.ProblemAsync(await _office.GetAsync($"{Url}/{created.Id}"), HttpStatusCode.NotFound, "organization_not_found");
    }

    [Fact]
    public async Task List_PagesThroughOneRegion()
    {
        for (var i = 0; i < 3; i++)
        {
            await _office.PostAsJsonAsync(Url, NewCompany() with { RegionCode = "320205" });
        }

        var first = await _office.GetFromJsonAsync<Page<Organization>>($"{Url}?region=320200&take=2");
        var second = await _office.GetFromJsonAsync<Page<Organization>>($"{Url}?region=320200&take=2&after={first!.Next}");
        var empty = await _office.GetFromJsonAsync<Page<Organization>>($"{Url}?region=650000");

        Assert.Equal((2, 1, null), (first.Items.Count, second!.Items.Count, second.Next));
        Assert.Equal((0, null), (empty!.Items.Count, empty.Next));
    }

    [Theory]
    [InlineData("take=abc", "take")]
    [InlineData("take=0", "take")]
    [InlineData("take=201", "take")]
    [InlineData("kind=BAKERY", "kind")]
    [InlineData("region=44' OR 1=1", "region")]
    [InlineData("after=!!", "after")]
    public async Task List_NamesTheParameter_WhenItIsWrong(string query, string parameter)
    {
        var problem = await HttpAssert.ProblemAsync(await _office.GetAsync($"{Url}?{query}"), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Contains(parameter, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task List_ReturnsBadRequest_WhenTheQueryHoldsNul() =>
        await HttpAssert.ProblemAsync(await _office.GetAsync($"{Url}?kind=%00"), HttpStatusCode.BadRequest, "invalid_text");

    private async Task<Organization> CreateAsync() =>
        await HttpAssert.BodyAsync<Organization>(await _office.PostAsJsonAsync(Url, NewCompany()), HttpStatusCode.Created);

    private Task<HttpResponseMessage> PostOnceAsync(WriteOrganization company, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = JsonContent.Create(company) };
        request.Headers.Add("Idempotency-Key", key);
        return _office.SendAsync(request);
    }

    private static WriteOrganization NewCompany() => new("COMPANY", $"示例公司{Interlocked.Increment(ref _next)}", "440306");

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
