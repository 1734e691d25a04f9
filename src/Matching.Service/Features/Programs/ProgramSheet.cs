using System.Globalization;
using Matching.Service.Exports;
using static Matching.Service.Features.Programs.ProgramColumns;

namespace Matching.Service.Features.Programs;

/// <summary>Programmes as a file under the headings of the import; of the years, which an import takes one a row, the latest.</summary>
internal static class ProgramSheet
{
    public static ExportSheet<TrainingProgram> Create() => new("专业点",
    [
        new(School.Header, (p, names) => names.Organization(p.SchoolId)), new(ExternalRef.Header, (p, _) => p.ExternalRef), new(Major.Header, (p, _) => p.MajorCode),
        new("专业（目录名称）", (p, names) => names.Major(p.MajorCode)), new(Name.Header, (p, _) => p.Name), new(Education.Header, (p, _) => p.EducationCode),
        new("学历（名称）", (p, names) => names.Education(p.EducationCode)), new(Cluster.Header, (p, names) => names.Cluster(p.ClusterId)), new(Capacity.Header, (p, _) => p.Capacity),
        new(PracticeShare.Header, (p, _) => p.PracticeShare), new(Occupations.Header, (p, _) => p.Occupations.Select(o => o.Code)),
        new("面向职业（名称）", (p, names) => p.Occupations.Select(o => names.Occupation(o.Code) ?? o.Code)), new(Taught.Header, (p, _) => p.Skills),
        new(Certificates.Header, (p, _) => p.Certificates), new(Companies.Header, (p, names) => p.EndorsingCompanyIds.Select(id => names.Organization(id) ?? Text(id))),
        new(Year.Header, (p, _) => p.Years.LastOrDefault()?.Year), new(Applicants.Header, (p, _) => p.Years.LastOrDefault()?.Applicants),
        new(Enrolled.Header, (p, _) => p.Years.LastOrDefault()?.Enrolled), new(ExpectedGraduates.Header, (p, _) => p.Years.LastOrDefault()?.ExpectedGraduates),
        new("状态", (p, _) => p.State), new("平台编号", (p, _) => p.Id),
    ]);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
