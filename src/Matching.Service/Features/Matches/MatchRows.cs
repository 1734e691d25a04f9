using Matching.Engine.Scoring;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>A demand as scoring and showing need it. The skill arrays run in parallel; a level of 0 is "any".</summary>
internal sealed record DemandRow(
    long Id, long OrganizationId, string OrganizationName, string Title, string? OccupationCode, string[] MajorCodes, string? EducationCode, string RegionCode,
    bool RegionBinding, int? WageMin, int? WageMax, DateOnly? StartsOn, int SeatsLeft, bool HasSeats, bool Priority, DateTime UpdatedAt,
    long[] SkillIds, bool[] Musts, int[] Levels, bool[] AreCertificates)
{
    public DemandProfile ToProfile(ReferenceTables reference)
    {
        var asks = SkillIds.Zip(Musts, Levels).Zip(AreCertificates, (ask, certificate) => (Id: ask.First, Must: ask.Second, Level: ask.Third, certificate)).ToArray();
        return new DemandProfile
        {
            Id = Id,
            CompanyId = OrganizationId,
            Occupation = OccupationCode is null ? null : OccupationId.Parse(OccupationCode),
            Majors = MajorCodes,
            Must = [.. asks.Where(ask => ask is { certificate: false, Must: true }).Select(ask => new SkillAsk(ask.Id, ask.Level))],
            Nice = [.. asks.Where(ask => ask is { certificate: false, Must: false }).Select(ask => new SkillAsk(ask.Id, ask.Level))],
            Certificates = [.. asks.Where(ask => ask.certificate).Select(ask => new CertificateAsk(ask.Id, ask.Must))],
            EducationRank = reference.EducationLevels.Find(EducationCode)?.Rank,
            Region = RegionId.Parse(RegionCode),
            RegionBinding = RegionBinding,
            WageMax = WageMax,
            StartsOn = StartsOn?.DayNumber,
            HasSeats = HasSeats,
            Priority = Priority,
        }.Create();
    }
}

/// <summary>A graduate as scoring and showing need him. The skill arrays run in parallel; a level of 0 is "not said".</summary>
internal sealed record GraduateRow(
    long Id, long SchoolId, string SchoolName, string ProgramName, string MajorCode, string Reference, int Cohort, string EducationCode, DateOnly AvailableFrom,
    string[] WishedOccupations, string[] ServedOccupations, string[] WishedRegions, bool AnyRegion, int? WageWish, bool SkillsComplete, bool CertificatesComplete,
    bool Consent, DateTime UpdatedAt, long[] SkillIds, string[] Evidence, int[] Levels, bool[] AreCertificates, long[] Companies)
{
    public IEnumerable<long> Skills => SkillIds.Where((_, i) => !AreCertificates[i]);

    public IEnumerable<long> Certificates => SkillIds.Where((_, i) => AreCertificates[i]);

    public GraduateProfile ToProfile(ReferenceTables reference) => new()
    {
        Id = Id,
        Major = MajorCode,
        Occupations = [.. WishedOccupations.Union(ServedOccupations).Select(OccupationId.Parse)],
        Skills = [.. Enumerable.Range(0, SkillIds.Length).Where(i => !AreCertificates[i]).Select(i => new SkillHeld(SkillIds[i], EvidenceOf(Evidence[i]), Levels[i]))],
        SkillsComplete = SkillsComplete,
        Certificates = [.. Certificates],
        CertificatesComplete = CertificatesComplete,
        EducationRank = reference.EducationLevels.Find(EducationCode)?.Rank,
        Regions = [.. WishedRegions.Select(RegionId.Parse)],
        AnyRegion = AnyRegion,
        WageWish = WageWish,
        AvailableFrom = AvailableFrom.DayNumber,
        OrderClassCompanies = Companies,
    };

    /// <summary>The evidence of a code.</summary>
    public static Evidence EvidenceOf(string text) => text switch
    {
        "CERTIFICATE" => Engine.Scoring.Evidence.Certificate,
        "COURSE" => Engine.Scoring.Evidence.Course,
        "INTERNSHIP" => Engine.Scoring.Evidence.Internship,
        _ => Engine.Scoring.Evidence.Claim,
    };
}
