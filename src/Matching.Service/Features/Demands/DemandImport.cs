using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Demands.DemandColumns;

namespace Matching.Service.Features.Demands;

/// <summary>
/// Demands (用人需求) from a file. A demand is known by its organization and 企业内部编号: a known one is updated. A row without a number is known by its
/// whole content, so sending the same file twice changes nothing, and a changed row without a number is another demand.
/// </summary>
internal sealed class DemandImport(ReferenceTables tables, SkillVocabulary vocabulary, TimeProvider clock) : ImportKind
{
    private readonly CodeCells _codes = new(tables);

    public override string Name => "demands";

    public override string Title => "用人需求";

    public override IReadOnlyList<string> Roles { get; } = [ApiRoles.Company, ApiRoles.Office, ApiRoles.Admin];

    public override string? OwnerKind => "COMPANY";

    public override bool RegistersCompanies => true;

    public override IReadOnlyList<ImportColumn> Columns => All;

    /// <summary>What a row read holds.</summary>
    public static readonly IReadOnlyList<StageColumn> Values =
    [
        new("organization_id", "bigint"), new("external_ref", "text"), new("kind", "text"), new("source", "text"),
        new("state", "text"), new("title", "text"), new("description", "text"), new("occupation_code", "text"), new("occupation_confidence", "integer"),
        new("industry_code", "text"), new("cluster_id", "bigint"), new("region_code", "text"), new("region_binding", "boolean"), new("headcount", "integer"),
        new("filled", "integer"), new("education_code", "text"), new("major_codes", "text[]"), new("experience_years", "integer"), new("wage_min", "integer"),
        new("wage_max", "integer"), new("opened_on", "date"), new("starts_on", "date"), new("valid_through", "date"), new("closed_on", "date"),
        new("must_skills", "text[]"), new("nice_skills", "text[]"), new("must_certificates", "text[]"), new("nice_certificates", "text[]"),
        new("text_skills", "bigint[]"), new("text_musts", "boolean[]"), new("text_levels", "smallint[]"),
        new("contract_months", "integer"), new("warnings", "text[]"),
        new("unparsed", "jsonb"), new("headcount_stated", "boolean"), new("wage_negotiable", "boolean"), .. NewCompanies.Stage,
    ];

    public static readonly int OrganizationAt = At("organization_id");
    public static readonly int ReferenceAt = At("external_ref");

    public override IReadOnlyList<StageColumn> Stage => Values;

