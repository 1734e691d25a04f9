using System.Net;
using Matching.Service.Features.Matches;
using Matching.Service.Http;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Matches;

/// <summary>What is sent from memory before the handler sees the request, and what is left to the handler.</summary>
public class ResidentRouteTests(ResidentFixture api) : IClassFixture<ResidentFixture>
{
    private readonly HttpClient _school = api.ClientAs("school");

    [Theory]
    [InlineData(null, 20, "BRIEF", 0)]
    [InlineData("?", 20, "BRIEF", 0)]
    [InlineData("?take=7", 7, "BRIEF", 0)]
    [InlineData("?take=50&reasons=FULL", 50, "FULL", 0)]
    [InlineData("?reasons=BRIEF&after=MTA&take=1", 1, "BRIEF", 10)]
    public void PagesParameters_AreRead(string? text, int take, string reasons, long after) =>
        Assert.Equal(new MatchQuery(after == 0 ? null : new Cursor(after), take, reasons), ResidentRoute.PlainQuery(text));

    [Theory]
    [InlineData("?take=0")]
    [InlineData("?take=51")]
    [InlineData("?take=")]
    [InlineData("?take")]
    [InlineData("?take=+5")]
    [InlineData("?take=5&take=5")]
    [InlineData("?Take=5")]
    [InlineData("?reasons=full")]
    [InlineData("?reasons=FULL&reasons=FULL")]
    [InlineData("?reasons=")]
    [InlineData("?after=")]
    [InlineData("?after=!")]
    [InlineData("?after=MTA&after=MTA")]
    [InlineData("?format=csv")]
    [InlineData("?take=5&other=1")]
    [InlineData("?%74ake=5")]
    public void AnythingElse_IsTheHandlers(string text) => Assert.Null(ResidentRoute.PlainQuery(text));

    // The same whoever answers: a parameter that nobody knows leaves the request to the handler.
    [Fact]
    public async Task Answer_IsThatOfTheHandler()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var demand = await ApiData.CreateDemandAsync(api.ClientAs("company"));
        var url = $"/api/v1/graduates/{graduate.Id}/matches?take=50";
        await Eventually.AsksAsync(() => GetAsync(url), matches => matches.Live && matches.Items.Any(item => item.Demand.Id == demand.Id));

        foreach (var more in (string[])["", "&reasons=FULL", "&after=MQ", "&reasons=BRIEF"])
        {
            using var sent = await _school.GetAsync(url + more);
            using var handled = await _school.GetAsync($"{url}{more}&unknown=1");

            Assert.Equal(handled.Content.Headers.ContentType, sent.Content.Headers.ContentType);
            Assert.Equal(handled.Headers.Vary, sent.Headers.Vary);
            Assert.NotNull(sent.Content.Headers.ContentLength);
            Assert.Equivalent(
                await HttpAssert.BodyAsync<GraduateMatches>(handled) with { ComputedAt = null }, await HttpAssert.BodyAsync<GraduateMatches>(sent) with { ComputedAt = null }, strict: true);
        }
    }

    [Fact]
    public async Task WhatIsWrong_IsRefusedAsEver_AndSpreadsheetsAreStillMade()
    {
        var graduate = await ApiData.CreateGraduateAsync(_school);
        var url = $"/api/v1/graduates/{graduate.Id}/matches";
        await Eventually.AsksAsync(() => GetAsync(url), matches => matches.Live);

        foreach (var wrong in (string[])["?take=0", "?take=51", "?reasons=SOME", "?after=!"])
        {
            await HttpAssert.ProblemAsync(await _school.GetAsync(url + wrong), HttpStatusCode.BadRequest, "invalid_request");
        }

        foreach (var (query, accept) in ((string, string)[])[("?format=csv", "*/*"), ("", "text/csv")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url + query);
            request.Headers.Accept.ParseAdd(accept);
            using var sheet = await _school.SendAsync(request);
            Assert.Equal("text/csv", sheet.Content.Headers.ContentType?.MediaType);
        }
    }

    private async Task<GraduateMatches> GetAsync(string url) => await HttpAssert.BodyAsync<GraduateMatches>(await _school.GetAsync(url));
}
