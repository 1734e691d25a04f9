using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

/// <summary>Seeded demands and graduates out of few skills, places and occupations on purpose: ties and shared values are where a fast path goes wrong.</summary>
internal sealed class RandomProfiles(int seed)
{
    private static readonly string[] Occupations = ["6-18-01-07", "6-18-01-01", "6-18-02-04", "6-31-01-03", "2-02-07-01", "6-18-01", "6-18-99", "6-19"];
    private static readonly int[] Regions = [440306, 440305, 440100, 440106, 320200, 110105, 440300, 440000, 110000];
    private static readonly string[] Majors = ["460103", "460104", "460201", "510203"];

    private readonly Random _random = new(seed);

    public SkillGraph Graph { get; } = new(new Dictionary<long, long> { [1] = 20, [2] = 20, [3] = 20, [4] = 21, [20] = 22, [22] = 20 });

    public DemandProfile Demand(long id) => new DemandProfile
    {
        Id = id,
        CompanyId = Below(4),
        Occupation = Maybe(0.8) ? OccupationId.Parse(Pick(Occupations)) : null,
        Majors = Many(Majors, 0.2),
        Must = [.. Enumerable.Range(0, Below(8)).Select(_ => new SkillAsk(Skill(), Below(6)))],
        Nice = [.. Enumerable.Range(0, Below(5)).Select(_ => new SkillAsk(Skill(), Below(6)))],
        Certificates = [.. Enumerable.Range(0, Below(3)).Select(_ => new CertificateAsk(100 + Below(4), Maybe(0.4)))],
        EducationRank = Maybe(0.6) ? Below(7) : null,
        Region = new RegionId(Pick(Regions)),
        RegionBinding = Maybe(0.3),
        WageMax = Maybe(0.7) ? 3_000 + (500 * Below(10)) : null,
        StartsOn = Maybe(0.4) ? 100 + Below(5) : null,
        HasSeats = Maybe(0.9),
        Priority = Maybe(0.3),
    }.Create();

    public GraduateProfile Graduate(long id)
    {
        var any = Maybe(0.2);
        return new GraduateProfile
        {
            Id = id,
            Major = Maybe(0.8) ? Pick(Majors) : null,
            Occupations = [.. Many(Occupations, 0.3).Select(OccupationId.Parse)],
            Skills = [.. Enumerable.Range(0, Below(9)).Select(_ => new SkillHeld(Skill(), (Evidence)Below(4), Below(6)))],
            SkillsComplete = Maybe(0.3),
            Certificates = [.. Enumerable.Range(100, 4).Where(_ => Maybe(0.4)).Select(certificate => (long)certificate)],
            CertificatesComplete = Maybe(0.4),
            EducationRank = Maybe(0.7) ? Below(7) : null,
            Regions = any && Maybe(0.7) ? [] : [.. Regions.Where(_ => Maybe(0.25)).Select(code => new RegionId(code))],
            AnyRegion = any,
            WageWish = Maybe(0.6) ? 3_000 + (500 * Below(10)) : null,
            AvailableFrom = Maybe(0.7) ? 100 + Below(5) : null,
            OrderClassCompanies = Maybe(0.2) ? [Below(4)] : [],
        };
    }

    public Candidate Candidate(long id) => new(Graduate(id), Graph);

    public int Below(int limit) => _random.Next(limit);

    private long Skill() => _random.Next(3) == 0 ? 20 + Below(3) : 1 + Below(12);

    private bool Maybe(double share) => _random.NextDouble() < share;

    private T Pick<T>(T[] values) => values[Below(values.Length)];

    private T[] Many<T>(T[] values, double share) => [.. values.Where(_ => Maybe(share))];
}
