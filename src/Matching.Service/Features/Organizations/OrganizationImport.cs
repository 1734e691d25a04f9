using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Engine.Normalizing;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Organizations.OrganizationColumns;

namespace Matching.Service.Features.Organizations;

/// <summary>
/// Organizations (成员单位) from a file. One is known by 单位编号, else by 统一社会信用代码, else by kind and name; a known one is updated.
/// </summary>
internal sealed partial class OrganizationImport(ReferenceTables tables) : ImportKind
{
    private const string FindKnownSql = """
        ALTER TABLE stage ADD organization_id bigint;
        UPDATE stage s SET organization_id = o.id
        FROM organization o
        WHERE o.consortium_id = current_consortium()
          AND o.id = coalesce(
            (SELECT id FROM organization k WHERE k.consortium_id = current_consortium() AND k.external_ref = s.external_ref),
            (SELECT id FROM organization k WHERE k.consortium_id = current_consortium() AND k.credit_code = s.credit_code),
            (SELECT id FROM organization k WHERE k.consortium_id = current_consortium() AND k.kind = s.kind AND k.name = s.name))
        """;

    // What a file leaves empty an organization may have said itself meanwhile, so it stays.
    private const string UpdateSql = """
        UPDATE organization o
        SET kind = s.kind, name = s.name, confirmed = true, credit_code = coalesce(s.credit_code, o.credit_code), external_ref = coalesce(s.external_ref, o.external_ref),
            region_code = s.region_code, industry_code = coalesce(s.industry_code, o.industry_code), cluster_id = coalesce(s.cluster_id, o.cluster_id),
            nature = coalesce(s.nature, o.nature), staff_count = coalesce(s.staff_count, o.staff_count),
            staff_min = coalesce(s.staff_min, o.staff_min), staff_max = CASE WHEN s.staff_min IS NULL THEN o.staff_max ELSE s.staff_max END, agency = coalesce(s.agency, o.agency),
            teacher_count = coalesce(s.teacher_count, o.teacher_count), member_since = coalesce(s.member_since, o.member_since)
        FROM stage s
        WHERE o.consortium_id = current_consortium() AND o.id = s.organization_id
        """;

    private const string InsertSql = """
        INSERT INTO organization (consortium_id, kind, name, credit_code, external_ref, region_code, industry_code, cluster_id, nature, staff_count,
                                  staff_min, staff_max, agency, teacher_count, member_since)
        SELECT current_consortium(), kind, name, credit_code, external_ref, region_code, industry_code, cluster_id, nature, staff_count,
               staff_min, staff_max, agency, teacher_count, member_since
        FROM stage
        WHERE organization_id IS NULL
        ORDER BY row_number
        """;

    private readonly CodeCells _codes = new(tables);

    public override string Name => "organizations";

    public override string Title => "成员单位";

    public override IReadOnlyList<string> Roles { get; } = ApiRoles.Staff;

    public override string? OwnerKind => null;

    public override IReadOnlyList<ImportColumn> Columns => All;

    public override IReadOnlyList<StageColumn> Stage { get; } =
    [
        new("kind", "text"), new("name", "text"), new("credit_code", "text"), new("external_ref", "text"), new("region_code", "text"), new("industry_code", "text"),
        new("cluster_id", "bigint"), new("nature", "text"), new("staff_count", "integer"),
        new("staff_min", "integer"), new("staff_max", "integer"), new("agency", "boolean"), new("teacher_count", "integer"), new("member_since", "date"),
    ];

    public override async Task<ReadRow> PrepareAsync(TenantSession session, ImportTerms terms, CancellationToken ct)
    {
        var clusters = await Clusters.LoadAsync(session, ct);
        // Within a file one number means one organization, whichever of its numbers a row is known by.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return scan => Read(scan, clusters, numbers);
    }

    public override ImportWriter Writer(TenantSession session) => new StagedWriter(session, this, MoveAsync);

    private static async Task<ImportCounts> MoveAsync(TenantSession session, CancellationToken ct)
    {
        await session.ExecuteAsync(FindKnownSql, null, ct);
        var updated = await session.ExecuteAsync(UpdateSql, null, ct);
        return new ImportCounts(await session.ExecuteAsync(InsertSql, null, ct), updated);
    }

