using System.Net;
using System.Net.Http.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Features.IntakeRules;
using Matching.Service.Features.Programs;
using Matching.Service.Http;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

/// <summary>Every door refuses what the law forbids, and does with the consortium's rules what the consortium set. Each test leaves the rules at their defaults.</summary>
public class DemandLawTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/demands";

    private readonly HttpClient _company = api.ClientAs("company");
    private readonly HttpClient _office = api.ClientAs("office");
    private readonly HttpClient _school = api.ClientAs("school");

    public static TheoryData<string, string, string, int> Fields => new()
    {
        { "title", "SEX", "限女性", 4 }, { "description", "AGE", "35岁以下", 3 }, { "skills[1].name", "HOUSEHOLD", "本地户口优先", 0 }, { "certificates[0].name", "HEALTH", "查乙肝五项", 2 },
    };

    [Theory, MemberData(nameof(Fields))]
    public async Task Create_IsRefused_WithThePhraseAndItsPlace(string field, string category, string phrase, int offset)
    {
        var demand = ApiData.NewDemand();
        demand = field switch
        {
            "title" => demand with { Title = "公司前台限女性" },
            "description" => demand with { Description = "要求：35岁以下，吃苦耐劳。" },
            "skills[1].name" => demand with { Skills = [new("焊接"), new("本地户口优先")] },
            _ => demand with { Certificates = [new("体检查乙肝五项")] },
        };

        var problem = await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync(Url, demand), HttpStatusCode.BadRequest, "discriminatory_requirement");

        var finding = Assert.Single(problem.GetProperty("findings").EnumerateArray());
        Assert.Equal((field, category), (finding.GetProperty("field").GetString(), finding.GetProperty("category").GetString()));
        var text = (field, finding.GetProperty("offset").GetInt32(), finding.GetProperty("length").GetInt32());
        Assert.Equal(field == "certificates[0].name" ? (field, 0, 7) : (field, offset, phrase.Length), text);
        Assert.Contains(phrase[^2..], problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_IsRefusedAsAWhole_WithEveryItemsNumber()
    {
        var marker = $"批量{ApiData.Next()}";
        DemandBatch batch = new([ApiData.NewDemand() with { ExternalRef = marker }, ApiData.NewDemand() with { Title = "男保安" }, ApiData.NewDemand() with { Description = "已婚已育优先" }]);

        var problem = await HttpAssert.ProblemAsync(await _company.PostAsJsonAsync($"{Url}/batch", batch), HttpStatusCode.BadRequest, "discriminatory_requirement");

        Assert.Equal(["items[1].title", "items[2].description"], problem.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("field").GetString()));
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE external_ref = '{marker}'"));
    }

    [Fact]
    public async Task Update_IsRefused_AndLeavesTheDemandAsItWas()
    {
        var demand = await ApiData.CreateDemandAsync(_company);
        var change = ApiData.NewDemand() with { Title = "操作工（男）", OpenedOn = null };

        await HttpAssert.ProblemAsync(await _company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{demand.Id}", demand.Version, change)), HttpStatusCode.BadRequest, "discriminatory_requirement");

        Assert.Equal(demand.Title, (await _company.GetFromJsonAsync<Demand>($"{Url}/{demand.Id}"))!.Title);
    }

    [Fact]
    public async Task LookAlikes_ArePosted_AndSoIsWhatTheLawItselfRestricts()
    {
        await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Title = "男装导购", Description = "男女不限，年满18周岁。" });
        await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Title = "井下支护", OccupationCode = "6-16-01-06", Description = "限男性。" });
    }

    [Fact]
    public async Task Import_RefusesTheRow_AtItsColumn_AndTakesTheOthers()
    {
        var client = new ImportClient(api, "company");

        var import = await client.ImportAsync("demands", """
            企业内部编号,岗位名称,需求人数,岗位描述,必备技能
            LAW-1,女鞋设计,1,年满18周岁,手绘
            LAW-2,收银员（女）,1,要求35岁以下,收银
            LAW-3,普工,1,服从安排,乙肝勿扰
            """);

        Assert.Equal((3, 1, 2), (import.Read, import.Accepted, import.Rejected));
        Assert.All(import.Reasons, reason => Assert.Equal("discriminatory_requirement", reason.Code));
        var rejected = await client.RejectedAsync(import.Id);
        Assert.Equal(("3", "岗位名称、岗位描述"), (rejected[1][0], rejected[1][1]));
        Assert.Contains("“（女）”属于性别限制", rejected[1][2], StringComparison.Ordinal);
        Assert.Contains("“35岁以下”属于年龄限制", rejected[1][2], StringComparison.Ordinal);
        Assert.Equal(("4", "必备技能"), (rejected[2][0], rejected[2][1]));
    }

    [Fact]
    public async Task Check_SaysEverything_AndStoresNothing()
    {
        var before = await api.ValueAsync<long>($"SELECT count(*) FROM demand");
        var text = new DemandText("前台", "形象气质佳，限女性，25-35岁。", Kind: "INTERNSHIP");

        var verdict = await HttpAssert.BodyAsync<DemandVerdict>(await _company.PostAsJsonAsync($"{Url}/check", text));

        Assert.False(verdict.Acceptable);
        Assert.Equal([("SEX", "限女性"), ("AGE", "25-35岁")], verdict.Findings.Select(finding => (finding.Category, finding.Phrase)));
        Assert.Equal([("appearance_wording", "WARN"), ("internship_paid", "WARN")], verdict.Notices.Select(notice => (notice.Rule, notice.Severity)));
        Assert.True((await HttpAssert.BodyAsync<DemandVerdict>(await _company.PostAsJsonAsync($"{Url}/check", new DemandText("男装导购")))).Acceptable);
        Assert.True((await HttpAssert.BodyAsync<DemandVerdict>(await _company.PostAsJsonAsync($"{Url}/check", new DemandText()))).Acceptable);
        Assert.Equal(before, await api.ValueAsync<long>($"SELECT count(*) FROM demand"));
    }

    public static TheoryData<string, int?, int?, string?> Terms => new()
    {
        { "INTERNSHIP", 3000, null, null }, { "INTERNSHIP", null, null, "warn internship_paid" }, { "INTERNSHIP", 0, null, "refuse internship_paid" },
        { "APPRENTICE", 3000, 12, null }, { "APPRENTICE", 3000, null, "warn apprentice_contract" }, { "APPRENTICE", 3000, 11, "refuse apprentice_contract" },
        { "EMPLOYMENT", null, 1, null }, { "EMPLOYMENT", 0, null, null },
    };

    [Theory, MemberData(nameof(Terms))]
    public async Task Rules_AreKept_ByApiAndImportAlike(string kind, int? wage, int? months, string? outcome)
    {
        var word = new Dictionary<string, string> { ["INTERNSHIP"] = "实习", ["APPRENTICE"] = "学徒", ["EMPLOYMENT"] = "就业" }[kind];
        var request = ApiData.NewDemand() with { Kind = kind, WageMin = null, WageMax = wage, ContractMonths = months };
        var posted = await _company.PostAsJsonAsync(Url, request);
        var import = await new ImportClient(api, "company").ImportAsync("demands", $"title,kind,headcount,wageMax,contractMonths\n规则{ApiData.Next()},{word},1,{wage},{months}\n");

        if (outcome?.StartsWith("refuse", StringComparison.Ordinal) == true)
        {
            var problem = await HttpAssert.ProblemAsync(posted, HttpStatusCode.BadRequest, "intake_rule_broken");
            Assert.Equal(outcome[7..], problem.GetProperty("rules")[0].GetProperty("rule").GetString());
            Assert.Equal("intake_rule_broken", Assert.Single(import.Reasons).Code);
            return;
        }

        var demand = await HttpAssert.BodyAsync<Demand>(posted, HttpStatusCode.Created);
        Assert.Equal(outcome is null ? [] : [outcome[5..]], demand.Warnings);
        Assert.Equal(months, demand.ContractMonths);
        Assert.Equal(1, import.Created);
        Assert.Equal(outcome?[5..] ?? "", await api.ValueAsync<string>($"SELECT array_to_string(warnings, ',') FROM demand ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task Rule_IsSetByTheOffice_CountsWhatItLetThrough_AndTheLawsOwnIsNot()
    {
        await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Kind = "APPRENTICE" });
        var rule = (await _company.GetFromJsonAsync<Page<IntakeRule>>("/api/v1/intake-rules"))!.Items.Single(rule => rule.Rule == "apprentice_contract");
        Assert.Equal(("REFUSE", 12, true), (rule.Severity, rule.Threshold, rule.Warned > 0));

        var set = await SetAsync("apprentice_contract", rule.Version, new("WARN", 24));
        var demand = await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Kind = "APPRENTICE", ContractMonths = 18 });
        Assert.Equal(["apprentice_contract"], demand.Warnings);
        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, "/api/v1/intake-rules/apprentice_contract", rule.Version, new WriteIntakeRule("OFF"))), HttpStatusCode.PreconditionFailed, "stale_version");
        set = await SetAsync("apprentice_contract", set.Version, new("OFF"));
        Assert.Empty((await ApiData.CreateAsync<Demand>(_company, "demands", ApiData.NewDemand() with { Kind = "APPRENTICE", ContractMonths = 1 })).Warnings);
        await SetAsync("apprentice_contract", set.Version, new("REFUSE", 12));

        await HttpAssert.ProblemAsync(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, "/api/v1/intake-rules/discrimination", 0, new WriteIntakeRule("OFF"))), HttpStatusCode.Conflict, "rule_fixed");
        using var stranger = api.ClientOf(api.Data.Second, "office");
        Assert.Equal(12, (await stranger.GetFromJsonAsync<IntakeRule>("/api/v1/intake-rules/apprentice_contract"))!.Threshold);
    }

    [Fact]
    public async Task NewProgramme_NeedsACompany_AsStrictlyAsTheConsortiumSays()
    {
        var (company, next) = (api.Data.First.Organizations["company"], DateTime.UtcNow.Year + 1);
        var fresh = ApiData.NewProgram() with { Years = [new(next)] };
        Assert.Equal(["program_endorsement"], (await ApiData.CreateAsync<TrainingProgram>(_school, "programs", fresh)).Warnings);
        Assert.Empty((await ApiData.CreateAsync<TrainingProgram>(_school, "programs", ApiData.NewProgram() with { Years = [new(next)], EndorsingCompanyIds = [company] })).Warnings);
        Assert.Empty((await ApiData.CreateAsync<TrainingProgram>(_school, "programs", ApiData.NewProgram() with { Years = [new(2020)] })).Warnings);

        var rule = (await _office.GetFromJsonAsync<IntakeRule>("/api/v1/intake-rules/program_endorsement"))!;
        var set = await SetAsync(rule.Rule, rule.Version, new("REFUSE"));
        await HttpAssert.ProblemAsync(await _school.PostAsJsonAsync("/api/v1/programs", ApiData.NewProgram() with { Years = [new(next)] }), HttpStatusCode.BadRequest, "intake_rule_broken");
        var import = await new ImportClient(api, "school").ImportAsync("programs", $"专业代码,专业名称,学历层次,年份\n460103,旧专业{next},大专,2020\n460103,旧专业{next},大专,{next}\n460103,新专业{next},大专,{next}\n");
        Assert.Equal((2, 1), (import.Accepted, import.Rejected));
        Assert.Equal("合作企业", Assert.Single(import.Reasons).Column);
        await SetAsync(rule.Rule, set.Version, new("WARN"));
    }

    private async Task<IntakeRule> SetAsync(string rule, int version, WriteIntakeRule to) =>
        await HttpAssert.BodyAsync<IntakeRule>(await _office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/intake-rules/{rule}", version, to)));
}
