using System.Text;
using Matching.Service.Imports.Files;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Demands;

public class DemandImportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _company = new(api, "company");
    private readonly ImportClient _office = new(api, "office");

    [Fact]
    public async Task Import_MakesDemandsWithSkillsAndEvents_WhenTheRowsAreRight()
    {
        var import = await _company.ImportAsync("demands", """
            企业内部编号,岗位名称,需求人数,已到岗人数,职业,工作地区,最低学历,接受专业,最低月薪,最高月薪,必备技能,优先技能,必备证书,发布日期,关闭日期,状态
            D-1,数控车工,5,5,6-18-01-01,广东省深圳市宝安区,大专,数控技术,"5,500",8000,数控车床操作、机械制图,CAD/CAM、机械制图,低压电工作业证,2025/3/1,2025-06-30,招满
            D-2,数控车工,3人,,车工,,不限,,,,,,,2025年4月1日,,
            """);

        Assert.Equal(("DONE", 2, 2, 0, 2, 0), (import.State, import.Read, import.Accepted, import.Rejected, import.Created, import.Updated));
        Assert.Equal("6-18-01-01|440306|31|5500|8000|FILLED|2025-06-30|5", await api.ValueAsync<string>($"""
            SELECT concat_ws('|', occupation_code, region_code, education_code, wage_min, wage_max, state, closed_on, filled) FROM demand WHERE external_ref = 'D-1'
            """));
        Assert.Equal("OPEN|440300", await api.ValueAsync<string>($"SELECT concat_ws('|', state, region_code) FROM demand WHERE external_ref = 'D-2'"));
        Assert.Equal("CAD/CAM:f,低压电工作业证:t,数控车床操作:t,机械制图:t", await api.ValueAsync<string>($"""
            SELECT string_agg(s.name || ':' || left(k.must::text, 1), ',' ORDER BY s.name COLLATE "C") FROM demand_skill k JOIN skill s ON s.id = k.skill_id
            JOIN demand d ON d.id = k.demand_id WHERE d.external_ref = 'D-1'
            """));
        Assert.Equal("2025-03-01 OPEN 0,2025-06-30 FILLED 5", await api.ValueAsync<string>($"""
            SELECT string_agg(concat_ws(' ', happened_on, e.state, filled_delta), ',' ORDER BY e.id) FROM demand_event e JOIN demand d ON d.id = e.demand_id WHERE d.external_ref = 'D-1'
            """));
        Assert.Equal(1, await api.ValueAsync<long>($"SELECT count(*) FROM audit_log WHERE action = 'IMPORT' AND resource = 'demands' AND resource_id = {import.Id}"));
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM import_chunk WHERE import_id = {import.Id}"));
    }

    [Fact]
    public async Task Import_SaysEveryProblemOfARow_AndTakesTheOthers()
    {
        var import = await _company.ImportAsync("demands", """
            企业内部编号,岗位名称,需求人数,工作地区,最低学历,最低月薪,最高月薪,手机号
            E-1,钳工,2,深圳市,中专,4000,6000,13800001234
            E-2,,零,火星基地,很高,9000,6000,13800001234
            E-3,维修电工 13912345678,1,,,,,
            E-4,镗工,-2,,,,,
            """);

        Assert.Equal(("DONE", 4, 1, 3, 1), (import.State, import.Read, import.Accepted, import.Rejected, import.Created));
        Assert.Equal(["手机号"], import.DroppedColumns);
        var rejected = await _company.RejectedAsync(import.Id);
        Assert.Equal(["行号", "列", "原因", "企业内部编号", "岗位名称", "需求人数", "工作地区", "最低学历", "最低月薪", "最高月薪"], rejected[0]);
        Assert.Equal("3", rejected[1][0]);
        Assert.All(new[] { "岗位名称", "需求人数" }, column => Assert.Contains(column, rejected[1][1], StringComparison.Ordinal));
        Assert.Contains("手机号", rejected[2][2], StringComparison.Ordinal);
        Assert.Equal("维修电工 139********", rejected[2][4]);
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM import_rejection WHERE cells::text LIKE '%13800001234%' OR problems::text LIKE '%13912345678%'"));
        Assert.Equal(["out_of_range", "personal_data", "required"], import.Reasons.Select(reason => reason.Code).Order());
    }

    [Fact]
    public async Task Import_UpdatesByReference_AndReportsWhatAFileSaysTwice()
    {
        await _company.ImportAsync("demands", "企业内部编号,岗位名称,需求人数,必备技能,发布日期\nU-1,车工,2,车削,2026-01-05\n");

        var again = await _company.ImportAsync("demands", "企业内部编号,岗位名称,需求人数,已到岗人数,必备技能,发布日期\nU-1,高级车工,4,1,磨削,2026-01-05\nU-1,车工,2,,车削,2026-01-05\n");

        Assert.Equal((1, 1, 0, 1), (again.Accepted, again.Rejected, again.Created, again.Updated));
        Assert.Equal("duplicate_in_file", Assert.Single(again.Reasons).Code);
        Assert.Equal("高级车工|4|磨削", await api.ValueAsync<string>($"""
            SELECT concat_ws('|', d.title, d.headcount, string_agg(s.name, ',')) FROM demand d JOIN demand_skill k ON k.demand_id = d.id JOIN skill s ON s.id = k.skill_id
            WHERE d.external_ref = 'U-1' GROUP BY d.title, d.headcount
            """));
        Assert.Equal("OPEN 0 0,OPEN 0 2,OPEN 1 0", await api.ValueAsync<string>($"""
            SELECT string_agg(concat_ws(' ', e.state, filled_delta, headcount_delta), ',' ORDER BY e.id) FROM demand_event e JOIN demand d ON d.id = e.demand_id WHERE d.external_ref = 'U-1'
            """));
    }

    [Fact]
    public async Task Import_DoublesNothing_WhenAFileWithoutReferencesIsSentAgain()
    {
        const string File = "title,headcount,openedOn\n装配钳工,7,2026-02-01\n装配钳工,8,2026-02-01\n";
        var first = await _company.ImportAsync("demands", File);
        var second = await _company.ImportAsync("demands", File);

        Assert.Equal((2, 0, 0, 2), (first.Created, first.Updated, second.Created, second.Updated));
        Assert.Equal(2, await api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE title = '装配钳工'"));
    }

    [Fact]
    public async Task Import_ReadsGb18030_AsWellAsUtf8()
    {
        var bytes = TextEncodings.Gb18030.GetBytes("企业内部编号,岗位名称,需求人数\nG-1,镗工,1\n");

        var import = await _company.ImportAsync("demands", bytes);

        Assert.Equal(("DONE", "gb18030", 1), (import.State, import.Encoding?.ToLowerInvariant(), import.Created));
        Assert.Equal("镗工", await api.ValueAsync<string>($"SELECT title FROM demand WHERE external_ref = 'G-1'"));
    }

    [Fact]
    public async Task Import_TakesNothing_WhenItIsADryRun()
    {
        var import = await _company.ImportAsync("demands", "企业内部编号,岗位名称,需求人数\nR-1,铣工,1\nR-2,铣工,-1\n", "&dryRun=true");

        Assert.Equal(("DONE", true, 1, 1, 0), (import.State, import.DryRun, import.Accepted, import.Rejected, import.Created));
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE external_ref LIKE 'R-%'"));
        Assert.Equal(2, (await _company.RejectedAsync(import.Id)).Length);
    }

    [Fact]
    public async Task Import_TakesNothing_WhenAllOrNothingMeetsABadRow()
    {
        const string File = "企业内部编号,岗位名称,需求人数\nA-1,刨工,1\nA-2,刨工,{0}\n";
        var refused = await _company.ImportAsync("demands", string.Format(null, File, "-3"), "&mode=all-or-nothing");
        var counted = await api.ValueAsync<long>($"SELECT count(*) FROM demand WHERE external_ref LIKE 'A-%'");
        var taken = await _company.ImportAsync("demands", string.Format(null, File, "2"), "&mode=all-or-nothing");

        Assert.Equal(("REJECTED", 0L), (refused.State, counted));
        Assert.Equal(("DONE", 2), (taken.State, taken.Created));
    }

    [Fact]
    public async Task Import_KeepsToTheCallersOrganization_UnlessHeIsTheOffice()
    {
        await _office.ImportAsync("organizations", "单位类型,单位名称,所在地区\n企业,示例别家公司,440300\n");
        const string File = "用人单位,企业内部编号,岗位名称,需求人数\n示例别家公司,O-1,焊工,1\n";

        var own = await _company.ImportAsync("demands", File);
        var byOffice = await _office.ImportAsync("demands", File + "没有这家公司,O-2,焊工,1\n,O-3,焊工,1\n");

        Assert.Equal("not_your_organization", Assert.Single(own.Reasons).Code);
        Assert.Equal((1, 2), (byOffice.Created, byOffice.Rejected));
        Assert.Equal(["required", "unknown_organization"], byOffice.Reasons.Select(reason => reason.Code).Order());
    }

    [Fact]
    public async Task Import_TakesNdjson_WithArraysAndNumbers()
    {
        var import = await _company.ImportAsync("demands", Encoding.UTF8.GetBytes("""
            {"externalRef":"N-1","title":"软件工程师","headcount":3,"mustSkills":["C/C++","TCP/IP"],"wageMax":12000}
            {"企业内部编号":"N-2","岗位名称":"测试工程师","需求人数":"2"}
            """));

        Assert.Equal((2, 0), (import.Created, import.Rejected));
        Assert.Equal(2, await api.ValueAsync<long>($"SELECT count(*) FROM demand_skill k JOIN demand d ON d.id = k.demand_id WHERE d.external_ref = 'N-1'"));
    }
}
