using System.Globalization;

namespace Matching.Load.Demo;

/// <summary>A skill a graduate has, with its evidence: COURSE, INTERNSHIP or CLAIM.</summary>
internal sealed record DemoSkill(string Name, string Evidence);

/// <summary>One graduate under the school's pseudonymous reference.</summary>
internal sealed record DemoGraduate(
    string Ref, DemoProgram Program, int Cohort, DateOnly GraduatesOn, string Origin, string[] WishedOccupations, string[] WishedRegions, bool AnyRegion,
    int? WageWish, bool Consent, bool SkillsComplete, bool CertificatesComplete, DemoSkill[] Skills, string[] Certificates);

/// <summary>Five cohorts, ten thousand graduates: most say much about themselves, some little, a few nothing.</summary>
internal static class DemoGraduates
{
    public const int Count = 10_000;

    public static IReadOnlyList<DemoGraduate> Make(DemoCalendar calendar)
    {
        var cells = Enumerable.Range(calendar.LastCohort - DemoCalendar.Cohorts + 1, DemoCalendar.Cohorts)
            .SelectMany(cohort => DemoTables.Programs.Select(program => (cohort, program))).ToList();
        var counts = DemoRandom.Split(Count, [.. cells.Select(cell => cell.program.Capacity * (0.9 + (0.05 * (cell.cohort - calendar.LastCohort + 4))))]);
        return [.. cells.SelectMany((cell, i) => Enumerable.Range(1, counts[i]).Select(number => One(cell.program, cell.cohort, number)))];
    }

    private static DemoGraduate One(DemoProgram program, int cohort, int number)
    {
        var reference = string.Create(CultureInfo.InvariantCulture, $"{cohort}-{program.Major}-{number:D3}");
        var random = DemoRandom.For(program.School + reference);
        var main = DemoTables.ByCode[Draw(program, random)];
        var talkative = !random.Chance(0.08);
        var anyRegion = random.Chance(0.15);
        return new DemoGraduate(
            reference, program, cohort, DemoCalendar.Graduation(cohort), random.Pick(DemoOrganizations.Counties),
            talkative && random.Chance(0.85) ? [main.Code] : [],
            talkative && !anyRegion ? Regions(random) : [], talkative && anyRegion,
            talkative && random.Chance(0.8) ? main.Wage * random.Next(80, 111) / 10000 * 100 : null,
            random.Chance(0.85), random.Chance(0.3), random.Chance(0.4),
            talkative ? Skills(program, main, random) : [],
            [.. main.Certificates.Concat(main.CompulsoryCertificates).Where(_ => talkative && random.Chance(0.7))]);
    }

    /// <summary>The occupation a graduate of the programme aims at, by the programme's shares.</summary>
    private static string Draw(DemoProgram program, Random random)
    {
        var rest = (decimal)random.NextDouble();
        foreach (var (code, share) in program.Occupations)
        {
            if ((rest -= share) < 0)
            {
                return code;
            }
        }

        return program.Occupations[^1].Code;
    }

    // Most want to work in a county of the region, some anywhere in it, some in the province's neighbouring city.
    private static string[] Regions(Random random) => random.Next(10) switch
    {
        < 6 => [random.Pick(DemoOrganizations.Counties)],
        < 9 => [DemoOrganizations.Region],
        _ => ["320500", DemoOrganizations.Region],
    };

    private static DemoSkill[] Skills(DemoProgram program, DemoOccupation main, Random random) =>
    [
        .. program.Occupations.SelectMany(served => DemoTables.ByCode[served.Code].Must).Distinct()
            .Where(skill => random.Chance(main.Must.Contains(skill) ? 0.8 : 0.45))
            .Concat(main.Nice.Where(_ => random.Chance(0.35))).Distinct()
            .Select(skill => new DemoSkill(skill, Evidence(random))),
    ];

    private static string Evidence(Random random) => random.Next(10) switch { < 7 => "COURSE", < 9 => "INTERNSHIP", _ => "CLAIM" };
}
