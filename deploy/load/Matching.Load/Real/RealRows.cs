using Matching.Load.Demo;

namespace Matching.Load.Real;

/// <summary>Postings, programmes and graduates as rows of import files.</summary>
internal static class RealRows
{
    public static object School(string reference) => new { externalRef = reference, kind = "SCHOOL", name = $"试验学校{reference}", region = "440000" };

    public static object Company(Posting posting) => new { kind = "COMPANY", name = posting.Company, region = posting.Place };

    public static object Of(RealProgram program) => new
    {
        externalRef = program.Ref,
        school = program.School,
        name = program.Name,
        major = program.Major,
        education = program.Education,
        occupations = program.Occupations,
        skills = program.Courses,
    };

    public static object Of(RealGraduate graduate, DemoCalendar calendar) => new
    {
        school = graduate.Program.School,
        reference = graduate.Ref,
        program = graduate.Program.Ref,
        cohort = calendar.LastCohort,
        graduatesOn = DemoCalendar.Graduation(calendar.LastCohort),
        wishedOccupations = graduate.WishedOccupations,
        wishedRegions = graduate.AnyRegion ? ["不限"] : graduate.WishedRegions,
        wageWish = graduate.WageWish,
        consent = true,
        courseSkills = graduate.Courses,
    };

    public static object Of(Posting posting, int months) => new
    {
        externalRef = posting.Ref,
        organization = posting.Company,
        kind = posting.IsInternship ? "INTERNSHIP" : "EMPLOYMENT",
        title = posting.Title,
        description = posting.Description,
        region = posting.Place,
        headcount = posting.Headcount,
        education = Education(posting.Education),
        experienceYears = Years(posting.Experience),
        wageMin = posting.WageMin,
        wageMax = posting.WageMax,
        mustSkills = posting.Must,
        niceSkills = posting.Nice,
        openedOn = posting.OpenedOn.AddMonths(months),
    };

    // Boards write the least years in many ways: 3-4年, 1-3年, 5, 10年以上, 无需经验.
    private static int? Years(string text) =>
        int.TryParse(new string([.. text.TakeWhile(char.IsAsciiDigit)]), out var years) ? years : text.Contains('无', StringComparison.Ordinal) ? 0 : null;

    private static string? Education(string text) => text switch { "" or "不限" => null, "中技/中专" => "中专", "初中及以下" => "初中", _ => text };
}
