using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Matching.Engine.Normalizing;
using Matching.Service.Features.Search;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Search;

public class SearchTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task SearchText_IsOneFunction_InSqlAndInCode()
    {
        const string Characters = "ＡａZ０9＋（電機業務áﬁ㎏ｶﾞ焊　 '\\\n職龍國#é";
        var random = new Random(3);
        var texts = Enumerable.Range(0, 500).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Characters[random.Next(Characters.Length)]))).ToArray();
        await using var connection = await api.Database.Owner.OpenConnectionAsync();

        var inSql = await connection.QueryAsync<string>("SELECT search_text(t) FROM unnest(@texts) WITH ORDINALITY AS u (t, i) ORDER BY i", new { texts });

        Assert.Equal(texts.Select(SearchText.Of), inSql);
    }

    [Theory]
    [InlineData("regions", "szlh", "440309")]
    [InlineData("regions", "cq", "500000")]
    [InlineData("regions", "xm", "350200")]
    [InlineData("regions", "cs", "430100")]
    [InlineData("occupations", "nkhs", "2-05-08-01")]
    [InlineData("occupations", "CG", "6-18-01-01")]
    [InlineData("occupations", "数控车工", "6-18-01-01")]
    [InlineData("regions", "深圳 龙华", "440309")]
    public async Task Codes_AreFoundByNameAndByPinyinInitials_WithoutAKey(string resource, string q, string code)
    {
        using var client = api.ClientAs("public");

        var page = await HttpAssert.BodyAsync<JsonElement>(await client.GetAsync($"/api/v1/search/{resource}?q={Uri.EscapeDataString(q)}&take=200"));

        Assert.Contains(code, page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("row").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("重庆长安汽车", "cqcaqc")]
    [InlineData("深圳市龙华区", "szslhq\nszlh")]
    [InlineData("招商银行", "zsyh")]
    [InlineData("TCL電子（惠州）5G工厂", "tcldzhz5ggc\ntcldzh5ggc")]
    [InlineData("，。", null)]
    public async Task PinyinInitials_ReadWordsBeforeCharacters(string name, string? expected)
    {
        await using var connection = await api.Database.Owner.OpenConnectionAsync();

        Assert.Equal(expected, await connection.ExecuteScalarAsync<string?>("SELECT pinyin_initials(@name)", new { name }));
    }

    [Fact]
    public async Task Organizations_AreFoundByInitials_AndTheNearerNameComesFirst()
    {
        using var office = api.ClientAs("office");
        foreach (var name in (string[])["东莞市海文五金厂", "海文", "海文教育科技"])
        {
            await HttpAssert.BodyAsync<JsonElement>(await office.PostAsJsonAsync("/api/v1/organizations", new { kind = "COMPANY", name, regionCode = "440306", industryCode = "3921" }), HttpStatusCode.Created);
        }

        var page = await HttpAssert.BodyAsync<JsonElement>(await office.GetAsync("/api/v1/search/organizations?q=HW&kind=COMPANY&industry=C&region=440000"));

        Assert.Equal(["海文", "海文教育科技", "东莞市海文五金厂"], Titles(page));
        Assert.Equal([35, 30, 15], page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("score").GetInt32()));
        Assert.Equal(3, Count(page, "kind", "COMPANY"));
        Assert.Equal(0, Count(page, "state", "SUSPENDED"));
    }

    [Fact]
    public async Task Programs_AreFoundByNameAndMajor_AndCountOncePerGroupOfOccupations()
    {
        var program = await ApiData.CreateProgramAsync(api.ClientAs("school"));
        using var company = api.ClientAs("company");

        var page = await HttpAssert.BodyAsync<JsonElement>(await company.GetAsync($"/api/v1/search/programs?q={program.Name}&occupation=6-18&region=440300&education=30"));

        Assert.Equal([program.Name], Titles(page));
        Assert.Equal(1, Count(page, "occupation", "6"));
        Assert.Equal(1, Count(page, "occupation", "6-18-01-07"));
    }

    [Theory]
    [InlineData("school", 1)]
    [InlineData("school2", 0)]
    [InlineData("office", 1)]
    public async Task Graduates_AreFoundAndCounted_ForTheirOwnSchoolAndTheOfficeOnly(string party, int expected)
    {
        var graduate = await ApiData.CreateGraduateAsync(api.ClientAs("school"), consent: true);
        using var client = api.ClientAs(party);

        foreach (var q in (string[])[graduate.Reference, $"数控技术 {graduate.Reference}"])
        {
            var page = await HttpAssert.BodyAsync<JsonElement>(await client.GetAsync($"/api/v1/search/graduates?q={q}&region=440000&occupation=6"));

            Assert.Equal(expected, page.GetProperty("total").GetInt32());
            Assert.Equal(expected, Titles(page).Count());
            Assert.Equal(expected, Count(page, "region", "440300"));
            Assert.Equal(expected, Count(page, "wage", "2"));
        }
    }

    [Fact]
    public async Task Graduates_AreFoundByTheirProgramme_UnderItsNewName()
    {
        using var school = api.ClientAs("school");
        var graduate = await ApiData.CreateGraduateAsync(school);
        var program = await school.GetFromJsonAsync<JsonElement>($"/api/v1/programs/{graduate.ProgramId}");
        var body = ApiData.SentBack("programs", program).ToDictionary(pair => pair.Key, pair => (object)pair.Value);
        body["name"] = $"智能制造{ApiData.Next()}班";
        await HttpAssert.BodyAsync<JsonElement>(await school.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/programs/{graduate.ProgramId}", program.GetProperty("version").GetInt32(), body)));

        var page = await school.GetFromJsonAsync<JsonElement>($"/api/v1/search/graduates?q={body["name"]}");

        Assert.Equal([graduate.Reference], Titles(page));
    }

    [Fact]
    public async Task Demand_IsFoundAsItStandsNow()
    {
        using var company = api.ClientAs("company");
        var word = $"蒸汽朋克{ApiData.Next()}";
        var demand = await ApiData.CreateAsync<JsonElement>(company, "demands", ApiData.NewDemand() with { Title = "客服", Description = new string('前', 60) + $"会修{word}者优先" });
        var id = demand.GetProperty("id").GetInt64();

        var item = (await company.GetFromJsonAsync<JsonElement>($"/api/v1/search/demands?q={word}")).GetProperty("items").EnumerateArray().Single();
        var mark = item.GetProperty("highlights").EnumerateArray().Single();
        Assert.Equal(word, item.GetProperty("excerpt").GetString()!.Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32()));
        Assert.False(item.GetProperty("row").TryGetProperty("text", out _));

        var changed = ApiData.SentBack("demands", demand).ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        changed["description"] = "不会也行";
        await HttpAssert.BodyAsync<JsonElement>(await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/demands/{id}", demand.GetProperty("version").GetInt32(), changed)));
        Assert.Equal(0, (await company.GetFromJsonAsync<JsonElement>($"/api/v1/search/demands?q={word}")).GetProperty("total").GetInt32());

        await using var connection = await api.Database.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM demand WHERE id = @id", new { id });
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM search_entry WHERE resource = 'demand' AND id = @id", new { id }));
    }

    [Fact]
    public async Task Search_IsEmptyWithFacetsOfZero_WhenNothingFits()
    {
        using var client = api.ClientAs("school");

        var page = await HttpAssert.BodyAsync<JsonElement>(await client.GetAsync("/api/v1/search/demands?q=龘龘&state=OPEN&region=440306"));

        Assert.Empty(Titles(page));
        Assert.Equal(0, page.GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        Assert.Equal(7, page.GetProperty("facets").GetArrayLength());
        Assert.Equal(0, Count(page, "state", "OPEN"));
    }

    [Theory]
    [InlineData("demands", "region=999999", "region")]
    [InlineData("demands", "state=ACTIVE", "state")]
    [InlineData("demands", "education=4%7C1", "education")]
    [InlineData("organizations", "wageMin=1", "wageMin")]
    [InlineData("organizations", "occupation=6", "occupation")]
    [InlineData("graduates", "kind=COMPANY", "kind")]
    [InlineData("demands", "sort=price", "sort")]
    [InlineData("demands", "take=0", "take")]
    [InlineData("demands", "after=MTI", "after")]
    [InlineData("demands", "q=a+b+c+d+e+f+g+h+i+j+k", "q")]
    public async Task Search_RefusesWhatItCannotAnswer_NamingTheField(string resource, string query, string field)
    {
        using var client = api.ClientAs("office");

        var problem = await HttpAssert.ProblemAsync(await client.GetAsync($"/api/v1/search/{resource}?{query}"), HttpStatusCode.BadRequest, "invalid_request");

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Search_SaysThatItCountsTheNewestOnly_WhenThereAreMore()
    {
        await SearchEntryTests.FillAsync(api, api.Data.Second, SearchStore.Most + 1, "大宗");
        using var client = api.ClientOf(api.Data.Second, "school");

        var one = await client.GetFromJsonAsync<JsonElement>("/api/v1/search/demands?q=大宗&sort=date");
        var other = await client.GetFromJsonAsync<JsonElement>($"/api/v1/search/demands?q={Uri.EscapeDataString("大宗 第1号")}");

        Assert.Equal((SearchStore.Most, true), (one.GetProperty("total").GetInt32(), one.GetProperty("totalIsLowerBound").GetBoolean()));
        Assert.Equal("大宗第1号", Titles(one).First());
        Assert.Equal((1, false), (other.GetProperty("total").GetInt32(), other.GetProperty("totalIsLowerBound").GetBoolean()));
    }

    private static IEnumerable<string?> Titles(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("row").GetProperty("title").GetString());

    private static int Count(JsonElement page, string facet, string value) => page.GetProperty("facets").EnumerateArray().Single(f => f.GetProperty("name").GetString() == facet)
        .GetProperty("values").EnumerateArray().Where(v => v.GetProperty("value").GetString() == value).Select(v => v.GetProperty("count").GetInt32()).SingleOrDefault();
}
