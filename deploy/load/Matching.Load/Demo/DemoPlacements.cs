namespace Matching.Load.Demo;

/// <summary>The destination (毕业去向) of a graduate; its kind is one of the 14 of the reference table.</summary>
internal sealed record DemoPlacement(
    DemoGraduate Graduate, string Kind, string Evidence, string? Employer, string? Occupation, string? Region, int? Wage, DateOnly PlacedOn, bool Confirmed,
    string? StatusAfter6Months = null);

/// <summary>
/// Past cohorts have all but a few destinations; of the youngest cohort a third. Graduates of surplus programmes place worse,
/// those of shortage programmes better.
/// </summary>
internal static class DemoPlacements
{
    private static readonly string[] Statuses = ["SAME_EMPLOYER", "SAME_EMPLOYER", "SAME_EMPLOYER", "SAME_EMPLOYER", "OTHER_EMPLOYER", "NOT_EMPLOYED", "UNKNOWN"];

    public static IReadOnlyList<DemoPlacement> Make(DemoCalendar calendar, IReadOnlyList<DemoGraduate> graduates) =>
        [.. graduates.Select(graduate => One(calendar, graduate)).OfType<DemoPlacement>()];

    private static DemoPlacement? One(DemoCalendar calendar, DemoGraduate graduate)
    {
        var random = DemoRandom.For($"placement {graduate.Program.School} {graduate.Ref}");
        var served = DemoTables.ByCode[graduate.Program.Occupations[0].Code];
        var share = (graduate.Cohort == calendar.LastCohort ? 0.35 : 0.96) * (served.IsSurplus ? 0.8 : served.IsShortage ? 1.02 : 1);
        var placedOn = graduate.GraduatesOn.AddDays(random.Next(-60, 120));
        if (!random.Chance(share) || placedOn > calendar.End)
        {
            return null;
        }

        var (kind, evidence, employed) = Destination(random, graduate.Program.Education);
        return employed ? Employed(graduate, kind, evidence, placedOn, placedOn.AddMonths(6) <= calendar.End, random) : new(graduate, kind, evidence, null, null, null, null, placedOn, random.Chance(0.9));
    }

    private static (string Kind, string Evidence, bool Employed) Destination(Random random, string education) => random.Next(100) switch
    {
        < 38 => ("CONTRACT", "LABOUR_CONTRACT", true),
        < 60 => ("AGREEMENT", "AGREEMENT", true),
        < 68 => ("OTHER_EMPLOYMENT", "EMPLOYER_STATEMENT", true),
        < 71 => ("MILITARY", "ENLISTMENT_NOTICE", false),
        < 73 => ("STARTUP", "BUSINESS_LICENCE", false),
        < 75 => ("FREELANCE", "OWN_STATEMENT", false),
        < 76 => ("LOCAL_PROJECT", "PROJECT_NOTICE", false),
        < 97 => education == "21" ? ("AGREEMENT", "AGREEMENT", true) : ("FURTHER_STUDY", "ADMISSION_NOTICE", false),
        < 98 => ("PLANNING_STUDY", "NONE", false),
        _ => ("SEEKING", "NONE", false),
    };

    private static DemoPlacement Employed(DemoGraduate graduate, string kind, string evidence, DateOnly placedOn, bool halfAYearAgo, Random random)
    {
        var aimed = graduate.WishedOccupations is [var wished, ..] ? wished : graduate.Program.Occupations[0].Code;
        var occupation = DemoTables.ByCode[random.Chance(0.75) ? aimed : random.Pick(DemoTables.Occupations).Code];
        var local = random.Chance(0.7);
        var company = local ? DemoOrganizations.CompanyName(random.Pick([.. DemoOrganizations.CompaniesOf(occupation.Cluster)])) : "外地用人单位（演示）";
        var region = local ? random.Pick(DemoOrganizations.Counties) : random.Pick(["320500", "320100", "310000", "330100"]);
        return new(graduate, kind, evidence, company, occupation.Code, region, occupation.Wage * random.Next(82, 112) / 10000 * 100, placedOn, random.Chance(0.9),
            halfAYearAgo ? random.Pick(Statuses) : null);
    }
}
