using System.Collections.Frozen;
using Matching.Service.Imports;

namespace Matching.Service.Features.Placements;

/// <summary>The columns of a file of placements (毕业去向). Keys and headers are a promise to senders: never rename one.</summary>
internal static class PlacementColumns
{
    private static readonly FrozenDictionary<string, string> Statuses = new Dictionary<string, string>
    {
        ["在原单位"] = "SAME_EMPLOYER", ["已换单位"] = "OTHER_EMPLOYER", ["未就业"] = "NOT_EMPLOYED", ["未知"] = "UNKNOWN",
    }.ToFrozenDictionary();

    public static readonly ImportColumn School = new("school", "学校", "学校名称、统一社会信用代码或单位编号。学校上传本校的去向时可不填。", Example: "示例职业技术学院", Synonyms: ["学校名称", "院校"]);

    public static readonly ImportColumn Graduate = new("graduate", "学号代码", "与毕业生名单中的代号一致。", Required: true, Example: "S2026-000123", Synonyms: ["学生代码", "毕业生代码", "reference"]);

    public static readonly ImportColumn Kind = new("destinationKind", "毕业去向", "十四类之一，如 签劳动合同、升学、待就业。", Required: true, Example: "签劳动合同", Synonyms: ["去向", "去向类别"]);

    public static readonly ImportColumn Evidence = new("evidence", "证明材料", "须能证明去向，如签劳动合同须为劳动合同；不填为“无”。实习证明不是就业证明，不接受。", Example: "劳动合同", Allowed: new Dictionary<string, string>
    {
        ["就业协议书"] = "AGREEMENT", ["劳动合同"] = "LABOUR_CONTRACT", ["用人单位证明"] = "EMPLOYER_STATEMENT", ["营业执照"] = "BUSINESS_LICENCE",
        ["入伍通知书"] = "ENLISTMENT_NOTICE", ["项目通知"] = "PROJECT_NOTICE", ["录取通知书"] = "ADMISSION_NOTICE", ["本人声明"] = "OWN_STATEMENT", ["无"] = "NONE",
    }.ToFrozenDictionary());

    public static readonly ImportColumn Employer = new("employer", "就业单位", "单位名称；本联合体的企业也可写统一社会信用代码或单位编号。", Example: "示例精密机械有限公司", Synonyms: ["单位名称", "就业单位名称"]);

    public static readonly ImportColumn Occupation = new("occupation", "职业", "职业代码、名称或岗位名称。", Example: "6-18-01-01", Synonyms: ["岗位", "职业代码", "occupationCode"]) { Content = CellContent.Occupation };

    public static readonly ImportColumn Region = new("region", "就业地区", "六位区划代码或名称。", Example: "广东省深圳市宝安区", Synonyms: ["就业地", "regionCode"]) { Content = CellContent.Place };

    public static readonly ImportColumn Wage = new("wage", "月薪", "税前，元/月。", Example: "6200") { Content = CellContent.WageFigure };

    public static readonly ImportColumn PlacedOn = new("placedOn", "落实日期", "签约、报到或录取的日期。", Required: true, Example: "2026-07-01", Synonyms: ["签约日期", "就业日期"]) { Content = CellContent.Date };

    public static readonly ImportColumn EndedOn = new("endedOn", "结束日期", "该去向已结束时填写。", Example: "") { Content = CellContent.Date };

    public static readonly ImportColumn Confirmed = new("confirmed", "本人已确认", "是或否；不填为否。", Example: "是") { Content = CellContent.Flag };

    public static readonly ImportColumn After6 = new("status6Months", "半年后状态", "", Example: "在原单位", Allowed: Statuses);

    public static readonly ImportColumn After12 = new("status12Months", "一年后状态", "", Example: "", Allowed: Statuses);

    public static readonly ImportColumn After24 = new("status24Months", "两年后状态", "", Example: "", Allowed: Statuses);

    public static readonly IReadOnlyList<ImportColumn> All =
        [School, Graduate, Kind, Evidence, Employer, Occupation, Region, Wage, PlacedOn, EndedOn, Confirmed, After6, After12, After24];
}
