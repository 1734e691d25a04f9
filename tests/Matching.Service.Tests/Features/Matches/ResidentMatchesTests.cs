using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Matches;
using Matching.Service.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>Matches of this moment, through the routes: no job runs in any of these tests.</summary>
public class ResidentMatchesTests(ResidentFixture api) : IClassFixture<ResidentFixture>
{
    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _school = api.ClientAs("school");

    [Fact]
    public async Task NewDemand_IsInTheGraduatesMatches_OnEveryNode()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await using var node = api.WithWebHostBuilder(_ => { });
        using var elsewhere = node.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        elsewhere.DefaultRequestHeaders.Authorization = _school.DefaultRequestHeaders.Authorization;
        await LiveAsync(_school, graduate.Id);
        await LiveAsync(elsewhere, graduate.Id);

        var demand = await ApiData.CreateDemandAsync(_company);

        foreach (var client in (HttpClient[])[_school, elsewhere])
        {
            var matches = await Eventually.AsksAsync(() => OfGraduateAsync(client, graduate.Id), matches => matches.Items.Any(item => item.Demand.Id == demand.Id));
            Assert.True(matches is { Live: true, Stale: false, ComputedAt: not null });
            Assert.All(matches.Items, item => Assert.True(item.Explanation.Current));
            Assert.All(matches.Items, item => Assert.Equal(item.Points, item.Explanation.Parts.Sum(part => part.Points)));
        }

