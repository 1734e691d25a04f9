using System.Globalization;
using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Programs.ProgramColumns;

namespace Matching.Service.Features.Programs;

/// <summary>
/// Programmes (专业点) from a file, one row per programme and year. One is known by school and 专业点编号, else by school, major and name; a known one is updated.
/// </summary>
internal sealed class ProgramImport(ReferenceTables tables, TimeProvider clock) : ImportKind
{
    private readonly CodeCells _codes = new(tables);

    public override string Name => "programs";

    public override string Title => "专业";

    public override IReadOnlyList<string> Roles { get; } = [ApiRoles.School, ApiRoles.Office, ApiRoles.Admin];

    public override IReadOnlyList<ImportColumn> Columns => All;

    public override IReadOnlyList<StageColumn> Stage { get; } =
    [
        new("school_id", "bigint"), new("external_ref", "text"), new("major_code", "text"), new("name", "text"), new("education_code", "text"),
        new("cluster_id", "bigint"), new("capacity", "integer"), new("practice_share", "numeric"), new("occupations", "text[]"), new("skills", "text[]"),
        new("certificates", "text[]"), new("companies", "bigint[]"), new("year", "integer"), new("applicants", "integer"), new("enrolled", "integer"),
        new("expected_graduates", "integer"), new("warnings", "text[]"),
    ];

    public override async Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct)
    {
        var parties = await Parties.LoadAsync(session, terms, ct);
        var clusters = await Clusters.LoadAsync(session, ct);
        var rules = await ProgramRules.LoadAsync(session, clock, ct);
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        return scan => Read(scan, parties, clusters, rules, numbers);
    }

    public override ImportWriter Writer(TenantSession session) => new StagedWriter(session, this, ProgramImportSql.WriteAsync);

    private StagedRow Read(RowScan scan, Parties parties, Clusters clusters, ProgramImportRules rules, Dictionary<string, string> numbers)
    {
        var school = parties.Owner(scan, School, "SCHOOL", ApiRoles.School);
        var education = _codes.Education(scan, Education);
        if (education is null && CodeCells.IsAny(PlainText.Of(scan.Raw(Education))))
        {
            scan.Refuse(Education, "unknown_education", "专业点须有学历层次。");
        }

        var major = FindMajor(scan, education);
        var name = scan.TextOrNull(ProgramColumns.Name, 100) ?? (major is null ? "" : _codes.MajorName(major) ?? major);
        var number = scan.TextOrNull(ExternalRef, 100);
        var identity = string.Create(CultureInfo.InvariantCulture, $"{school}\n{major}\n{name}");
        RequireOneNumberEach(scan, number, identity, school, numbers);
        var year = scan.Int(Year, 1980, 2100);
        if (year is null && (scan.Has(Applicants) || scan.Has(Enrolled) || scan.Has(ExpectedGraduates)))
        {
            scan.Refuse(Year, "required", "填写报考、招生或毕业人数时须写明年份。");
        }

        var companies = parties.List(scan, Companies, "COMPANY");
        return new StagedRow(
            string.Create(CultureInfo.InvariantCulture, $"{identity}\n{year}"), school, number, major, name, education, clusters.Find(scan, Cluster),
            scan.Int(Capacity, 0, 100_000), scan.Share(PracticeShare), _codes.Occupations(scan, Occupations), SkillNames.Read(scan, Taught),
            SkillNames.Read(scan, Certificates), companies, year, scan.Int(Applicants, 0, 1_000_000),
            scan.Int(Enrolled, 0, 100_000), scan.Int(ExpectedGraduates, 0, 100_000), rules.Check(scan, identity, year, companies.Length));
    }

    private string? FindMajor(RowScan scan, string? education)
    {
        var text = PlainText.Of(scan.Text(Major, 100));
        return text.Length == 0 ? null : _codes.Major(text, education) ?? scan.Refuse<string?>(
            Major, "unknown_major", "不是专业目录中的代码或名称，或同名专业不止一个；请填写专业代码。");
    }

    // A number that means two programmes, or a programme with two numbers, cannot both be right.
    private static void RequireOneNumberEach(RowScan scan, string? number, string identity, long? school, Dictionary<string, string> numbers)
    {
        var byNumber = string.Create(CultureInfo.InvariantCulture, $"#{school}\n{number}");
        if ((number is not null && !numbers.TryAdd(byNumber, identity) && numbers[byNumber] != identity)
            || (!numbers.TryAdd(identity, number ?? "") && numbers[identity] != (number ?? "")))
        {
            scan.Refuse(ExternalRef, "number_contradicts", "同一编号对应了两个专业点，或同一专业点有两个编号。");
        }
    }
}
