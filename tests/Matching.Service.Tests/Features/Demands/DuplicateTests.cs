using System.Net;
using System.Net.Http.Json;
using Dapper;
using Matching.Service.Features.Bulletins;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Organizations;
using Matching.Service.Http;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

/// <summary>Near-duplicates, labour agencies and giants, in a consortium of each test's own.</summary>
public class DuplicateTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "/api/v1/demands";

    private const string Text =
        "负责注塑模具的装配、调试与维修，能够独立完成抛光、配模和试模，看懂二维与三维图纸，熟练使用钻床、磨床、铣床，跟进试模问题并提出修模方案，" +
        "做好模具保养记录，遵守安全操作规程，长白班，周末双休，提供宿舍和三餐补贴。";

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));

    [Fact]
    public async Task Repost_IsLinkedAndShown_AndCountsAgain_WhenTheFirstIsWithdrawn()
    {
        var (_, company, _) = await AnotherAsync();
        var first = await CreateAsync(company, Fitter());
        var copy = await CreateAsync(company, Fitter() with { Title = "模具钳工（急聘）", OpenedOn = new DateOnly(2026, 10, 8), ExternalRef = "R-2" });
        var other = await CreateAsync(company, Fitter() with { Title = "高级模具钳工" });

        Assert.Equal((null, 4, first.Id, 0, null), (first.CanonicalId, first.CountedHeadcount, copy.CanonicalId, copy.CountedHeadcount, other.CanonicalId));
        var shown = Assert.Single((await company.GetFromJsonAsync<Page<DemandCopy>>($"{Url}/{first.Id}/duplicates"))!.Items);
        Assert.Equal((copy.Id, false, first.Id, "REPOST", 100), (shown.DemandId, shown.Canonical, shown.LikeId!.Value, shown.Reason!, shown.Similarity!.Value));
        Assert.Equal((first.Id, true), (await company.GetFromJsonAsync<Page<DemandCopy>>($"{Url}/{copy.Id}/duplicates"))!.Items.Select(row => (row.DemandId, row.Canonical)).Single());
        Assert.Empty((await company.GetFromJsonAsync<Page<DemandCopy>>($"{Url}/{other.Id}/duplicates"))!.Items);

        await MoveAsync(company, first.Id, "WITHDRAWN");
        Assert.Equal((copy.Id, null, 4), ((await FindAsync(company, first.Id)).CanonicalId!.Value, (await FindAsync(company, copy.Id)).CanonicalId, (await FindAsync(company, copy.Id)).CountedHeadcount));
        await MoveAsync(company, copy.Id, "EXPIRED");
        Assert.Equal((null, first.Id), ((await FindAsync(company, first.Id)).CanonicalId, (await FindAsync(company, copy.Id)).CanonicalId!.Value));
        await MoveAsync(company, copy.Id, "OPEN");
        Assert.Equal((copy.Id, null), ((await FindAsync(company, first.Id)).CanonicalId!.Value, (await FindAsync(company, copy.Id)).CanonicalId));
    }

    // What a file books under one organization because it hides the company is several companies' own.
    [Fact]
    public async Task Import_LinksNothing_WhereItHidesTheCompany()
    {
        var (consortium, _, _) = await AnotherAsync();
        var office = new ImportClient(api, "office", consortium);
        const string File = "公司,岗位名称,工作城市,发布日期\n某知名企业,模具装配,深圳,2026-09-01\n国内领先的模具服务商,模具装配,深圳,2026-09-02\n示例模具甲公司,模具装配,深圳,2026-09-01\n示例模具甲公司,模具装配,深圳,2026-09-02\n";

        var import = await office.ImportAsync("demands", File, $"&registerCompanies=true&organizationId={consortium.Organizations["company"]}");

        Assert.Equal((4, 1), (import.Created, import.CompaniesRegistered));
        Assert.Equal(["示例模具甲公司"], await LinkedAsync());
        // Nor does a later posting of the organization itself follow them.
        await CreateAsync(api.ClientOf(consortium, "company"), new WriteDemand("模具装配", "440300", 1, OpenedOn: new DateOnly(2026, 9, 3)));
        Assert.Equal(["示例模具甲公司"], await LinkedAsync());

        async Task<IEnumerable<string>> LinkedAsync()
        {
            await using var connection = await api.Database.Owner.OpenConnectionAsync();
            return await connection.QueryAsync<string>(
                "SELECT o.name FROM demand d JOIN organization o ON o.id = d.organization_id WHERE d.consortium_id = @Id AND d.canonical_id IS NOT NULL", new { consortium.Id });
        }
    }

    [Fact]
    public async Task DepartmentCopy_StandsBehindTheCompanysOwn_EvenIfItCameFirst()
    {
        var (consortium, company, _) = await AnotherAsync();
        using var department = api.ClientOf(consortium, "department");
        var copy = await CreateAsync(department, Fitter() with { OrganizationId = consortium.Organizations["company"], Description = "企业急需", WageMin = null, WageMax = null });
        var own = await CreateAsync(company, Fitter() with { OpenedOn = new DateOnly(2026, 10, 8) });

        Assert.Equal((own.Id, null), ((await FindAsync(company, copy.Id)).CanonicalId!.Value, (await FindAsync(company, own.Id)).CanonicalId));
        var link = Assert.Single((await department.GetFromJsonAsync<Page<DemandCopy>>($"{Url}/{copy.Id}/duplicates"))!.Items);
        Assert.Equal(("DEPARTMENT", null), (link.Reason, link.Similarity));
        // The copy's owner may not write the company's row; the group changes all the same.
        await MoveAsync(department, copy.Id, "WITHDRAWN");
        await MoveAsync(company, own.Id, "PAUSED");
        Assert.Equal(own.Id, (await FindAsync(company, copy.Id)).CanonicalId);
        await HttpAssert.BodyAsync<Demand>(await company.PostAsJsonAsync($"{Url}/{own.Id}/fills", new DemandFill(4)));
        Assert.Equal((own.Id, null), ((await FindAsync(company, copy.Id)).CanonicalId!.Value, (await FindAsync(company, own.Id)).CanonicalId));
    }

    [Fact]
    public async Task OpenCopyOfAFilledDemand_IsNotCounted_AndIsAmongTheReminders()
    {
        var (_, company, _) = await AnotherAsync();
        var first = await CreateAsync(company, Fitter());
        var copy = await CreateAsync(company, Fitter() with { OpenedOn = new DateOnly(2026, 10, 8) });
        await HttpAssert.BodyAsync<Demand>(await company.PostAsJsonAsync($"{Url}/{first.Id}/fills", new DemandFill(4)));

        Assert.Equal((first.Id, 0), ((await FindAsync(company, copy.Id)).CanonicalId!.Value, (await FindAsync(company, copy.Id)).CountedHeadcount));
        var reminder = Assert.Single((await company.GetFromJsonAsync<Page<DemandReminder>>($"{Url}/reminders"))!.Items);
        Assert.Equal((copy.Id, "COPY_OF_FILLED"), (reminder.DemandId, reminder.Reason));
        // Seats that are wanted after the first were filled are new ones.
        Assert.Null((await CreateAsync(company, Fitter() with { OpenedOn = Today.AddDays(1) })).CanonicalId);
    }

    [Fact]
    public async Task Unlink_IsRemembered_AndLinkTakesItBack()
    {
        var (_, company, _) = await AnotherAsync();
        var first = await CreateAsync(company, Fitter());
        var copy = await CreateAsync(company, Fitter());
        var apart = await HttpAssert.BodyAsync<Demand>(await company.PostAsync($"{Url}/{copy.Id}/unlink", null));
        Assert.Equal((null, 4), (apart.CanonicalId, apart.CountedHeadcount));
        await HttpAssert.ProblemAsync(await company.PostAsync($"{Url}/{copy.Id}/unlink", null), HttpStatusCode.Conflict, "not_linked");

        var changed = await PutAsync(company, apart, Fitter() with { Description = Text + "欢迎加入。" });
        Assert.Null(changed.CanonicalId);
        var third = await CreateAsync(company, Fitter());
        Assert.Equal(first.Id, third.CanonicalId);

        Assert.Equal(first.Id, (await LinkAsync(copy.Id, third.Id)).CanonicalId);
        Assert.Equal("MANUAL", (await company.GetFromJsonAsync<Page<DemandCopy>>($"{Url}/{third.Id}/duplicates"))!.Items.Single(row => row.DemandId == copy.Id).Reason);
        await HttpAssert.ProblemAsync(await company.PostAsJsonAsync($"{Url}/{copy.Id}/link", new LinkDemand(copy.Id)), HttpStatusCode.BadRequest, "reference_not_found");
        await HttpAssert.ProblemAsync(await company.PostAsJsonAsync($"{Url}/{copy.Id}/link", new LinkDemand(999_999)), HttpStatusCode.BadRequest, "reference_not_found");
        async Task<Demand> LinkAsync(long id, long other) => await HttpAssert.BodyAsync<Demand>(await company.PostAsJsonAsync($"{Url}/{id}/link", new LinkDemand(other)));
    }

    [Fact]
    public async Task Group_GoesOn_WhenItsFirstIsChangedOrDeleted()
    {
        var (_, company, _) = await AnotherAsync();
        var first = await CreateAsync(company, Fitter());
        var second = await CreateAsync(company, Fitter());
        var third = await CreateAsync(company, Fitter());
        await PutAsync(company, first, Fitter() with { Title = "食堂厨师", Description = "" });
        Assert.Equal((null, null, second.Id), ((await FindAsync(company, first.Id)).CanonicalId, (await FindAsync(company, second.Id)).CanonicalId, (await FindAsync(company, third.Id)).CanonicalId!.Value));

        await PutAsync(company, await FindAsync(company, first.Id), Fitter());
        Assert.Equal((null, first.Id, first.Id), ((await FindAsync(company, first.Id)).CanonicalId, (await FindAsync(company, second.Id)).CanonicalId!.Value, (await FindAsync(company, third.Id)).CanonicalId!.Value));

        var version = (await FindAsync(company, first.Id)).Version;
        Assert.Equal(HttpStatusCode.NoContent, (await company.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{first.Id}", version))).StatusCode);
        Assert.Equal((null, second.Id), ((await FindAsync(company, second.Id)).CanonicalId, (await FindAsync(company, third.Id)).CanonicalId!.Value));
        await DeleteAsync(company, third.Id);
        await DeleteAsync(company, second.Id);
        Assert.Empty((await company.GetFromJsonAsync<Page<Demand>>($"{Url}?own=true"))!.Items);
    }

    [Fact]
    public async Task Drafts_AreComparedWhenTheyOpen_AndABatchIsComparedWithItself()
    {
        var (_, company, _) = await AnotherAsync();
        var draft = await CreateAsync(company, Fitter() with { State = "DRAFT", OpenedOn = null });
        var stored = await HttpAssert.BodyAsync<Page<Demand>>(await company.PostAsJsonAsync($"{Url}/batch", new DemandBatch([Fitter(), Fitter()])));
        Assert.Equal([null, stored.Items[0].Id], stored.Items.Select(item => item.CanonicalId));
        Assert.Null((await FindAsync(company, draft.Id)).CanonicalId);
        await HttpAssert.ProblemAsync(await company.PostAsJsonAsync($"{Url}/{draft.Id}/link", new LinkDemand(stored.Items[0].Id)), HttpStatusCode.Conflict, "draft_not_linked");
        await MoveAsync(company, draft.Id, "OPEN");
        Assert.Equal(stored.Items[0].Id, (await FindAsync(company, draft.Id)).CanonicalId);
    }

    [Fact]
    public async Task Import_LinksWhatItBrings_AmongItselfAndWithWhatIsThere_AndAnewWhenAFileChangesIt()
    {
        var first = await CreateAsync(api.ClientAs("company"), Fitter());
        var client = new ImportClient(api, "company");
        string File(string second) => $"企业内部编号,岗位名称,需求人数,工作地区,最低月薪,最高月薪,岗位描述,发布日期\nL-1,模具钳工,4,440306,6000,9000,{Text},2026-09-05\nL-2,模具钳工,4,440306,6000,9000,{second},2026-09-06\n";
        await client.ImportAsync("demands", File(Text + "可接受应届生。"));
        Assert.Equal($"{first.Id} REPOST,{first.Id} REPOST", await StateAsync());
        await client.ImportAsync("demands", File("改为电话销售，负责客户回访。"));
        Assert.Equal($"{first.Id} REPOST,", await StateAsync());
        Task<string?> StateAsync() => api.ValueAsync<string?>($"""
            SELECT string_agg(concat_ws(' ', d.canonical_id, k.reason), ',' ORDER BY d.external_ref)
            FROM demand d LEFT JOIN demand_link k ON k.demand_id = d.id WHERE d.external_ref LIKE 'L-%'
            """);
    }

    [Theory]
    [InlineData("深圳鹏程人力资源有限公司", null, true)]
    [InlineData("苏州恒信劳务派遣有限公司", null, true)]
    [InlineData("某某人才服务中心", null, true)]
    [InlineData("常州众包服务外包有限公司", null, true)]
    [InlineData("江南职业介绍所", null, true)]
    [InlineData("北方企业管理有限公司", "7263", true)]
    [InlineData("北方企业管理有限公司", "7221", false)]
    [InlineData("城南人力车旅游有限公司", null, false)]
    [InlineData("云图人力资源软件有限公司", "6513", false)]
    [InlineData("宏达建筑劳务有限公司", null, false)]
    [InlineData("蓝海户外服装有限公司", null, false)]
    [InlineData("东方软件外包有限公司", null, false)]
    [InlineData("精工机械有限公司", "34", false)]
    public async Task Agency_IsToldByNameOrIndustry(string name, string? industry, bool agency)
    {
        using var office = api.ClientAs("office");
        var made = await ApiData.CreateAsync<Organization>(office, "organizations", new WriteOrganization("COMPANY", $"{name}{ApiData.Next()}", "440300", IndustryCode: industry));
        Assert.Equal((null, agency), (made.Agency, made.LooksLikeAgency));
    }

    [Fact]
    public async Task Figures_LeaveOutCopiesAndAgencies_AndCutGiants_UntilTheOfficeSaysOtherwise()
    {
        var (consortium, company, office) = await AnotherAsync();
        using var second = api.ClientOf(consortium, "company2");
        var agency = (await office.GetFromJsonAsync<Organization>($"/api/v1/organizations/{consortium.Organizations["company2"]}"))!;
        agency = await SetAsync(office, agency, new WriteOrganization("COMPANY", $"示例劳务派遣有限公司{ApiData.Next()}", "440300"));
        var known = (await office.GetFromJsonAsync<Organization>($"/api/v1/organizations/{consortium.Organizations["company"]}"))!;
        await SetAsync(office, known, new WriteOrganization("COMPANY", known.Name, "440300", StaffMin: 150, StaffMax: 500));

        await CreateAsync(company, Fitter());
        await CreateAsync(company, Fitter() with { OpenedOn = new DateOnly(2026, 9, 20) });
        var giant = await CreateAsync(company, new WriteDemand("装配普工", "440306", 2000, OpenedOn: new DateOnly(2026, 8, 1)));
        await CreateAsync(company, new WriteDemand("检验员", "440306", 250, OpenedOn: new DateOnly(2026, 9, 1)));
        var posted = await CreateAsync(second, new WriteDemand("包装工", "440306", 70, OpenedOn: new DateOnly(2026, 9, 1)));
        Assert.Equal((true, 250, false, true, 0, 70), (giant.HeadcountFlag, giant.CountedHeadcount, giant.Agency, posted.Agency, posted.CountedHeadcount, posted.Headcount));

        // 4 once, 250 of 2,000, 250; the agency's 70 beside.
        var tables = await DraftAsync(consortium, office, "2026Q3");
        Assert.Equal([0m, 504m, 504m], tables["overview"].Rows.Take(3).Select(row => row[1].Value!.Value));
        var resources = tables["resources"].Rows.ToDictionary(row => row[0].Text, row => row[1].Value);
        Assert.Equal((3m, 70m, 1m, 1m, 1750m), (resources["需求（条，本期有效）"], resources["劳务中介岗位（人）"], resources["重复发布（条）"], resources["需求人数存疑（条）"], resources["存疑核减（人）"]));
        Assert.Contains("核减 1,750 人", tables["resources"].Prose, StringComparison.Ordinal);
        Assert.Contains("不含劳务中介", tables["overview"].Formula, StringComparison.Ordinal);
        // October was drafted with the headcount of October, though it is cut today.
        await PutAsync(company, giant, new WriteDemand("装配普工", "440306", 100, OpenedOn: new DateOnly(2026, 8, 1)));
        Assert.Equal(504m, (await DraftAsync(consortium, office, "2026-10"))["overview"].Rows[0][1].Value);

        await HttpAssert.ProblemAsync(
            await second.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/organizations/{agency.Id}", agency.Version, new WriteOrganization("COMPANY", agency.Name, "440300", Agency: false))),
            HttpStatusCode.Forbidden, "forbidden");
        agency = await SetAsync(office, agency, new WriteOrganization("COMPANY", agency.Name, "440300", Agency: false));
        Assert.Equal((false, true), (agency.Agency, agency.LooksLikeAgency));
        Assert.Equal(70, (await FindAsync(second, posted.Id)).CountedHeadcount);
    }

    private static WriteDemand Fitter() => new("模具钳工", "440306", 4, Description: Text, WageMin: 6000, WageMax: 9000, OpenedOn: new DateOnly(2026, 9, 1));

    private static Task<Demand> CreateAsync(HttpClient client, WriteDemand demand) => ApiData.CreateAsync<Demand>(client, "demands", demand);

    private static async Task<Demand> FindAsync(HttpClient client, long id) => (await client.GetFromJsonAsync<Demand>($"{Url}/{id}"))!;

    private static async Task MoveAsync(HttpClient client, long id, string to) =>
        await HttpAssert.BodyAsync<Demand>(await client.PostAsJsonAsync($"{Url}/{id}/transitions", new DemandTransition(to)));

    private static async Task<Demand> PutAsync(HttpClient client, Demand known, WriteDemand body) =>
        await HttpAssert.BodyAsync<Demand>(await client.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"{Url}/{known.Id}", (await FindAsync(client, known.Id)).Version, body)));

    private static async Task DeleteAsync(HttpClient client, long id) => Assert.Equal(
        HttpStatusCode.NoContent, (await client.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Delete, $"{Url}/{id}", (await FindAsync(client, id)).Version))).StatusCode);

    private static async Task<Organization> SetAsync(HttpClient office, Organization known, WriteOrganization body) => await HttpAssert.BodyAsync<Organization>(
        await office.SendAsync(HttpAssert.WithIfMatch(HttpMethod.Put, $"/api/v1/organizations/{known.Id}", known.Version, body)));

    private async Task<(TestConsortium, HttpClient Company, HttpClient Office)> AnotherAsync()
    {
        var consortium = await TestData.CreateConsortiumAsync(api.Database, $"重复市{ApiData.Next()}", "440300");
        return (consortium, api.ClientOf(consortium, "company"), api.ClientOf(consortium, "office"));
    }

    private async Task<Dictionary<string, BulletinTable>> DraftAsync(TestConsortium consortium, HttpClient office, string period)
    {
        await WaitingWork.RunAsync(api, consortium.Id, period.Contains('Q', StringComparison.Ordinal) ? "bulletin-quarterly" : "bulletin-monthly", $$"""{"period":"{{period}}"}""");
        var bulletin = (await office.GetFromJsonAsync<Page<Bulletin>>("/api/v1/bulletins"))!.Items.First(item => item.Period == period);
        return (await office.GetFromJsonAsync<BulletinDetail>($"/api/v1/bulletins/{bulletin.Id}"))!.Tables.ToDictionary(table => table.Key);
    }
}
