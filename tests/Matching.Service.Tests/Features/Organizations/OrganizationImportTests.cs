using System.Net;
using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Organizations;

public class OrganizationImportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _office = new(api, "office");

    [Fact]
    public async Task Import_CreatesThenUpdates_ByNumberCodeOrName()
    {
        const string Header = "*单位类型,*单位名称,统一社会信用代码,单位编号,*所在地区,行业,单位性质,职工人数,加入日期\n";
        var first = await _office.ImportAsync("organizations", Header + """
            企业,示例甲公司,91440300MA5EXAMPL1,C-1,广东省深圳市宝安区,34,民营,320,2025-03-01
            学校,示例乙学院,,,440300,,,,
            """);
        var second = await _office.ImportAsync("organizations", Header + """
            企业,示例甲股份公司,91440300MA5EXAMPL1,C-1,440305,,国有,,
            学校,示例乙学院,,S-1,440303,,,,
            """);

        Assert.Equal((2, 0, 0, 2), (first.Created, first.Updated, second.Created, second.Updated));
        Assert.Equal("示例甲股份公司|440305|34|STATE|320|2025-03-01", await api.ValueAsync<string>($"""
            SELECT concat_ws('|', name, region_code, industry_code, nature, staff_count, member_since) FROM organization WHERE external_ref = 'C-1'
            """));
        Assert.Equal("S-1|440303", await api.ValueAsync<string>($"SELECT concat_ws('|', external_ref, region_code) FROM organization WHERE name = '示例乙学院'"));
    }

    [Fact]
    public async Task Import_RefusesTheFilesContradictions()
    {
        var import = await _office.ImportAsync("organizations", """
            单位类型,单位名称,统一社会信用代码,所在地区
            企业,示例丙公司,91440300MA5EXAMPL2,440300
            企业,示例丁公司,91440300MA5EXAMPL2,440300
            企业,示例丙公司,,440300
            商会,示例戊公司,123,
            """);

        Assert.Equal((1, 3), (import.Accepted, import.Rejected));
        Assert.Equal(["duplicate_in_file", "duplicate_in_file", "invalid_credit_code", "required", "unknown_choice"], import.Reasons.Select(reason => reason.Code).Order());
    }

    [Theory]
    [InlineData("company", "organizations")]
    [InlineData("company", "graduates")]
    [InlineData("school", "demands")]
    [InlineData("school", "organizations")]
    public async Task Import_IsForbidden_WhenTheKindIsNotTheRoles(string role, string kind) =>
        await HttpAssert.ProblemAsync(await new ImportClient(api, role).PostAsync(kind, "x"u8.ToArray()), HttpStatusCode.Forbidden, "forbidden");
}
