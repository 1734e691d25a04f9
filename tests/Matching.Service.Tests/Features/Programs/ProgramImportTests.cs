using Matching.Service.Tests.Imports;
using Matching.Service.Tests.Support;

namespace Matching.Service.Tests.Features.Programs;

public class ProgramImportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly ImportClient _school = new(api, "school");

    [Fact]
    public async Task Import_MakesProgramsWithYearsAndWhatTheyTeach()
    {
        const string File = """
            专业点编号,专业代码,学历层次,办学规模,实践课时占比,面向职业,技能与课程,证书,年份,招生人数,预计毕业人数
            P-1,数控技术,大专,240,55%,车工、6-18-01-02,数控车床操作、机械制图,低压电工作业证,2025,80,
            P-1,460103,大专,260,0.6,车工,数控车床操作、CAD/CAM,,2026,90,76
            """;
        var first = await _school.ImportAsync("programs", File);
        var second = await _school.ImportAsync("programs", File);

        Assert.Equal(("DONE", 2, 1, 0), (first.State, first.Accepted, first.Created, first.Updated));
        Assert.Equal((0, 1), (second.Created, second.Updated));
        Assert.Equal("460103|数控技术|31|260|0.6000", await api.ValueAsync<string>($"""
            SELECT concat_ws('|', major_code, name, education_code, capacity, practice_share) FROM program WHERE external_ref = 'P-1'
            """));
        Assert.Equal("2025:80:,2026:90:76", await api.ValueAsync<string>($"""
            SELECT string_agg(y.year || ':' || y.enrolled || ':' || coalesce(y.expected_graduates::text, ''), ',' ORDER BY y.year)
            FROM program_year y JOIN program p ON p.id = y.program_id WHERE p.external_ref = 'P-1'
            """));
        Assert.Equal("6-18-01-01", await api.ValueAsync<string>($"SELECT string_agg(occupation_code, ',') FROM program_occupation o JOIN program p ON p.id = o.program_id WHERE p.external_ref = 'P-1'"));
        Assert.Equal(2, await api.ValueAsync<long>($"SELECT count(*) FROM program_skill k JOIN program p ON p.id = k.program_id WHERE p.external_ref = 'P-1'"));
    }

    [Fact]
    public async Task Import_RefusesUnknownMajors_AndContradictingNumbers()
    {
        var import = await _school.ImportAsync("programs", """
            专业点编号,专业,学历层次,年份,招生人数
            Q-1,魔法技术,大专,,
            Q-2,460103,不限,,
            Q-3,模具设计与制造,大专,,50
            Q-4,机电一体化技术,大专,,
            Q-4,工业机器人技术,大专,,
            """);

        Assert.Equal((1, 4), (import.Accepted, import.Rejected));
        Assert.Equal(["number_contradicts", "required", "unknown_education", "unknown_major"], import.Reasons.Select(reason => reason.Code).Order());
    }
}
