namespace Matching.Load.Demo;

/// <summary>The made-up records as rows of import files, under the columns' English keys.</summary>
internal static class DemoRows
{
    public static object Of(DemoOrganization organization) => new
    {
        externalRef = organization.Ref,
        kind = organization.Kind,
        name = organization.Name,
        region = organization.Region,
        industry = organization.Industry,
        cluster = organization.Cluster,
        nature = organization.Nature,
        staffCount = organization.Staff,
        teacherCount = organization.Teachers,
        memberSince = organization.MemberSince,
    };

    /// <summary>A programme takes one row for each year of figures.</summary>
    public static IEnumerable<object> Of(DemoProgram program, DemoCalendar calendar) =>
        Enumerable.Range(calendar.LastCohort - DemoCalendar.Cohorts + 1, DemoCalendar.Cohorts).Select(year => Of(program, year));

    private static object Of(DemoProgram program, int year) => new
    {
        externalRef = program.Ref,
        school = program.School,
        name = program.Name,
        major = program.Major,
        education = program.Education,
        cluster = ClusterName(program.Cluster),
        capacity = program.Capacity,
        occupations = program.Occupations.Select(served => served.Code),
        skills = program.Occupations.SelectMany(served => DemoTables.ByCode[served.Code].Must).Distinct(),
        certificates = program.Occupations.SelectMany(served => DemoTables.ByCode[served.Code].Certificates).Distinct(),
        year,
        applicants = program.Capacity * 3 / 2,
        enrolled = program.Capacity,
        expectedGraduates = program.Capacity * 19 / 20,
        companies = DemoOrganizations.CompaniesOf(program.Cluster).Take(3).Select(DemoOrganizations.CompanyRef),
    };

    public static object Of(DemoGraduate graduate) => new
    {
        school = graduate.Program.School,
        reference = graduate.Ref,
        program = graduate.Program.Ref,
        cohort = graduate.Cohort,
        graduatesOn = graduate.GraduatesOn,
        originRegion = graduate.Origin,
        wishedOccupations = graduate.WishedOccupations,
        wishedRegions = graduate.AnyRegion ? ["不限"] : graduate.WishedRegions,
        wageWish = graduate.WageWish,
        consent = graduate.Consent,
        skillsComplete = graduate.SkillsComplete,
        certificatesComplete = graduate.CertificatesComplete,
        courseSkills = Skills(graduate, "COURSE"),
        internshipSkills = Skills(graduate, "INTERNSHIP"),
        claimedSkills = Skills(graduate, "CLAIM"),
        certificates = graduate.Certificates,
    };

    public static object Of(DemoPlacement placement) => new
    {
        school = placement.Graduate.Program.School,
        graduate = placement.Graduate.Ref,
        destinationKind = placement.Kind,
        evidence = placement.Evidence,
        employer = placement.Employer,
        occupation = placement.Occupation,
        region = placement.Region,
        wage = placement.Wage,
        placedOn = placement.PlacedOn,
        confirmed = placement.Confirmed,
        status6Months = placement.StatusAfter6Months,
    };

    public static object Of(DemoDemand demand) => new
    {
        externalRef = demand.Ref,
        organization = demand.Company,
        kind = demand.Kind,
        title = demand.Title,
        description = demand.Description,
        occupation = demand.Occupation.Code,
        industry = demand.Occupation.Industry,
        cluster = ClusterName(demand.Occupation.Cluster),
        region = demand.Region,
        regionBinding = demand.RegionBinding,
        headcount = demand.Headcount,
        filled = demand.Filled,
        education = demand.Education,
        majors = demand.Majors,
        wageMin = demand.WageMin,
        wageMax = demand.WageMax,
        mustSkills = demand.Must,
        niceSkills = demand.Nice,
        mustCertificates = demand.CompulsoryCertificates,
        niceCertificates = demand.NiceCertificates,
        openedOn = demand.OpenedOn,
        startsOn = demand.StartsOn,
        validThrough = demand.ValidThrough,
        closedOn = demand.ClosedOn,
        state = demand.State,
    };

    private static IEnumerable<string> Skills(DemoGraduate graduate, string evidence) =>
        graduate.Skills.Where(skill => skill.Evidence == evidence).Select(skill => skill.Name);

    private static string ClusterName(string letter) => DemoOrganizations.Clusters.Single(cluster => cluster.Letter == letter).Name;
}
