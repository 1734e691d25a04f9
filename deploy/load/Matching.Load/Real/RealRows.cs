using Matching.Load.Demo;

namespace Matching.Load.Real;

/// <summary>Programmes and graduates as rows of import files.</summary>
internal static class RealRows
{
    public static object School(string reference) => new { externalRef = reference, kind = "SCHOOL", name = $"试验学校{reference}", region = "440000" };

    public static object Nobody(string name) => new { kind = "COMPANY", name, region = "440000" };

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
}
