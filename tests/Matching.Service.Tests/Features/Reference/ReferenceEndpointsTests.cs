using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Reference;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Reference;

public class ReferenceEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _public = api.ClientAs("public");

    [Theory]
    [InlineData("occupations?q=畜牧", "2-03-07-01")]
    [InlineData("occupations?q=護士&parent=2-05-08", "2-05-08-01")]
    [InlineData("occupations?q=叉车", "6-30-05-01")]
    [InlineData("regions?q=宝安", "440306")]
    [InlineData("regions?parent=440300&take=200", "440306")]
    [InlineData("majors?q=数控技术", "460103")]
    [InlineData("industries?level=1", "A")]
    public async Task List_FindsChineseTextAndChildren(string query, string code) =>
        Assert.Contains((await ListAsync(query)).Items, item => item.Code == code);

    [Fact]
    public async Task List_PagesThroughAllRegionsOnce()
    {
        var codes = new List<(string, int)>();
        string? after = null;
        do
        {
            var page = await ListAsync($"regions?take=200&after={after}".Replace("&after=", after is null ? "" : "&after=", StringComparison.Ordinal));
            codes.AddRange(page.Items.Select(item => (item.Code, item.Level)));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(3_374, codes.Distinct().Count());
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public async Task List_IsEmpty_WhenNothingMatches() => Assert.Empty((await ListAsync("occupations?q=不存在的职业")).Items);

    [Fact]
    public async Task Get_AnswersNotModified_WhenTheEditionIsKnown()
    {
        var first = await _public.GetAsync("/api/v1/regions/440306");
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/regions/440306");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.NotModified, (await _public.SendAsync(request)).StatusCode);
        await HttpAssert.ProblemAsync(await _public.GetAsync("/api/v1/regions/000001"), HttpStatusCode.NotFound, "code_not_found");
    }

    [Fact]
    public async Task Database_HoldsTheSameCodesAsTheFiles()
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        var counts = (await connection.QueryAsync<(string, int)>("SELECT kind, count(*)::int FROM reference_code GROUP BY kind")).ToDictionary();

        Assert.Equal((3_374, 1_971, 2_170), (counts["REGION"], counts["INDUSTRY"], counts["OCCUPATION"]));
        await new Migrator(api.Database.Owner, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance).ApplyAsync(default);
        Assert.Equal(counts["REGION"], await connection.ExecuteScalarAsync<int>("SELECT count(*)::int FROM reference_code WHERE kind = 'REGION'"));
    }

    private async Task<Page<ReferenceCode>> ListAsync(string query) => (await _public.GetFromJsonAsync<Page<ReferenceCode>>($"/api/v1/{query}"))!;
}
