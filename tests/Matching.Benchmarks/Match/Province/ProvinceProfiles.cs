using System.Globalization;
using Matching.Benchmarks.Match.Data;
using Matching.Engine.Scoring;

namespace Matching.Benchmarks.Match.Province;

/// <summary>
/// The same records as the product sees them: demands with required and welcome skills, levels, accepted majors, certificates, wages and places; graduates with evidence and wishes.
/// Skills stand in families of four under a broader one, which one ask in ten names instead. Task P is the product's own score over these.
/// </summary>
internal static class ProvinceProfiles
{
    private const int FamilyBase = 100_000;
    private const int CertificateBase = 200_000;

    public static SkillGraph Graph { get; } = new(Enumerable.Range(0, BenchRecords.Skills).ToDictionary(skill => (long)skill, Family));

    public static DemandProfile Demand(BenchRecords jobs, int i)
    {
        var asks = jobs.SkillsOf(i).ToArray().Select((skill, at) => (Ask: new SkillAsk((i + at) % 10 == 0 ? Family(skill) : skill, jobs.Level[jobs.Start[i] + at]), Must: at % 5 < 3)).ToArray();
        return new DemandProfile
        {
            Id = i + 1,
            CompanyId = i % 5_000,
            Occupation = Occupation(jobs.Occupation[i]),
            Majors = i % 2 == 0 ? [Major(jobs.Major(i))] : [],
            Must = [.. asks.Where(ask => ask.Must).Select(ask => ask.Ask)],
            Nice = [.. asks.Where(ask => !ask.Must).Select(ask => ask.Ask)],
            Certificates = i % 10 == 0 ? [new(CertificateBase + (i / 10 % 20), i % 40 == 0)] : [],
            EducationRank = jobs.Education[i],
            Region = new(Prefecture(jobs.Region[i]) + 1 + (i % 5)),
            RegionBinding = i % 4 == 0,
            WageMax = 4_000 + (500 * jobs.Salary[i]),
        }.Create();
    }

    public static Candidate Graduate(BenchRecords graduates, int i) => new(Profile(graduates, i), Graph);

    public static GraduateProfile Profile(BenchRecords graduates, int i) => new()
    {
        Id = i + 1,
        Major = Major(graduates.Major(i)),
        Occupations = [Occupation(graduates.Occupation[i])],
        Skills = [.. graduates.SkillsOf(i).ToArray().Select((skill, at) => new SkillHeld(skill, (Evidence)((i + at) % 4), graduates.Level[graduates.Start[i] + at]))],
        Certificates = i % 5 == 0 ? [CertificateBase + (i / 5 % 20)] : [],
        CertificatesComplete = i % 3 == 0,
        EducationRank = graduates.Education[i],
        AnyRegion = graduates.Mask[i] == BenchRecords.AnyRegion,
        Regions = graduates.Mask[i] == BenchRecords.AnyRegion ? [] : [.. Enumerable.Range(0, BenchRecords.Regions)
            .Where(region => (graduates.Mask[i] >> region & 1) != 0).Select(region => new RegionId(Prefecture(region) + (region == graduates.Region[i] ? 1 + (i % 5) : 0)))],
        WageWish = 4_000 + (500 * graduates.Salary[i]),
    };

    private static long Family(int skill) => FamilyBase + (skill >> 2);

    // Two provinces of 21 and 10 cities.
    private static int Prefecture(int region) => region < 21 ? 440_100 + (100 * region) : 450_100 + (100 * (region - 21));

    /// <summary>512 occupations in 128 小类 and 32 中类.</summary>
    public static string OccupationCode(int occupation) =>
        string.Create(CultureInfo.InvariantCulture, $"{1 + (occupation >> 7)}-{1 + (occupation >> 4 & 7):00}-{1 + (occupation >> 2 & 3):00}-{1 + (occupation & 3):00}");

    private static OccupationId Occupation(int occupation) => OccupationId.Parse(OccupationCode(occupation));

    private static string Major(int major) => string.Create(CultureInfo.InvariantCulture, $"{4600 + (major >> 2)}{1 + (major & 3):00}");
}