    public override async Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct)
    {
        var parties = await Parties.LoadAsync(session, terms, ct);
        var clusters = await Clusters.LoadAsync(session, ct);
        var rules = await RegionRules.LoadAsync(session, ct);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime);
        var skills = await vocabulary.OfAsync(session, ct);
        // Rows that say neither whose they are nor a number cannot be told apart, so what is said again is another demand, and the n-th finds the n-th again.
        var repeats = terms.OrganizationId is null ? null : new SeenTexts();
        var coder = _codes.TitleCoder(await new LearnedTitles(session).AllAsync(ct));
        return scan => Read(scan, parties, clusters, rules, skills, today, repeats, coder);
    }

    public override ImportWriter Writer(TenantSession session) => new DemandWriter(session);

    /// <summary>Where a row read holds a value.</summary>
    public static int At(string value) => Values.Index().First(column => column.Item.Name == value).Index;

    private StagedRow Read(
        RowScan scan, Parties parties, Clusters clusters, RegionRules rules, SkillReading skills, DateOnly today, SeenTexts? repeats,
        Func<string, (string? Code, int? Confidence)> coder)
    {
        var (organization, newCompany) = parties.Company(scan, Organization, text => _codes.IsTrade(text) || text == scan.Raw(Industry));
        var newKey = newCompany is null ? null : TextKey.Of(newCompany);
        var title = scan.Text(DemandColumns.Title, 200);
        var occupation = _codes.Occupation(scan, Occupation) is { } given ? (Code: given, Confidence: null) : coder(title);
        var (headcount, stated) = DemandCells.Headcount(scan);
        var filled = scan.Int(Filled, 0, 100_000) ?? 0;
        var closedOn = scan.Date(ClosedOn);
        var (openedOn, validThrough) = DemandCells.Validity(scan, today);
        var (wageMin, wageMax, negotiable) = DemandCells.Wage(scan);
        var state = scan.Choice(State) ?? (filled >= headcount ? "FILLED" : closedOn is null ? "OPEN" : "EXPIRED");
        closedOn ??= state switch
        {
            "FILLED" or "WITHDRAWN" => today,
            "EXPIRED" => validThrough ?? today,
            _ => null,
        };
        Compare(scan, headcount, filled, openedOn, closedOn, state);
        var kind = scan.Choice(Kind) ?? "EMPLOYMENT";
        var contractMonths = scan.Int(ContractMonths, 1, 600);
        var warnings = DemandImportLaw.Check(scan, tables, rules, new DemandTerms(kind, wageMax, contractMonths, occupation.Code));
        var reference = scan.TextOrNull(ExternalRef, 100) ?? ContentReference(scan, repeats);
        var description = scan.Text(Description, 10_000);
        var asked = skills.Skills(description);
        return new StagedRow(
            organization is null && newKey is null ? null : string.Create(CultureInfo.InvariantCulture, $"{organization}{newKey}\n{reference}"),
            organization, reference, kind,
            scan.Choice(Source) ?? "COMPANY", state, title, description,
            occupation.Code, occupation.Confidence, _codes.Industry(scan, Industry), clusters.Find(scan, Cluster), DemandCells.Region(scan, _codes),
            scan.Flag(RegionBinding), headcount, filled, _codes.Education(scan, Education), _codes.Majors(scan, Majors), scan.Experience(Experience),
            wageMin, wageMax, openedOn, scan.Date(StartsOn), validThrough, closedOn,
            SkillNames.Read(scan, MustSkills), DemandCells.NiceSkills(scan, skills), SkillNames.Read(scan, MustCertificates), SkillNames.Read(scan, NiceCertificates),
            DemandTextSkills.Ids(asked), DemandTextSkills.Musts(asked), DemandTextSkills.Levels(asked), contractMonths, warnings, DemandCells.Unparsed(scan), stated, negotiable, newCompany, newKey);
    }

    // Only what is counted refuses a row: seats, and the days they were open.
    private static void Compare(RowScan scan, int headcount, int filled, DateOnly openedOn, DateOnly? closedOn, string state)
    {
        if (filled > headcount)
        {
            scan.Refuse(Filled, "out_of_range", "已到岗人数不能超过需求人数。");
        }

        if (closedOn < openedOn)
        {
            scan.Refuse(ClosedOn, "dates_out_of_order", "关闭日期不能早于发布日期。");
        }

        if (closedOn is not null && state is "DRAFT" or "OPEN" or "PAUSED" && scan.Has(ClosedOn))
        {
            scan.Refuse(State, "state_contradicts_date", "有关闭日期的需求状态须为招满、撤回或过期。");
        }
    }

    // What the sender wrote, column by column; the prefix keeps it apart from numbers that senders give.
    private static string ContentReference(RowScan scan, SeenTexts? repeats)
    {
        var content = string.Join('\u001F', All.Where(scan.Has).Select(column => $"{column.Key}={scan.Raw(column)}"));
        var reference = "auto:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..40];
        if (repeats is null || scan.Has(Organization))
        {
            return reference;
        }

        var time = ++repeats[reference];
        if (time > 1)
        {
            scan.Note(DemandColumns.Title, "repeated_row", "与前面的行完全相同，又没有单位和编号：按另一条需求计。");
        }

        return time > 1 ? string.Create(CultureInfo.InvariantCulture, $"{reference}#{time}") : reference;
    }
}
