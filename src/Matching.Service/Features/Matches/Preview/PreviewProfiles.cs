using Matching.Engine.Scoring;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>Makes of a request what scoring knows.</summary>
internal static class PreviewProfiles
{
    public static DemandProfile Of(PreviewDemand demand, string? occupation, long company, PreviewWords words, ReferenceTables reference) => new DemandProfile
    {
        Id = 0,
        CompanyId = company,
        Occupation = occupation is null ? null : OccupationId.Parse(occupation),
        Majors = demand.MajorCodes ?? [],
        Must = Asks(demand, must: true, words),
        Nice = Asks(demand, must: false, words),
        Certificates = [.. (demand.Certificates ?? []).Select(ask => new CertificateAsk(words.Certificate(ask.Name), ask.Compulsory))],
        EducationRank = reference.EducationLevels.Find(demand.EducationCode)?.Rank,
        Region = RegionId.Parse(demand.RegionCode),
        RegionBinding = demand.RegionBinding,
        WageMax = demand.WageMax,
        StartsOn = demand.StartsOn?.DayNumber,
    }.Create();

    public static GraduateProfile Of(PreviewProfile profile, PreviewWords words, ReferenceTables reference) => new()
    {
        Id = 0,
        Major = profile.MajorCode,
        Occupations = [.. (profile.WishedOccupations ?? []).Distinct().Select(OccupationId.Parse)],
        Skills = [.. (profile.Skills ?? []).Select(skill => new SkillHeld(words.Skill(skill.Name), GraduateRow.EvidenceOf(skill.Evidence), skill.Level ?? 0))],
        SkillsComplete = profile.SkillsComplete,
        Certificates = [.. (profile.Certificates ?? []).Select(words.Certificate).Distinct()],
        CertificatesComplete = profile.CertificatesComplete,
        EducationRank = reference.EducationLevels.Find(profile.EducationCode)?.Rank,
        Regions = [.. (profile.WishedRegions ?? []).Distinct().Select(RegionId.Parse)],
        AnyRegion = profile.AnyRegion,
        WageWish = profile.WageWish,
        AvailableFrom = profile.AvailableFrom?.DayNumber,
    };

    private static SkillAsk[] Asks(PreviewDemand demand, bool must, PreviewWords words) =>
        [.. (demand.Skills ?? []).Where(ask => ask.Must == must).Select(ask => new SkillAsk(words.Skill(ask.Name), ask.Level ?? 0))];
}
