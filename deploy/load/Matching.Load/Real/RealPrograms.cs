using Matching.Load.Demo;

namespace Matching.Load.Real;

/// <summary>A programme made of a real major with its real courses and the occupations its teaching standard names.</summary>
internal sealed record RealProgram(string School, string Major, string Name, string Education, string[] Courses, string[] Occupations)
{
    public string Ref => $"{School}-{Major}";
}

/// <summary>A graduate of such a programme; the person is made up, what he was taught is not.</summary>
internal sealed record RealGraduate(
    string Ref, RealProgram Program, string[] WishedOccupations, string[] WishedRegions, bool AnyRegion, int? WageWish, string[] Courses);

/// <summary>The supply side for real postings: the majors of the fields these postings come from, one school per field, and a seeded roster.</summary>
internal static class RealPrograms
{
    private const int GraduatesPerProgram = 30;

    // 装备制造, 交通运输, 财经商贸, 电子与信息: 职业本科, 高职专科 and 中职 each; the postings are of these fields.
    private static readonly string[] Fields = ["26", "30", "31", "33", "46", "50", "51", "53", "66", "70", "71", "73"];

    private static readonly string[] Places = ["310000", "440300", "440100", "320500", "420100", "320100", "510100"];

    public static IReadOnlyList<RealProgram> Read(string folder)
    {
        var courses = CsvFile.Read(Path.Combine(folder, "ref_vocational_majors_2021", "major_courses.csv")).ToLookup(row => row["major_code"], row => row["course_name"]);
        var links = CsvFile.Read(Path.Combine(folder, "eval_major_occupation_dev", "links_dev.csv")).ToLookup(row => row["major_code"], row => row["occupation_code"]);
        return
        [
            .. CsvFile.Read(Path.Combine(folder, "ref_vocational_majors_2021", "majors.csv"))
                .Where(row => Fields.Contains(row["code"][..2]) && courses[row["code"]].Any())
                .Select(row => new RealProgram(
                    $"R{row["code"][..2]}", row["code"], row["name"], row["level"] switch { "职业本科" => "21", "高职专科" => "31", _ => "41" },
                    [.. courses[row["code"]].Distinct()], [.. links[row["code"]].Distinct().Take(20)])),
        ];
    }

    public static readonly IReadOnlyList<string> Schools = [.. Fields.Select(digits => $"R{digits}")];

    public static IReadOnlyList<RealGraduate> Graduates(IReadOnlyList<RealProgram> programs) =>
        [.. programs.SelectMany(program => Enumerable.Range(1, GraduatesPerProgram).Select(number => Graduate(program, number)))];

    private static RealGraduate Graduate(RealProgram program, int number)
    {
        var reference = $"{program.Major}-{number:D3}";
        var random = DemoRandom.For($"real {program.School} {reference}");
        var any = random.Chance(0.2);
        return new(
            reference, program, program.Occupations.Length > 0 && random.Chance(0.7) ? [random.Pick(program.Occupations)] : [],
            any ? [] : [random.Pick(Places)], any, random.Chance(0.7) ? random.Next(40, 90) * 100 : null,
            [.. program.Courses.Where(_ => random.Chance(0.85))]);
    }
}