        using var second = node.CreateClient();
        second.DefaultRequestHeaders.Authorization = _company.DefaultRequestHeaders.Authorization;
        await HttpAssert.BodyAsync<Demand>(await second.PostAsJsonAsync($"/api/v1/demands/{demand.Id}/transitions", new { to = "PAUSED" }));
        await Eventually.AsksAsync(() => OfGraduateAsync(_school, graduate.Id), matches => matches.Items.All(item => item.Demand.Id != demand.Id));
    }

    [Fact]
    public async Task ChangedGraduate_IsInTheDemandsMatches_AsHeIsNow()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var first = (await Eventually.AsksAsync(() => OfDemandAsync(_company, demand.Id), matches => matches.Items.Any(item => item.Graduate.Id == graduate.Id)))
            .Items.Single(item => item.Graduate.Id == graduate.Id);

        var body = ApiData.NewGraduate(graduate.ProgramId) with { Reference = graduate.Reference, Skills = [], Certificates = [] };
        await HttpAssert.BodyAsync<Graduate>(await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{graduate.Id}", graduate.Version, body)));

        var matches = await Eventually.AsksAsync(
            () => OfDemandAsync(_company, demand.Id), matches => matches.Items.Any(item => item.Graduate.Id == graduate.Id && item.Points < first.Points && item.Explanation.Current));
        Assert.True(matches is { Live: true, Stale: false });
    }

    [Fact]
    public async Task Pages_AreThoseOfOneList()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        List<long> posted = [];
        for (var i = 0; i < 4; i++)
        {
            posted.Add((await ApiData.CreateDemandAsync(_company)).Id);
        }

        var whole = await Eventually.AsksAsync(
            () => OfGraduateAsync(_school, graduate.Id, "?take=50"), matches => matches.Live && !posted.Except(matches.Items.Select(item => item.Demand.Id)).Any());
        List<long> ids = [];
        string? next = null;
        do
        {
            var page = await OfGraduateAsync(_school, graduate.Id, $"?take=2{(next is null ? "" : $"&after={next}")}");
            Assert.Equal(Enumerable.Range(ids.Count + 1, page.Items.Count), page.Items.Select(item => item.Rank));
            ids.AddRange(page.Items.Select(item => item.Demand.Id));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(whole.Items.Select(item => item.Demand.Id), ids);
    }

    [Fact]
    public async Task Answer_IsPacked_ForWhoeverTakesGzip()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var demand = await ApiData.CreateDemandAsync(_company);
        await Eventually.AsksAsync(() => OfGraduateAsync(_school, graduate.Id, "?take=50"), matches => matches.Live && matches.Items.Any(item => item.Demand.Id == demand.Id));
        var url = $"/api/v1/graduates/{graduate.Id}/matches";
        // From the second time on that it is asked for.
        using var packed = await Eventually.AsksAsync(() => PackedAsync(url), response => response.Content.Headers.ContentEncoding.Count > 0);
        using var plain = await _school.GetAsync(url);

        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("Accept-Encoding", Assert.Single(plain.Headers.Vary));
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equivalent(
            await HttpAssert.BodyAsync<GraduateMatches>(plain) with { ComputedAt = null }, (await JsonSerializer.DeserializeAsync<GraduateMatches>(unpacked, JsonSerializerOptions.Web))! with { ComputedAt = null });
    }

    private async Task<HttpResponseMessage> PackedAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        return await _school.SendAsync(request);
    }

    // The index lies outside row-level security: every party asks while it is warm, and so does the other consortium.
    [Fact]
    public async Task LiveLists_AreSeenByWhoeverMay_AndByNobodyElse()
    {
        var (graduate, hidden, demand) = (await ApiData.CreateGraduateAsync(_school), await ApiData.CreateGraduateAsync(_school, consent: false), await ApiData.CreateDemandAsync(_company));
        await LiveAsync(_school, graduate.Id);
        await LiveAsync(_school, hidden.Id);
        using var otherOffice = api.ClientOf(api.Data.Second, "office");
        await otherOffice.GetAsync($"/api/v1/graduates/{graduate.Id}/matches");
        var secondDemand = await CreateInSecondAsync();

        var expected = new Dictionary<string, (HttpStatusCode OfGraduate, HttpStatusCode OfDemand)>
        {
            ["school"] = (HttpStatusCode.OK, HttpStatusCode.Forbidden), ["school2"] = (HttpStatusCode.NotFound, HttpStatusCode.Forbidden),
            ["company"] = (HttpStatusCode.Forbidden, HttpStatusCode.OK), ["company2"] = (HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
            ["office"] = (HttpStatusCode.OK, HttpStatusCode.OK), ["admin"] = (HttpStatusCode.OK, HttpStatusCode.OK),
            ["institute"] = (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ["department"] = (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            ["platform"] = (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ["public"] = (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
        };
        foreach (var (party, (ofGraduate, ofDemand)) in expected)
        {
            using var client = api.ClientAs(party);
            Assert.Equal((party, ofGraduate), (party, (await client.GetAsync($"/api/v1/graduates/{graduate.Id}/matches")).StatusCode));
            Assert.Equal((party, ofDemand), (party, (await client.GetAsync($"/api/v1/demands/{demand.Id}/matches")).StatusCode));
        }

        foreach (var stranger in (string[])["office", "school", "company"])
        {
            using var client = api.ClientOf(api.Data.Second, stranger);
            Assert.Contains((await client.GetAsync($"/api/v1/graduates/{graduate.Id}/matches")).StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Forbidden]);
            Assert.Contains((await client.GetAsync($"/api/v1/demands/{demand.Id}/matches")).StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Forbidden]);
        }

        // The operator's key acts in the consortium he names, and only there.
        using var admin = api.ClientOf(api.Data.Second, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/api/v1/graduates/{graduate.Id}/matches")).StatusCode);
        var matches = await Eventually.AsksAsync(() => OfDemandAsync(_company, demand.Id), matches => matches.Live && matches.Items.Any(item => item.Graduate.Id == graduate.Id));
        Assert.DoesNotContain(hidden.Id, matches.Items.Select(item => item.Graduate.Id));
        Assert.DoesNotContain(secondDemand, (await OfGraduateAsync(_school, graduate.Id, "?take=50")).Items.Select(item => item.Demand.Id));
    }

    [Fact]
    public async Task WithdrawnConsent_HidesAtOnce()
    {
        var (graduate, demand) = (await ApiData.CreateGraduateAsync(_school), await ApiData.CreateDemandAsync(_company));
        await Eventually.AsksAsync(() => OfDemandAsync(_company, demand.Id), matches => matches.Items.Any(item => item.Graduate.Id == graduate.Id));
        var body = ApiData.NewGraduate(graduate.ProgramId) with { Reference = graduate.Reference, Consent = false };
        await HttpAssert.BodyAsync<Graduate>(await _school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/graduates/{graduate.Id}", graduate.Version, body)));

        Assert.DoesNotContain(graduate.Id, (await OfDemandAsync(_company, demand.Id)).Items.Select(item => item.Graduate.Id));
    }

    [Fact]
    public async Task PlacedGraduate_HasTheStoredAnswer()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await LiveAsync(_school, graduate.Id);
        await ApiData.CreateAsync<object>(_school, "placements", new { graduateId = graduate.Id, destinationKind = "FREELANCE", evidence = "OWN_STATEMENT", placedOn = "2026-07-01" });

        var matches = await Eventually.AsksAsync(() => OfGraduateAsync(_school, graduate.Id), matches => !matches.Live);

        Assert.Null(matches.ComputedAt);
        Assert.Empty(matches.Items);
    }

    [Fact]
    public async Task Export_IsTheStoredList()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        await ApiData.CreateDemandAsync(_company);
        await Eventually.AsksAsync(() => OfGraduateAsync(_school, graduate.Id), matches => matches.Items.Count > 0);

        var csv = await (await _school.GetAsync($"/api/v1/graduates/{graduate.Id}/matches?format=csv")).Content.ReadAsStringAsync();

        Assert.DoesNotContain("数控车床操作工", csv, StringComparison.Ordinal);
    }

    private async Task<long> CreateInSecondAsync()
    {
        using var company = api.ClientOf(api.Data.Second, "company");
        return (await ApiData.CreateDemandAsync(company)).Id;
    }

    private static Task<GraduateMatches> LiveAsync(HttpClient client, long graduate) => Eventually.AsksAsync(() => OfGraduateAsync(client, graduate), matches => matches.Live);

    private static async Task<DemandMatches> OfDemandAsync(HttpClient client, long id) =>
        await HttpAssert.BodyAsync<DemandMatches>(await client.GetAsync($"/api/v1/demands/{id}/matches?take=50"));

    private static async Task<GraduateMatches> OfGraduateAsync(HttpClient client, long id, string query = "") =>
        await HttpAssert.BodyAsync<GraduateMatches>(await client.GetAsync($"/api/v1/graduates/{id}/matches{query}"));
}
