using System.Net;
using System.Net.Http.Json;
using System.Text;
using Matching.Service.Features.Placements;
using Matching.Service.Features.Reports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Reports;

public class PlacementReportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _school = api.ClientAs("school2");

    private string Url => $"/api/v1/schools/{api.Data.First.Organizations["school2"]}/placement-report";

    [Fact]
    public async Task Report_RatesACohort_AndHidesWhatIsBuiltOnFew()
    {
        var (large, small) = (await ApiData.CreateProgramAsync(_school), await ApiData.CreateProgramAsync(_school));
        for (var i = 0; i < 34; i++)
        {
            var graduate = await ApiData.CreateAsync<Matching.Service.Features.Graduates.Graduate>(_school, "graduates", ApiData.NewGraduate(large.Id) with { Cohort = 2024, GraduatesOn = new(2024, 6, 30) });
            if (i < 24)
            {
                await ApiData.CreateAsync<Placement>(_school, "placements", new WritePlacement(
                    graduate.Id, "CONTRACT", "LABOUR_CONTRACT", new(2024, 7, 1), EmployerName: "示例公司", OccupationCode: "6-18-01-07", RegionCode: "440306", Wage: 5_000 + i));
            }
        }

        await ApiData.CreateAsync<Matching.Service.Features.Graduates.Graduate>(_school, "graduates", ApiData.NewGraduate(small.Id) with { Cohort = 2024, GraduatesOn = new(2024, 6, 30) });
        var report = (await _school.GetFromJsonAsync<PlacementReport>($"{Url}?cohort=2024"))!;

        Assert.Equal((35, 68.57m, 24m, 35L), (report.All.Graduates, report.All.Rates[0].Percent, report.All.Rates[0].Numerator, report.All.Rates[0].Denominator));
        Assert.Equal((31.43m, false), (report.All.UnknownDestination.Percent, report.All.UnknownDestination.Suppressed));
        Assert.Equal(100.00m, report.All.Rates.Single(rate => rate.Name == "对口率").Percent);
        Assert.Equal((5_005, 5_011, 5_017), (report.All.Wages.P25, report.All.Wages.P50, report.All.Wages.P75));
        var hidden = report.Programs.Single(group => group.ProgramId == small.Id);
        Assert.Null(hidden.Graduates);
        // The whole less the large one would be the small one.
        Assert.Null(report.Programs.Single(group => group.ProgramId == large.Id).Graduates);
        Assert.All(hidden.Rates, rate => Assert.Equal((true, null, null), (rate.Suppressed, rate.Percent, rate.Denominator)));

        var csv = Encoding.UTF8.GetString(await _school.GetByteArrayAsync($"{Url}?cohort=2024&format=csv"));
        Assert.StartsWith("\uFEFF学校,届别,范围,指标", csv, StringComparison.Ordinal);
        Assert.Contains(",2024,全校,毕业去向落实率,68.57,24,35,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfNobody_IsEmptyRatherThanZero()
    {
        var report = (await _school.GetFromJsonAsync<PlacementReport>($"{Url}?cohort=1999"))!;

        Assert.Equal((0, null, false), (report.All.Graduates, report.All.Rates[0].Percent, report.All.Rates[0].Suppressed));
        Assert.Empty(report.Programs);
    }

    [Fact]
    public async Task Report_IsTheSchoolsOwn()
    {
        using var other = api.ClientAs("school");
        await HttpAssert.ProblemAsync(await other.GetAsync($"{Url}?cohort=2024"), HttpStatusCode.NotFound, "school_not_found");
        using var office = api.ClientAs("office");
        await HttpAssert.BodyAsync<PlacementReport>(await office.GetAsync($"{Url}?cohort=2024"));
        await HttpAssert.ProblemAsync(await office.GetAsync($"/api/v1/schools/{api.Data.First.Organizations["company"]}/placement-report?cohort=2024"), HttpStatusCode.NotFound, "school_not_found");
        await HttpAssert.ProblemAsync(await _school.GetAsync(Url), HttpStatusCode.BadRequest, "invalid_request");
    }
}
