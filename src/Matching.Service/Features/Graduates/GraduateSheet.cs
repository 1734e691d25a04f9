using System.Globalization;
using Matching.Service.Exports;
using static Matching.Service.Features.Graduates.GraduateColumns;

namespace Matching.Service.Features.Graduates;

/// <summary>Graduates as a file under the headings of the import. The programme is told by its number on the platform, for several may share a name.</summary>
internal static class GraduateSheet
{
    public static ExportSheet<Graduate> Create() => new("毕业生",
    [
        new(School.Header, (g, names) => names.Organization(g.SchoolId)), new(Pseudonym.Header, (g, _) => g.Reference), new("专业点（平台编号）", (g, _) => g.ProgramId),
        new(Cohort.Header, (g, _) => g.Cohort), new(Education.Header, (g, _) => g.EducationCode), new("学历（名称）", (g, names) => names.Education(g.EducationCode)),
        new(GraduatesOn.Header, (g, _) => g.GraduatesOn), new(AvailableFrom.Header, (g, _) => g.AvailableFrom), new(Origin.Header, (g, _) => g.OriginRegionCode),
        new("生源地（名称）", (g, names) => names.Region(g.OriginRegionCode)), new(Occupations.Header, (g, _) => g.WishedOccupations),
        new("意向职业（名称）", (g, names) => g.WishedOccupations.Select(code => names.Occupation(code) ?? code)),
        new(Regions.Header, (g, _) => g.AnyRegion ? ["不限"] : g.WishedRegions), new("意向地区（名称）", (g, names) => g.WishedRegions.Select(code => names.Region(code) ?? code)),
        new(Wage.Header, (g, _) => g.WageWish), new(Consent.Header, (g, _) => g.Consent), new(CourseSkills.Header, (g, _) => By(g, "COURSE")),
        new(InternshipSkills.Header, (g, _) => By(g, "INTERNSHIP")), new(ClaimedSkills.Header, (g, _) => By(g, "CLAIM")), new(Certificates.Header, (g, _) => g.Certificates),
        new(SkillsComplete.Header, (g, _) => g.SkillsComplete), new(CertificatesComplete.Header, (g, _) => g.CertificatesComplete),
        new(OrderCompanies.Header, (g, names) => g.OrderClassCompanyIds.Select(id => names.Organization(id) ?? id.ToString(CultureInfo.InvariantCulture))),
        new("平台编号", (g, _) => g.Id),
    ]);

    private static IEnumerable<string> By(Graduate graduate, string evidence) => graduate.Skills.Where(skill => skill.Evidence == evidence).Select(skill => skill.Name);
}
