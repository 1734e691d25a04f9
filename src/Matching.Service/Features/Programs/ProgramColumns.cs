using Matching.Service.Imports;

namespace Matching.Service.Features.Programs;

/// <summary>The columns of a file of programmes (专业点). Keys and headers are a promise to senders: never rename one.</summary>
internal static class ProgramColumns
{
    public static readonly ImportColumn School = new("school", "学校", "学校名称、统一社会信用代码或单位编号。学校上传本校的专业时可不填。", Example: "示例职业技术学院", Synonyms: ["学校名称", "院校"]);

    public static readonly ImportColumn ExternalRef = new("externalRef", "专业点编号", "学校自编的编号；再次上传同一编号即更新。", Example: "P-01", Synonyms: ["编号"]);

    public static readonly ImportColumn Major = new("major", "专业代码", "专业目录的六位代码或名称。", Required: true, Example: "460103", Synonyms: ["专业", "majorCode"]);

    public static readonly ImportColumn Name = new("name", "专业名称", "不填为专业目录中的名称；同一专业有几个方向时写明方向。", Example: "数控技术");

    public static readonly ImportColumn Education = new("education", "学历层次", "如 中专、大专、本科，或两位学历代码。", Required: true, Example: "大专", Synonyms: ["学历", "培养层次", "educationCode"]) { Content = CellContent.Education };

    public static readonly ImportColumn Cluster = new("cluster", "产业集群", "本联合体设定的产业集群名称。", Example: "");

    public static readonly ImportColumn Capacity = new("capacity", "办学规模", "在校生容量，人。", Example: "240") { Content = CellContent.Whole };

    public static readonly ImportColumn PracticeShare = new("practiceShare", "实践课时占比", "小数或百分数。", Example: "55%") { Content = CellContent.Share };

    public static readonly ImportColumn Occupations = new("occupations", "面向职业", "职业代码或名称，用顿号隔开。", Example: "6-18-01-01", Synonyms: ["服务面向", "就业面向"]) { Content = CellContent.List };

    public static readonly ImportColumn Taught = new("skills", "技能与课程", "教授的技能与核心课程，用顿号隔开。", Example: "数控车床操作、机械制图", Synonyms: ["核心课程", "课程", "技能"]) { Content = CellContent.List };

    public static readonly ImportColumn Certificates = new("certificates", "证书", "学生可取得的证书，用顿号隔开。", Example: "数控车铣加工职业技能等级证书", Synonyms: ["职业证书"]) { Content = CellContent.List };

    public static readonly ImportColumn Companies = new("companies", "合作企业", "已登记的企业，用顿号隔开。", Example: "示例精密机械有限公司") { Content = CellContent.List };

    public static readonly ImportColumn Year = new("year", "年份", "下面三列所属的年份；一个专业点可有多行，一年一行。", Example: "2026") { Content = CellContent.Whole };

    public static readonly ImportColumn Applicants = new("applicants", "报考人数", "该年报考，人。", Example: "130") { Content = CellContent.Whole };

    public static readonly ImportColumn Enrolled = new("enrolled", "招生人数", "该年录取入学，人。", Example: "80", Synonyms: ["录取人数"]) { Content = CellContent.Whole };

    public static readonly ImportColumn ExpectedGraduates = new("expectedGraduates", "预计毕业人数", "该年毕业，人。", Example: "76", Synonyms: ["毕业人数"]) { Content = CellContent.Whole };

    public static readonly IReadOnlyList<ImportColumn> All =
    [
        School, ExternalRef, Major, Name, Education, Cluster, Capacity, PracticeShare, Occupations, Taught, Certificates, Companies,
        Year, Applicants, Enrolled, ExpectedGraduates,
    ];
}