    private StagedRow Read(RowScan scan, Clusters clusters, Dictionary<string, int> numbers)
    {
        var kind = scan.Choice(Kind);
        var name = scan.Text(OrganizationColumns.Name, 200);
        var creditCode = scan.TextOrNull(CreditCode, 18)?.ToUpperInvariant();
        if (creditCode is not null && !CreditCodeFormat().IsMatch(creditCode))
        {
            scan.Refuse(CreditCode, "invalid_credit_code", "须为 18 位统一社会信用代码。");
        }

        var reference = scan.TextOrNull(ExternalRef, 100);
        var size = Size(scan);
        Once(scan, CreditCode, creditCode, numbers);
        Once(scan, ExternalRef, reference, numbers);
        return new StagedRow(
            $"{kind}\n{name}", kind, name, creditCode, reference, _codes.Region(scan, Region), _codes.Industry(scan, Industry), clusters.Find(scan, Cluster),
            scan.Choice(Nature), size is { } exact && exact.From == exact.To ? exact.From : null, size is { } band && band.From != band.To ? band.From : null,
            size is { } upTo && upTo.From != upTo.To ? upTo.To : null, scan.Has(Agency) ? scan.Flag(Agency) : null, scan.Int(Teachers, 0, 100_000), scan.Date(MemberSince));
    }

    private static CompanySize? Size(RowScan scan)
    {
        if (scan.TextOrNull(Staff, 50) is not { } text)
        {
            return null;
        }

        if (CompanySize.Parse(text) is not { } size)
        {
            scan.Refuse(Staff, "not_a_size", "须为人数或规模，如 320、150-500人、10000人以上。");
            return null;
        }

        return size;
    }

    private static void Once(RowScan scan, ImportColumn column, string? number, Dictionary<string, int> numbers)
    {
        if (number is not null && !numbers.TryAdd($"{column.Key}\n{number}", scan.Number))
        {
            scan.Refuse(column, "duplicate_in_file", string.Create(CultureInfo.InvariantCulture, $"与第 {numbers[$"{column.Key}\n{number}"]} 行相同。"));
        }
    }

    [GeneratedRegex("^[0-9A-Z]{18}$")]
    private static partial Regex CreditCodeFormat();
}

/// <summary>The columns of a file of organizations. Keys and headers are a promise to senders: never rename one.</summary>
internal static class OrganizationColumns
{
    public static readonly ImportColumn Kind = new("kind", "单位类型", "", Required: true, Example: "企业", Allowed: new Dictionary<string, string>
    {
        ["企业"] = "COMPANY", ["学校"] = "SCHOOL", ["主管部门"] = "DEPARTMENT", ["研究机构"] = "INSTITUTE", ["秘书处"] = "OFFICE",
    }.ToFrozenDictionary());

    public static readonly ImportColumn Name = new("name", "单位名称", "登记的全称；同一类型内不得重名。", Required: true, Example: "示例精密机械有限公司", Synonyms: ["企业名称", "学校名称", "名称"]);

    public static readonly ImportColumn CreditCode = new("creditCode", "统一社会信用代码", "18 位。", Example: "91440300MA5EXAMPL1", Synonyms: ["信用代码"]) { MayLookPersonal = true };

    public static readonly ImportColumn ExternalRef = new("externalRef", "单位编号", "上传方自编的编号；再次上传同一编号即更新。", Example: "C-001", Synonyms: ["编号"]);

    public static readonly ImportColumn Region = new("region", "所在地区", "六位区划代码或名称。", Required: true, Example: "广东省深圳市宝安区", Synonyms: ["地区", "regionCode"]) { Content = CellContent.Place };

    public static readonly ImportColumn Industry = new("industry", "行业", "国民经济行业分类的代码或名称。", Example: "34", Synonyms: ["所属行业", "行业代码", "industryCode"]) { Content = CellContent.Industry };

    public static readonly ImportColumn Cluster = new("cluster", "产业集群", "本联合体设定的产业集群名称。", Example: "");

    public static readonly ImportColumn Nature = new("nature", "单位性质", "", Example: "民营", Allowed: new Dictionary<string, string>
    {
        ["国有"] = "STATE", ["民营"] = "PRIVATE", ["外资"] = "FOREIGN", ["集体"] = "COLLECTIVE", ["事业"] = "PUBLIC", ["其他"] = "OTHER",
    }.ToFrozenDictionary());

    public static readonly ImportColumn Staff = new("staffCount", "职工人数", "人数，或规模，如 150-500人、少于50人、10000人以上。", Example: "320", Synonyms: ["员工人数", "人员规模"]);

    public static readonly ImportColumn Teachers = new("teacherCount", "教师人数", "学校填写，整数。", Example: "") { Content = CellContent.Whole };

    public static readonly ImportColumn Agency = new("agency", "劳务中介", "是或否；不填时由名称和行业判断。劳务中介的岗位不计入需求人数。", Example: "", Synonyms: ["是否劳务中介"]) { Content = CellContent.Flag };

    public static readonly ImportColumn MemberSince = new("memberSince", "加入日期", "加入联合体的日期；不填为尚非成员。", Example: "2025-03-01", Synonyms: ["入会日期"]) { Content = CellContent.Date };

    public static readonly IReadOnlyList<ImportColumn> All = [Kind, Name, CreditCode, ExternalRef, Region, Industry, Cluster, Nature, Staff, Agency, Teachers, MemberSince];
}
