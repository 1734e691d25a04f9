using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Placements;

public class PlacementImportTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Header = "学号代码,毕业去向,证明材料,就业单位,职业,就业地区,月薪,落实日期,结束日期,半年后状态\n";

    private readonly ImportClient _school = new(api, "school");

    public async Task InitializeAsync()
    {
        await _school.ImportAsync("programs", "专业代码,学历层次\n460103,大专\n");
        await _school.ImportAsync("graduates", "学号代码,专业,届别\nA,460103,2026\nB,460103,2026\nC,460103,2026\nD,460103,2026\n");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Import_EndsTheEarlierDestination_WhenANewerOneComes()
    {
        await _school.ImportAsync("placements", Header + "A,签劳动合同,劳动合同,甲市产教联合体-company,车工,深圳市,6200,2026-07-01,,\n");
        var second = await _school.ImportAsync("placements", Header + "A,升学,录取通知书,,,,,2026-09-01,,\nA,签劳动合同,劳动合同,甲市产教联合体-company,车工,深圳市,6300,2026-07-01,2026-09-01,已换单位\n");
        var late = await _school.ImportAsync("placements", Header + "A,自由职业,本人声明,,,,,2026-08-01,,\n");

        Assert.Equal((1, 1, 0), (second.Created, second.Updated, second.Rejected));
        Assert.Equal("newer_destination_known", Assert.Single(late.Reasons).Code);
        Assert.Equal("CONTRACT LABOUR_CONTRACT 6300 2026-07-01 2026-09-01 OTHER_EMPLOYER t,FURTHER_STUDY ADMISSION_NOTICE 2026-09-01 f", await api.ValueAsync<string>($"""
            SELECT string_agg(concat_ws(' ', destination_kind, evidence, wage, placed_on, ended_on, status_6_months, employer_id IS NOT NULL), ',' ORDER BY placed_on)
            FROM placement p JOIN graduate g ON g.id = p.graduate_id WHERE g.reference = 'A'
            """));
    }

    [Fact]
    public async Task Import_RefusesInternshipsAsEvidence_AndUnknownGraduates()
    {
        var import = await _school.ImportAsync("placements", Header + """
            B,签劳动合同,实习证明,某厂,,,,2026-07-01,,
            D,签劳动合同,本人声明,,,,,2026-07-01,,
            Z,待就业,,,,,,2026-07-01,,
            C,出家,,,,,,2026-07-01,2026-06-01,
            """);

        Assert.Equal((0, 4), (import.Accepted, import.Rejected));
        Assert.Equal(["dates_out_of_order", "evidence_does_not_prove", "internship_is_not_employment", "required", "unknown_destination", "unknown_graduate"], import.Reasons.Select(reason => reason.Code).Order());
        Assert.Contains(import.Reasons, reason => reason.Example == "该去向须以 劳动合同 证明。");
    }
}
