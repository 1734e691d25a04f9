using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Graduates.GraduateColumns;

namespace Matching.Service.Features.Graduates;

/// <summary>Graduates (毕业生) from a file. One is known by school and 学号代码; a known one is updated, its skills replaced by the row's.</summary>
internal sealed partial class GraduateImport(ReferenceTables tables) : ImportKind
{
    private readonly CodeCells _codes = new(tables);

    public override string Name => "graduates";

    public override string Title => "毕业生";

    public override IReadOnlyList<string> Roles { get; } = [ApiRoles.School, ApiRoles.Office, ApiRoles.Admin];

    public override IReadOnlyList<ImportColumn> Columns => All;

    /// <summary>What a row read holds.</summary>
    public static readonly IReadOnlyList<StageColumn> Values =
    [
        new("school_id", "bigint"), new("reference", "text"), new("program_id", "bigint"), new("cohort", "integer"), new("education_code", "text"),
        new("graduates_on", "date"), new("available_from", "date"), new("origin_region_code", "text"), new("wished_occupations", "text[]"),
        new("wished_regions", "text[]"), new("any_region", "boolean"), new("wage_wish", "integer"), new("consent", "boolean"), new("course_skills", "text[]"),
        new("internship_skills", "text[]"), new("claimed_skills", "text[]"), new("certificates", "text[]"), new("skills_complete", "boolean"),
        new("certificates_complete", "boolean"), new("order_companies", "bigint[]"),
    ];

    public static readonly int SchoolAt = At("school_id");
    public static readonly int ReferenceAt = At("reference");

    public override IReadOnlyList<StageColumn> Stage => Values;

    public override async Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct)
    {
        var parties = await Parties.LoadAsync(session, terms, ct);
        var programs = await SchoolPrograms.LoadAsync(session, ct);
        return scan => Read(scan, parties, programs);
    }

    public override ImportWriter Writer(TenantSession session) => new GraduateWriter(session);

    /// <summary>Where a row read holds a value.</summary>
    public static int At(string value) => Values.Index().First(column => column.Item.Name == value).Index;

    private StagedRow Read(RowScan scan, Parties parties, SchoolPrograms programs)
    {
        var school = parties.Owner(scan, School, "SCHOOL", ApiRoles.School);
        var reference = scan.Text(Pseudonym, 64);
        if (LooksLikeNumberOfAPerson().IsMatch(reference))
        {
            scan.Refuse(Pseudonym, "personal_data", "代号的样子像身份证号或手机号，请改用学校自编的代号。");
        }

        var education = _codes.Education(scan, Education);
        var cohort = scan.Int(Cohort, 1980, 2100);
        var regions = _codes.Regions(scan, Regions);
        return new StagedRow(
            school is null ? null : string.Create(CultureInfo.InvariantCulture, $"{school}\n{reference}"),
            school, reference, programs.Find(scan, Programme, school, education), cohort, education,
            scan.Date(GraduatesOn) ?? (cohort is { } year ? new DateOnly(year, 6, 30) : null), scan.Date(AvailableFrom), _codes.Region(scan, Origin),
            _codes.Occupations(scan, Occupations), regions, regions.Length == 0 && scan.Has(Regions), scan.PayFigure(Wage), scan.Flag(Consent),
            SkillNames.Read(scan, CourseSkills), SkillNames.Read(scan, InternshipSkills), SkillNames.Read(scan, ClaimedSkills), SkillNames.Read(scan, Certificates),
            scan.Flag(SkillsComplete), scan.Flag(CertificatesComplete), parties.List(scan, OrderCompanies, "COMPANY"));
    }

    // The table refuses these for good, whether or not they are somebody's real number.
    [GeneratedRegex("^([0-9]{17}[0-9Xx]|1[3-9][0-9]{9})$")]
    private static partial Regex LooksLikeNumberOfAPerson();
}
