using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Graduates;

public class GraduateImportTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private readonly ImportClient _school = new(api, "school");

    public async Task InitializeAsync() => await _school.ImportAsync("programs", "专业代码,学历层次\n460103,大专\n");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Import_MakesGraduatesWithTheirBestEvidence()
    {
        var import = await _school.ImportAsync("graduates", """
            学号代码,专业,届别,生源地,意向职业,意向地区,期望月薪,同意向企业展示,课程技能,实习技能,自述技能,证书,技能已列全,订单班企业
            G-1,数控技术,2026届,广东省惠州市,车工,深圳市、惠州市,6000,是,数控车床操作,设备点检,设备点检、数控车床操作、视频剪辑,低压电工作业证,是,甲市产教联合体-company
            G-2,460103,2026,,,不限,,,,,,,,
            """);

        Assert.Equal(("DONE", 2, 0), (import.State, import.Created, import.Rejected));
        Assert.Equal("2026|31|2026-06-30|441300|6-18-01-01|440300,441300|f|6000|t|t|t", await api.ValueAsync<string>($"""
            SELECT concat_ws('|', cohort, education_code, graduates_on, origin_region_code, array_to_string(wished_occupations, ','),
                   array_to_string(wished_regions, ','), any_region, wage_wish, consent, consent_at IS NOT NULL, skills_complete) FROM graduate WHERE reference = 'G-1'
            """));
        Assert.Equal("低压电工作业证 CERTIFICATE,数控车床操作 COURSE,视频剪辑 CLAIM,设备点检 INTERNSHIP", await api.ValueAsync<string>($"""
            SELECT string_agg(s.name || ' ' || k.evidence, ',' ORDER BY s.name COLLATE "C") FROM graduate_skill k JOIN skill s ON s.id = k.skill_id
            JOIN graduate g ON g.id = k.graduate_id WHERE g.reference = 'G-1'
            """));
        Assert.Equal(1, await api.ValueAsync<long>($"SELECT count(*) FROM graduate_order_class k JOIN graduate g ON g.id = k.graduate_id WHERE g.reference = 'G-1'"));
        Assert.Equal("t|f", await api.ValueAsync<string>($"SELECT concat_ws('|', any_region, consent) FROM graduate WHERE reference = 'G-2'"));
    }

    [Fact]
    public async Task Import_ReplacesWhatIsKnown_WhenAPseudonymComesAgain()
    {
        await _school.ImportAsync("graduates", "学号代码,专业,届别,课程技能,同意展示\nU-1,460103,2026,机械制图,是\n");

        var again = await _school.ImportAsync("graduates", "学号代码,专业,届别,课程技能,同意展示\nU-1,460103,2025,公差配合,否\n");

        Assert.Equal((0, 1), (again.Created, again.Updated));
        Assert.Equal("2025|f||公差配合", await api.ValueAsync<string>($"""
            SELECT concat(g.cohort, '|', left(g.consent::text, 1), '|', g.consent_at, '|', string_agg(s.name, ',')) FROM graduate g
            JOIN graduate_skill k ON k.graduate_id = g.id JOIN skill s ON s.id = k.skill_id WHERE g.reference = 'U-1' GROUP BY g.cohort, g.consent, g.consent_at
            """));
    }

    [Fact]
    public async Task Import_RefusesWhoeverIsIdentified_AndStoresNothingPersonal()
    {
        var import = await _school.ImportAsync("graduates", """
            姓名,学号代码,身份证号,专业,届别
            张示例,11010519491231002X,11010519491231002X,460103,2026
            李示例,999999999999999999,440301200101011234,460103,2026
            王示例,P-3,440301200101011235,没有的专业,2026
            """);

        Assert.Equal((0, 3), (import.Created, import.Rejected));
        Assert.Equal(["姓名", "身份证号"], import.DroppedColumns.Order());
        Assert.Contains(import.Reasons, reason => reason.Code == "personal_data");
        Assert.Contains(import.Reasons, reason => reason.Code == "unknown_program");
        Assert.Equal(0, await api.ValueAsync<long>($"SELECT count(*) FROM import_rejection WHERE (problems::text || cells::text) ~ '示例|19491231|20010101'"));
    }

    [Fact]
    public async Task Import_StaysInItsConsortium()
    {
        var elsewhere = new ImportClient(api, "school", api.Data.Second);
        await _school.ImportAsync("graduates", "学号代码,专业,届别\nI-1,460103,2026\n");

        var import = await elsewhere.ImportAsync("graduates", "学号代码,专业,届别\nI-1,460103,2026\n");

        Assert.Equal("unknown_program", Assert.Single(import.Reasons).Code);
        Assert.Equal(1, await api.ValueAsync<long>($"SELECT count(*) FROM graduate WHERE reference = 'I-1'"));
    }
}
