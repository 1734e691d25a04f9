using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Coding;
using Matching.Service.Features.Demands;
using Matching.Service.Http;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Coding;

public class OccupationCodingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Sales = "4-01-02-01";
    private const string Welder = "6-18-02-04";

    private readonly HttpClient _public = api.ClientAs("public");
    private readonly HttpClient _office = api.ClientAs("office");
    private readonly HttpClient _company = api.ClientAs("company");

    [Theory]
    [InlineData("高级Java开发工程师（深圳）", "2-02-10-03", "ACCEPTED")]
    [InlineData("焊工", Welder, "ACCEPTED")]
    [InlineData("软件岗", "2-02-10-03", "ASK")]
    public async Task Match_RanksWithGroupsAndReasons_AndSaysWhetherItIsSure(string title, string code, string verdict)
    {
        var coded = await MatchAsync(_public, title);

        Assert.Equal((code, verdict), (coded.Items[0].Code, coded.Verdict));
        Assert.Equal(verdict == "ACCEPTED", coded.Items[0].Confidence >= coded.AcceptFrom);
        Assert.Equal([code[..1], code[..4], code[..7]], coded.Items[0].Groups.Select(group => group.Code));
        Assert.NotEmpty(coded.Items[0].Matched);
    }

    [Fact]
    public async Task Match_IsUnknown_WhenNothingInTheTitleIsKnown() => Assert.Equal("UNKNOWN", (await MatchAsync(_public, "！！！")).Verdict);

    [Fact]
    public async Task Teach_CodesDemandsOfEverySpelling_AndUndoGivesBackWhatWasThere()
    {
        var (title, spelled) = Titles();
        var (uncoded, other) = (await PostAsync(title), await PostAsync(spelled));
        var given = await PostAsync(title, Welder);
        Assert.Null(uncoded.OccupationCode);

        var taught = await TeachAsync(title, Sales);

        Assert.Equal(2, taught.Recoded);
        Assert.Equal((Sales, 100), await CodingAsync(uncoded.Id));
        Assert.Equal((Sales, 100), await CodingAsync(other.Id));
        Assert.Equal((Welder, null), await CodingAsync(given.Id));
        Assert.Equal("LEARNED", (await MatchAsync(_office, spelled)).Items[0].Method);
        Assert.Equal((Sales, 100), await CodingAsync((await PostAsync(title)).Id));

        var undone = await UndoAsync(taught.Id);

        Assert.Equal(2, undone.Restored);
        Assert.NotNull(undone.Correction.UndoneAt);
        Assert.Equal((null, null), await CodingAsync(uncoded.Id));
        Assert.Equal((null, null), await CodingAsync((await PostAsync(title)).Id));
        await HttpAssert.ProblemAsync(await _office.PostAsync($"/api/v1/occupations/corrections/{taught.Id}/undo", null), HttpStatusCode.Conflict, "correction_undone");
    }

    [Fact]
    public async Task Undo_LeavesWhatChangedSince()
    {
        var (title, _) = Titles();
        var (kept, changed) = (await PostAsync(title), await PostAsync(title));
        var taught = await TeachAsync(title, Sales);
        var now = await _office.GetFromJsonAsync<Demand>($"/api/v1/demands/{changed.Id}");
        var put = HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/demands/{changed.Id}", now!.Version, ApiData.NewDemand() with { Title = title, OccupationCode = Welder, OpenedOn = null });
        await HttpAssert.BodyAsync<Demand>(await _company.SendAsync(put));

        Assert.Equal(1, (await UndoAsync(taught.Id)).Restored);
        Assert.Equal((null, null), await CodingAsync(kept.Id));
        Assert.Equal((Welder, null), await CodingAsync(changed.Id));
    }

    // Whatever the order of undoing, nothing of either correction is left.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_EndsAtTheFirstCoding_WhenATitleWasCorrectedTwice(bool firstFirst)
    {
        var (title, _) = Titles();
        var demand = await PostAsync(title);
        var (first, second) = (await TeachAsync(title, Sales), await TeachAsync(title, Welder));
        Assert.Equal((Welder, 100), await CodingAsync(demand.Id));

        await UndoAsync((firstFirst ? first : second).Id);
        Assert.Equal(firstFirst ? Welder : Sales, (await CodingAsync(demand.Id)).Code);
        Assert.Equal(firstFirst ? Welder : Sales, (await MatchAsync(_office, title)).Items[0].Code);
        await UndoAsync((firstFirst ? second : first).Id);

        Assert.Equal((null, null), await CodingAsync(demand.Id));
    }

    [Fact]
    public async Task Teach_DoesNotReachAnotherConsortium()
    {
        var (title, _) = Titles();
        using var office = api.ClientOf(api.Data.Second, "office");
        using var company = api.ClientOf(api.Data.Second, "company");
        var foreign = await PostAsync(company, title);
        var taught = await TeachAsync(title, Sales);

        Assert.Equal(0, taught.Recoded);
        Assert.Null((await office.GetFromJsonAsync<Demand>($"/api/v1/demands/{foreign.Id}"))!.OccupationCode);
        Assert.Null((await PostAsync(company, title)).OccupationCode);
        Assert.DoesNotContain((await MatchAsync(office, title)).Items, item => item.Method == "LEARNED");
        Assert.DoesNotContain((await MatchAsync(_public, title)).Items, item => item.Method == "LEARNED");
        await HttpAssert.ProblemAsync(await office.GetAsync($"/api/v1/occupations/corrections/{taught.Id}"), HttpStatusCode.NotFound, "correction_not_found");
        await HttpAssert.ProblemAsync(await office.PostAsync($"/api/v1/occupations/corrections/{taught.Id}/undo", null), HttpStatusCode.NotFound, "correction_not_found");
    }

    [Fact]
    public async Task Import_UsesWhatWasTaught()
    {
        var (title, spelled) = Titles();
        await TeachAsync(title, Sales);

        var import = await new ImportClient(api, "company").ImportAsync("demands", $"岗位名称,需求人数,企业内部编号\n{spelled},2,T-{title}\n");

        Assert.Equal(1, import.Created);
        Assert.Equal(Sales, await api.ValueAsync<string>($"SELECT occupation_code FROM demand WHERE external_ref = 'T-{title}'"));
    }

    [Fact]
    public async Task Review_GroupsSpellings_AndADecisionEmptiesTheEntry()
    {
        var (title, spelled) = Titles();
        var demands = new[] { await PostAsync(title), await PostAsync(title), await PostAsync(spelled) };

        var entry = (await QueueAsync()).Single(item => item.Title == title);
        Assert.Equal((3, 9L), (entry.Demands, entry.Headcount));
        Assert.Equal([title, spelled], entry.Spellings);
        Assert.Equal(demands.Select(demand => demand.Id), entry.DemandIds);

        var decided = await HttpAssert.BodyAsync<OccupationCorrection>(
            await _office.PostAsJsonAsync("/api/v1/occupations/review/decisions", new ReviewDecision(demands[2].Id, Welder)), HttpStatusCode.Created);

        Assert.Equal(3, decided.Recoded);
        Assert.DoesNotContain(await QueueAsync(), item => item.Title == title);
        Assert.Contains((await _office.GetFromJsonAsync<Page<OccupationCorrection>>("/api/v1/occupations/corrections"))!.Items, item => item.Id == decided.Id);
    }

    [Fact]
    public async Task Review_PagesThroughEveryEntryOnce_MostDemandsFirst_AndIsEmptyElsewhere()
    {
        for (var i = 0; i < 3; i++)
        {
            var (title, _) = Titles();
            await PostAsync(title);
            await PostAsync(title);
            await PostAsync(Titles().Title);
        }

        var queue = await QueueAsync();

        Assert.Equal(queue.Select(entry => entry.Title).Distinct(), queue.Select(entry => entry.Title));
        Assert.Equal(queue.OrderByDescending(entry => entry.Demands).Select(entry => entry.Demands), queue.Select(entry => entry.Demands));
        Assert.True(queue.Count >= 6);
        using var other = api.ClientOf(api.Data.Second, "admin");
        Assert.DoesNotContain((await other.GetFromJsonAsync<Page<ReviewEntry>>("/api/v1/occupations/review"))!.Items, entry => queue.Any(own => own.Title == entry.Title));
    }

    [Theory]
    [InlineData("corrections", """{ "title": "某岗", "occupationCode": "4-01" }""")]
    [InlineData("corrections", """{ "title": "某岗", "occupationCode": "没有" }""")]
    [InlineData("corrections", """{ "title": "（）", "occupationCode": "4-01-02-01" }""")]
    [InlineData("review/decisions", """{ "demandId": 999999999, "occupationCode": "4-01-02-01" }""")]
    public async Task Teach_RefusesWhatMeansNothing(string route, string body) => Assert.Equal(
        HttpStatusCode.BadRequest,
        (await _office.PostAsync($"/api/v1/occupations/{route}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).StatusCode);

    [Fact]
    public async Task Major_NamesOfficialOccupationsFirst_ThenInfersOthers()
    {
        var found = await HttpAssert.BodyAsync<MajorOccupations>(await _public.PostAsJsonAsync("/api/v1/majors/510206/occupations", new MajorToMatch()));

        Assert.Equal(["2-02-10-03", "2-02-10-04", "2-02-38-04"], found.Items.TakeWhile(item => item.Official).Select(item => item.Code));
        var inferred = found.Items.SkipWhile(item => item.Official).ToList();
        Assert.NotEmpty(inferred);
        Assert.All(inferred, item => Assert.True(!item.Official && item.Score is not null && item.Name.Length > 0 && item.Groups.Count > 0));
    }

    [Fact]
    public async Task Major_IsInferredFromItsCourses_WhenNothingIsOfficial()
    {
        var found = await HttpAssert.BodyAsync<MajorOccupations>(await _public.PostAsJsonAsync("/api/v1/majors/080901/occupations", new MajorToMatch(["软件测试技术", "程序设计基础"], 10)));

        Assert.Contains(found.Items, item => item.Code.StartsWith("4-04-05", StringComparison.Ordinal) || item.Code.StartsWith("2-02-10", StringComparison.Ordinal));
        Assert.Equal(10, found.Items.Count);
        await HttpAssert.ProblemAsync(await _public.PostAsJsonAsync("/api/v1/majors/999999/occupations", new MajorToMatch()), HttpStatusCode.NotFound, "major_not_found");
    }

    // Nothing in it names a job, and no two tests share one.
    private static (string Title, string Spelled) Titles() => ApiData.Next() is var number ? ($"某甲岗x{number}", $"某甲岗 Ｘ{number}") : default;

    private static async Task<CodedOccupations> MatchAsync(HttpClient client, string title) =>
        await HttpAssert.BodyAsync<CodedOccupations>(await client.PostAsJsonAsync("/api/v1/occupations/match", new TitleToCode(title)));

    private Task<Demand> PostAsync(string title, string? code = null) => PostAsync(_company, title, code);

    private static Task<Demand> PostAsync(HttpClient company, string title, string? code = null) =>
        ApiData.CreateAsync<Demand>(company, "demands", ApiData.NewDemand() with { Title = title, OccupationCode = code });

    private async Task<OccupationCorrection> TeachAsync(string title, string code) => await HttpAssert.BodyAsync<OccupationCorrection>(
        await _office.PostAsJsonAsync("/api/v1/occupations/corrections", new TeachTitle(title, code)), HttpStatusCode.Created);

    private async Task<UndoneCorrection> UndoAsync(long id) =>
        await HttpAssert.BodyAsync<UndoneCorrection>(await _office.PostAsync($"/api/v1/occupations/corrections/{id}/undo", null));

    private async Task<(string? Code, int? Confidence)> CodingAsync(long id)
    {
        var demand = await _office.GetFromJsonAsync<Demand>($"/api/v1/demands/{id}");
        return (demand!.OccupationCode, demand.OccupationConfidence);
    }

    private async Task<List<ReviewEntry>> QueueAsync()
    {
        var (entries, after) = (new List<ReviewEntry>(), (string?)null);
        do
        {
            var page = await _office.GetFromJsonAsync<Page<ReviewEntry>>($"/api/v1/occupations/review?take=2{(after is null ? "" : $"&after={after}")}");
            entries.AddRange(page!.Items);
            after = page.Next;
        }
        while (after is not null);

        return entries;
    }
}
