using Matching.Service.Exports;
using Matching.Service.Imports;
using static Matching.Service.Features.Demands.DemandColumns;

namespace Matching.Service.Features.Demands;

/// <summary>Demands as a file: the columns of the import, so that it can be edited and sent back, and the names of codes beside them, which an import leaves aside.</summary>
internal static class DemandSheet
{
    public static ExportSheet<Demand> Create() => new("用人需求",
    [
        Of(ExternalRef, d => d.ExternalRef), new(Organization.Header, (d, names) => names.Organization(d.OrganizationId)), Of(Title, d => d.Title),
        Of(Kind, d => Word(Kind, d.Kind)), Of(Headcount, d => d.Headcount), Of(Filled, d => d.Filled),
        Of(Occupation, d => d.OccupationCode), Name(Occupation, (d, names) => names.Occupation(d.OccupationCode)),
        Of(Region, d => d.RegionCode), Name(Region, (d, names) => names.Region(d.RegionCode)), Of(RegionBinding, d => d.RegionBinding),
        Of(Industry, d => d.IndustryCode), Name(Industry, (d, names) => names.Industry(d.IndustryCode)), new(Cluster.Header, (d, names) => names.Cluster(d.ClusterId)),
        Of(Education, d => d.EducationCode), Name(Education, (d, names) => names.Education(d.EducationCode)),
        Of(Majors, d => d.MajorCodes), Name(Majors, (d, names) => d.MajorCodes.Select(code => names.Major(code) ?? code)),
        Of(Experience, d => d.ExperienceYears), Of(WageMin, d => d.WageMin), Of(WageMax, d => d.WageMax),
        Of(MustSkills, d => d.Skills.Where(skill => skill.Must).Select(skill => skill.Name)), Of(NiceSkills, d => d.Skills.Where(skill => !skill.Must).Select(skill => skill.Name)),
        Of(MustCertificates, d => d.Certificates.Where(one => one.Compulsory).Select(one => one.Name)),
        Of(NiceCertificates, d => d.Certificates.Where(one => !one.Compulsory).Select(one => one.Name)),
        Of(Description, d => d.Description), Of(OpenedOn, d => d.OpenedOn), Of(StartsOn, d => d.StartsOn), Of(ValidThrough, d => d.ValidThrough), Of(ClosedOn, d => d.ClosedOn),
        Of(State, d => Word(State, d.State)), Of(Source, d => Word(Source, d.Source)), new("平台编号", (d, _) => d.Id),
    ]);

    private static ExportColumn<Demand> Of(ImportColumn column, Func<Demand, object?> value) => new(column.Header, (demand, _) => value(demand));

    private static ExportColumn<Demand> Name(ImportColumn column, Func<Demand, ExportNames, object?> value) => new($"{column.Header}（名称）", value);

    private static string Word(ImportColumn column, string code) => column.Allowed!.FirstOrDefault(word => word.Value == code).Key ?? code;
}
