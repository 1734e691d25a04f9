using System.Net;
using System.Net.Http.Json;
using System.Text;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Organizations;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.Mapping;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Imports;

/// <summary>Files with headers of their own: recognised, shown, corrected, remembered.</summary>
public class MappingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _company = new(api, "company");
    private readonly ImportClient _office = new(api, "office");

    [Fact]
    public async Task Import_ReadsTheHeadersOfAJobBoard()
    {
        var import = await _office.ImportAsync("demands", """
            id,title,company,city,district,education,experience,salary_raw,salary_min_month,salary_max_month,job_type,tags,published_at
            1,映射甲,示例映射一厂,昆明,西山区,本科,1年,6千-1万,6000,10000,全职,周末双休|焊接|五险一金,2023-08-30 14:07:12
            2,映射乙,示例映射一厂,深圳,,中技/中专,3-4年,20-30万/年,,,全职,,2023-08-29 08:59:10
            3,映射丙,示例映射二厂,,,,无需经验,面议,,,兼职,,2023-08-29 08:59:10
            """, "&registerCompanies=true");

        Assert.Equal(("DONE", 3, 2), (import.State, import.Created, import.CompaniesRegistered));
        Assert.Equal(["id"], import.IgnoredColumns);
        Assert.Equal("530112|21|1|6000|10000|t|f|2023-08-30", await RowAsync("映射甲"));
        Assert.Equal("440300|47|3|16667|25000|t|f|2023-08-29", await RowAsync("映射乙"));
        Assert.Equal("0|f|t", await api.ValueAsync<string>($"SELECT concat_ws('|', experience_years, headcount_stated, wage_negotiable) FROM demand WHERE title = '映射丙'"));
        Assert.Equal("焊接", await api.ValueAsync<string>($"SELECT string_agg(s.name, ',') FROM demand_skill k JOIN skill s ON s.id = k.skill_id JOIN demand d ON d.id = k.demand_id WHERE d.title = '映射甲'"));
        Assert.Equal(3, import.Notes.Single(note => note.Code == "headcount_not_stated").Count);
    }

    [Fact]
    public async Task Import_ReadsTheHeadersOfAPersonnelOffice_BelowATitle_AndSkipsRemarks()
    {
        var import = await _company.ImportAsync("demands", """
            2026年第一季度用工需求表,,,,,,
            填表说明：请逐项填写,,,,,,
            1. 招聘岗位＊必填,需求人数（人）,学历要求,薪资(K),工作地点,工作经验,联系电话
            表头甲,若干,大专及以上,8-12,深圳·宝安区,3年以上,13800001234
            表头乙,3-5人,看情况,看能力给,深圳,不限,13800001234
            合计,,,,,,
            """);

        Assert.Equal((3, 2, 1), (import.Read, import.Created, import.Rejected));
        Assert.Equal("remark_line", Assert.Single(import.Reasons).Code);
        Assert.Equal(["联系电话"], import.DroppedColumns);
        Assert.Equal("440306|31|3|8000|12000|f", await api.ValueAsync<string>($"""
            SELECT concat_ws('|', region_code, education_code, experience_years, wage_min, wage_max, headcount_stated) FROM demand WHERE title = '表头甲'
            """));
        var demand = (await _company.Http.GetFromJsonAsync<Page<Demand>>("/api/v1/demands?own=true&take=200"))!.Items.Single(demand => demand.Title == "表头乙");
        Assert.Equal((3, true, null), (demand.Headcount, demand.HeadcountStated, demand.WageMin));
        Assert.Equal([("education", "看情况"), ("headcount", "3-5人"), ("wage", "看能力给")], demand.Unparsed.Select(text => (text.Key, text.Value)).Order());
        Assert.Equal(1, import.Columns.Single(column => column.Field == "wage").KeptAsText);
    }

    [Fact]
    public async Task DryRun_ShowsHowEveryColumnIsRead_AndACorrectionIsRemembered()
    {
        var rows = string.Concat(Enumerable.Range(1, 25).Select(row => $"更正{row},{row}千-{row + 1}千,大专,示例{row},张三\n"));
        var file = "岗位,列2,要求,说明文字,姓名\n" + rows;
        var dry = await _company.ImportAsync("demands", file, "&dryRun=true");

        Assert.Equal(("title", "SYNONYM", true), Column(dry, "岗位"));
        Assert.Equal(("wage", "CONTENT", true), Column(dry, "列2"));
        Assert.Equal(("education", "CONTENT", false), Column(dry, "要求"));
        Assert.Equal((null, "UNKNOWN", false), Column(dry, "说明文字"));
        Assert.Equal((null, "PERSONAL", false), Column(dry, "姓名"));
        Assert.Empty(dry.Columns.Single(column => column.Header == "姓名").Samples);
        Assert.Equal(new CellSample("1千-2千", "1000–2000 元/月"), dry.Columns.Single(column => column.Header == "列2").Samples[0]);
        Assert.Equal(5, dry.Columns.Single(column => column.Header == "列2").Samples.Count);
        Assert.Contains("最低学历", dry.MissingColumns);

        var saved = await _company.Http.PutAsJsonAsync($"/api/v1/imports/{dry.Id}/mapping", new { columns = new Dictionary<string, string?> { ["要求"] = "education", ["列2"] = null } });
        var mapping = await HttpAssert.BodyAsync<ImportMapping>(saved, HttpStatusCode.OK);
        var learned = await _company.ImportAsync("demands", file);

        Assert.Equal(("education", "LEARNED", true), Column(learned, "要求"));
        Assert.Equal((null, "UNKNOWN", false), Column(learned, "列2"));
        Assert.Equal("31|", await api.ValueAsync<string>($"SELECT concat(education_code, '|', wage_min) FROM demand WHERE title = '更正7'"));
        Assert.Contains((await _company.Http.GetFromJsonAsync<Page<ImportMapping>>("/api/v1/import-mappings?kind=demands"))!.Items, known => known.Id == mapping.Id);
        var stranger = api.ClientAs("school");
        Assert.Empty((await stranger.GetFromJsonAsync<Page<ImportMapping>>("/api/v1/import-mappings"))!.Items);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync($"/api/v1/import-mappings/{mapping.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _company.Http.DeleteAsync($"/api/v1/import-mappings/{mapping.Id}")).StatusCode);
        Assert.Equal("CONTENT", Column(await _company.ImportAsync("demands", file, "&dryRun=true"), "列2").By);
    }

    [Fact]
    public async Task DryRun_ShowsTheColumns_WhenARequiredOneIsMissing_AndACorrectionNamesIt()
    {
        const string File = "需求项,人数\n补列甲,2\n";
        var dry = await _company.ImportAsync("demands", File, "&dryRun=true");
        await _company.Http.PutAsJsonAsync($"/api/v1/imports/{dry.Id}/mapping", new { columns = new Dictionary<string, string?> { ["需求项"] = "title" } });
        var import = await _company.ImportAsync("demands", File);

        Assert.Equal(("FAILED", "missing_column", 2), (dry.State, dry.FailureCode, dry.Columns.Count));
        Assert.Contains("岗位名称", dry.MissingColumns);
        Assert.Equal(("DONE", 1), (import.State, import.Created));
    }

    [Theory]
    [InlineData("没有这列", "title", "unknown_header")]
    [InlineData("人数", "nothing", "unknown_field")]
    [InlineData("联系人", "title", "personal_column")]
    public async Task Mapping_IsRefused_WhenItCannotBeMeant(string header, string field, string code)
    {
        var dry = await _company.ImportAsync("demands", "岗位名称,人数,联系人\n车工,2,张三\n", "&dryRun=true");

        var response = await _company.Http.PutAsJsonAsync($"/api/v1/imports/{dry.Id}/mapping", new { columns = new Dictionary<string, string?> { [header] = field } });

        await HttpAssert.ProblemAsync(response, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Mapping_IsRefused_WhenTwoColumnsAreOneField_OrTheImportIsSomebodyElses()
    {
        var dry = await _company.ImportAsync("demands", "岗位名称,甲,乙\n车工,2,3\n", "&dryRun=true");
        var twice = new { columns = new Dictionary<string, string?> { ["甲"] = "headcount", ["乙"] = "headcount" } };

        await HttpAssert.ProblemAsync(await _company.Http.PutAsJsonAsync($"/api/v1/imports/{dry.Id}/mapping", twice), HttpStatusCode.BadRequest, "duplicate_field");
        await HttpAssert.ProblemAsync(await api.ClientAs("school").PutAsJsonAsync($"/api/v1/imports/{dry.Id}/mapping", twice), HttpStatusCode.NotFound, "import_not_found");
    }

    [Fact]
    public async Task Office_HasUnknownCompaniesEntered_OnlyWhenItAsks_AndConfirmsThem()
    {
        const string File = "公司,岗位名称,工作城市\n示例登记甲公司,登记一,深圳\n示例登记 甲公司,登记二,\n某知名互联网公司,登记三,\n互联网/电子商务,登记四,\n";
        var strict = await _office.ImportAsync("demands", File);
        var dry = await _office.ImportAsync("demands", File, "&registerCompanies=true&dryRun=true");
        var import = await _office.ImportAsync("demands", File, "&registerCompanies=true");
        var again = await _office.ImportAsync("demands", File, "&registerCompanies=true");

        Assert.Equal(("unknown_organization", 4), (Assert.Single(strict.Reasons).Code, strict.Rejected));
        Assert.Equal((0, 2), (dry.CompaniesRegistered, dry.Notes.Single(note => note.Code == "company_registered").Count));
        Assert.Equal((1, 2, 2), (import.CompaniesRegistered, import.Created, import.Reasons.Single(reason => reason.Code == "anonymous_company").Count));
        Assert.Equal((0, 0, 2), (again.CompaniesRegistered, again.Created, again.Updated));
        var entered = Assert.Single((await _office.Http.GetFromJsonAsync<Page<Organization>>("/api/v1/organizations?confirmed=false&take=200"))!.Items, one => one.Name == "示例登记甲公司");
        Assert.Equal(("440300", "COMPANY"), (entered.RegionCode, entered.Kind));
        var write = new WriteOrganization("COMPANY", entered.Name, entered.RegionCode);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/organizations/{entered.Id}") { Content = JsonContent.Create(write) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{entered.Version}\"");
        Assert.True((await HttpAssert.BodyAsync<Organization>(await _office.Http.SendAsync(request), HttpStatusCode.OK)).Confirmed);
    }

    [Fact]
    public async Task Office_SaysWhoseAFileWithoutCompaniesIs_AndEqualRowsAreDemandsOfTheirOwn()
    {
        var owner = await api.ValueAsync<long>($"SELECT organization_id FROM api_key WHERE role = 'company' AND consortium_id = {api.Data.First.Id} ORDER BY id LIMIT 1");
        const string File = "job_keyword,city,avg_salary_k_month,education,experience_years\n无主甲,杭州,30,硕士,10\n无主甲,杭州,30,硕士,10\n无主乙,杭州,7,不限,1\n";
        var import = await _office.ImportAsync("demands", File, $"&organizationId={owner}");
        var again = await _office.ImportAsync("demands", File, $"&organizationId={owner}");
        var nobody = await _office.ImportAsync("demands", File);

        Assert.Equal((3, 0), (import.Created, import.Rejected));
        Assert.Equal((0, 3), (again.Created, again.Updated));
        Assert.Equal("required", Assert.Single(nobody.Reasons).Code);
        Assert.Equal("330100|14|10|30000|30000", await api.ValueAsync<string>($"""
            SELECT DISTINCT concat_ws('|', region_code, education_code, experience_years, wage_min, wage_max) FROM demand WHERE title = '无主甲' AND organization_id = {owner}
            """));
        Assert.Equal(2, await api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE title = '无主甲' AND organization_id = {owner} AND canonical_id IS NULL"));
    }

    [Theory]
    [InlineData("company", "&registerCompanies=true", "not_possible")]
    [InlineData("company", "&organizationId=999999", "reference_not_found")]
    [InlineData("office", "&organizationId=999999", "reference_not_found")]
    public async Task Create_ReturnsBadRequest_WhenTheTermsAreNotTheCallers(string role, string query, string code) => await HttpAssert.ProblemAsync(
        await new ImportClient(api, role).PostAsync("demands", Encoding.UTF8.GetBytes("岗位名称\n车工\n"), query), HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task Import_UnderstandsUnitsAndNames_InEveryKind()
    {
        var import = await _office.ImportAsync("organizations", "企业表,,\n单位类型,企业名称（全称）,地区\n企业,示例各类公司,广东省\n企业,示例各类二公司,深圳·南山区\n");

        Assert.Equal((2, 0), (import.Created, import.Rejected));
        Assert.Equal("440305", await api.ValueAsync<string>($"SELECT region_code FROM organization WHERE name = '示例各类二公司'"));
    }

    private static (string? Field, string By, bool Applied) Column(Import import, string header)
    {
        var column = import.Columns.Single(column => column.Header == header);
        return (column.Field, column.By, column.Applied);
    }

    private Task<string> RowAsync(string title) => api.ValueAsync<string>($"""
        SELECT concat_ws('|', region_code, education_code, experience_years, wage_min, wage_max, NOT headcount_stated, wage_negotiable, opened_on) FROM demand WHERE title = '{title}'
        """);
}
