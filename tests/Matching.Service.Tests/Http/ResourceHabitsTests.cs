using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Http;

/// <summary>What every resource that people enter does alike: paging, filters that say what is wrong with them, conditional writes, no over-posting.</summary>
public class ResourceHabitsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.ClientAs("office");

    public static TheoryData<string> Listed => ["programs", "graduates", "demands", "seekers", "placements", "introductions"];

    public static TheoryData<string> Changed => ["programs", "graduates", "demands", "seekers", "placements"];

    [Theory, MemberData(nameof(Listed))]
    public async Task List_PagesThroughEveryRowOnce_InTheOrderOfIds(string resource)
    {
        var created = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            created.Add(await ApiData.CreateRowAsync(api, resource));
        }

        var seen = new List<long>();
        string? after = null;
        do
        {
            var page = await _office.GetFromJsonAsync<JsonElement>($"/api/v1/{resource}?take=2{(after is null ? "" : $"&after={after}")}");
            var ids = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()).ToArray();
            after = page.GetProperty("next").GetString();
            Assert.True(ids.Length == 2 || after is null, "only the last page may be short");
            seen.AddRange(ids);
        }
        while (after is not null);

        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Superset(created.ToHashSet(), seen.ToHashSet());
    }

    [Theory, MemberData(nameof(Listed))]
    public async Task List_IsEmpty_WhereNothingWasEntered(string resource)
    {
        await ApiData.CreateRowAsync(api, resource);
        using var elsewhere = api.ClientOf(api.Data.Second, "office");

        Assert.Equal("""{"items":[],"next":null}""", await elsewhere.GetStringAsync($"/api/v1/{resource}"));
    }

    [Theory]
    [InlineData("demands", "state=GONE")]
    [InlineData("demands", "kind=GIG")]
    [InlineData("demands", "region=999999")]
    [InlineData("demands", "occupation=2-02%25")]
    [InlineData("demands", "openedFrom=2026-02-30")]
    [InlineData("demands", "openedTo=tomorrow")]
    [InlineData("demands", "own=maybe")]
    [InlineData("programs", "state=OPEN")]
    [InlineData("programs", "schoolId=mine")]
    [InlineData("graduates", "cohort=26")]
    [InlineData("graduates", "consent=maybe")]
    [InlineData("graduates", "programId=1e3")]
    [InlineData("seekers", "category=STUDENT")]
    [InlineData("seekers", "region=44")]
    [InlineData("seekers", "onlyOpen=2")]
    [InlineData("placements", "cohort=-2026")]
    [InlineData("placements", "current=no")]
    [InlineData("introductions", "state=HIRED")]
    [InlineData("introductions", "demandId=9223372036854775808")]
    [InlineData("introductions", "take=201")]
    [InlineData("placements", "after=1")]
    public async Task List_NamesTheParameter_WhenItIsWrong(string resource, string query)
    {
        var problem = await HttpAssert.ProblemAsync(await _office.GetAsync($"/api/v1/{resource}?{query}"), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal(query.Split('=')[0], Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory, MemberData(nameof(Changed))]
    public async Task Change_NeedsTheCurrentVersion_AndTheLostUpdateIsRefused(string resource)
    {
        var url = $"/api/v1/{resource}/{await ApiData.CreateRowAsync(api, resource)}";
        var row = await _office.GetFromJsonAsync<JsonElement>(url);
        var version = row.GetProperty("version").GetInt32();
        var body = ApiData.SentBack(resource, row);

        await HttpAssert.ProblemAsync(await _office.PutAsJsonAsync(url, body), (HttpStatusCode)428, "version_required");
        var changed = await HttpAssert.BodyAsync<JsonElement>(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, version, body)));
        Assert.Equal(version + 1, changed.GetProperty("version").GetInt32());
        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, version, body)), HttpStatusCode.PreconditionFailed, "stale_version");
        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, url, version)), HttpStatusCode.PreconditionFailed, "stale_version");
        await HttpAssert.ProblemAsync(await _office.DeleteAsync(url), (HttpStatusCode)428, "version_required");
        Assert.Equal(HttpStatusCode.NoContent, (await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, url, version + 1))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _office.GetAsync(url)).StatusCode);
    }

    [Theory]
    [InlineData("programs", "consortiumId")]
    [InlineData("programs", "id")]
    [InlineData("graduates", "consentAt")]
    [InlineData("graduates", "name")]
    [InlineData("demands", "filled")]
    [InlineData("demands", "source")]
    [InlineData("demands", "postedById")]
    [InlineData("demands", "occupationConfidence")]
    [InlineData("seekers", "version")]
    [InlineData("placements", "endedOn")]
    [InlineData("placements", "schoolId")]
    public async Task Change_RefusesFieldsThatAreNotTheSenders(string resource, string field)
    {
        var url = $"/api/v1/{resource}/{await ApiData.CreateRowAsync(api, resource)}";
        var body = ApiData.SentBack(resource, await _office.GetFromJsonAsync<JsonElement>(url));
        body[field] = JsonSerializer.SerializeToElement(1);

        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, 1, body)), HttpStatusCode.BadRequest, "unknown_field");
    }

    [Theory]
    [InlineData("programs", "schoolId", "school2")]
    [InlineData("graduates", "schoolId", "school2")]
    [InlineData("demands", "organizationId", "company2")]
    [InlineData("seekers", "organizationId", "school2")]
    public async Task Change_LeavesARowWithItsOrganization(string resource, string field, string other)
    {
        var url = $"/api/v1/{resource}/{await ApiData.CreateRowAsync(api, resource)}";
        var body = ApiData.SentBack(resource, await _office.GetFromJsonAsync<JsonElement>(url));
        body[field] = JsonSerializer.SerializeToElement(api.Data.First.Organizations[other]);

        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, 1, body)), HttpStatusCode.BadRequest, "owner_fixed");
    }

    [Theory]
    [InlineData("demands", "skills")]
    [InlineData("demands", "certificates")]
    [InlineData("demands", "majorCodes")]
    [InlineData("programs", "occupations")]
    [InlineData("programs", "skills")]
    [InlineData("programs", "years")]
    [InlineData("graduates", "wishedOccupations")]
    [InlineData("graduates", "wishedRegions")]
    [InlineData("graduates", "skills")]
    [InlineData("seekers", "skills")]
    public async Task Change_NamesTheList_WhenItHoldsNull(string resource, string list)
    {
        var problem = await HttpAssert.ProblemAsync(await SendBackAsync(resource, list, new JsonArray((JsonNode?)null)), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Contains(list, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("demands", "validThrough", "9999-12-31")]
    [InlineData("demands", "startsOn", "0001-01-01")]
    [InlineData("graduates", "graduatesOn", "2026-02-29")]
    [InlineData("graduates", "availableFrom", "2026-07-01T00:00:00+08:00")]
    [InlineData("seekers", "closedOn", "1899-12-31")]
    [InlineData("placements", "placedOn", "2200-01-01")]
    public async Task Change_NamesTheDay_WhenNobodyMeansIt(string resource, string field, string day)
    {
        var problem = await HttpAssert.ProblemAsync(await SendBackAsync(resource, field, JsonValue.Create(day)), HttpStatusCode.BadRequest, "invalid_value");

        Assert.Contains($"$.{field}", problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    private async Task<HttpResponseMessage> SendBackAsync(string resource, string field, JsonNode? value)
    {
        var url = $"/api/v1/{resource}/{await ApiData.CreateRowAsync(api, resource)}";
        var body = ApiData.SentBack(resource, await _office.GetFromJsonAsync<JsonElement>(url));
        body[field] = JsonSerializer.SerializeToElement(value);
        return await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, url, 1, body));
    }
}
