using Matching.Service.Imports;

namespace Matching.Service.Features.Graduates;

/// <summary>The columns of a file of graduates (毕业生). Keys and headers are a promise to senders: never rename one.</summary>
internal static class GraduateColumns
{
    public static readonly ImportColumn School = new("school", "学校", "学校名称、统一社会信用代码或单位编号。学校上传本校的毕业生时可不填。", Example: "示例职业技术学院", Synonyms: ["学校名称", "院校"]);

    public static readonly ImportColumn Pseudonym = new("reference", "学号代码",
        "学校自编的代号，不得是身份证号、手机号或可直接认出本人的学号；再次上传同一代号即更新。", Required: true, Example: "S2026-000123", Synonyms: ["学生代码", "毕业生代码"]);

    public static readonly ImportColumn Programme = new("program", "专业", "本校专业点的编号、专业代码或名称；须已登记为专业点。", Required: true, Example: "460103",
        Synonyms: ["专业名称", "专业代码", "专业点", "majorCode"]);

    public static readonly ImportColumn Cohort = new("cohort", "届别", "毕业年份。", Required: true, Example: "2026", Synonyms: ["毕业年份", "毕业届别", "届"]) { Content = CellContent.Whole };

    public static readonly ImportColumn Education = new("education", "学历", "不填为专业点的学历。", Example: "大专", Synonyms: ["学历层次", "educationCode"]) { Content = CellContent.Education };

    public static readonly ImportColumn GraduatesOn = new("graduatesOn", "毕业日期", "不填为届别当年 6 月 30 日。", Example: "2026-06-30", Synonyms: ["毕业时间"]) { Content = CellContent.Date };

    public static readonly ImportColumn AvailableFrom = new("availableFrom", "可到岗日期", "不填为毕业日期。", Example: "2026-07-01") { Content = CellContent.Date };

    public static readonly ImportColumn Origin = new("originRegion", "生源地", "六位区划代码或名称。", Example: "广东省惠州市", Synonyms: ["生源地区"]) { Content = CellContent.PlacePart };

    public static readonly ImportColumn Occupations = new("wishedOccupations", "意向职业", "职业代码或名称，用顿号隔开，按意愿先后。", Example: "6-18-01-01", Synonyms: ["求职意向", "意向岗位"]) { Content = CellContent.List };

    public static readonly ImportColumn Regions = new("wishedRegions", "意向地区", "地区代码或名称，用顿号隔开；写“不限”表示任何地区。", Example: "深圳市、惠州市", Synonyms: ["意向城市", "期望地区"]) { Content = CellContent.Place };

    public static readonly ImportColumn Wage = new("wageWish", "期望月薪", "税前，元/月。", Example: "6000", Synonyms: ["期望薪资"]) { Content = CellContent.WageFigure };

    public static readonly ImportColumn Consent = new("consent", "同意向企业展示", "是或否；本人同意后方可填是。不填为否。", Example: "是", Synonyms: ["是否同意展示", "同意展示"]) { Content = CellContent.Flag };

    public static readonly ImportColumn CourseSkills = new("courseSkills", "课程技能", "课程与考核证明的技能，用顿号隔开。", Example: "数控车床操作、机械制图", Synonyms: ["技能", "所学课程", "skills"]) { Content = CellContent.List };

    public static readonly ImportColumn InternshipSkills = new("internshipSkills", "实习技能", "实习中证明的技能，用顿号隔开。", Example: "设备点检") { Content = CellContent.List };

    public static readonly ImportColumn ClaimedSkills = new("claimedSkills", "自述技能", "本人自述、未经证明的技能，用顿号隔开。", Example: "视频剪辑") { Content = CellContent.List };

    public static readonly ImportColumn Certificates = new("certificates", "证书", "已取得的证书，用顿号隔开。", Example: "数控车铣加工职业技能等级证书", Synonyms: ["职业证书", "技能证书"]) { Content = CellContent.List };

    public static readonly ImportColumn SkillsComplete = new("skillsComplete", "技能已列全", "填是，则未列出的技能视为没有；否则视为未知。", Example: "否") { Content = CellContent.Flag };

    public static readonly ImportColumn CertificatesComplete = new("certificatesComplete", "证书已列全", "填是，则未列出的证书视为没有；否则视为未知。", Example: "否") { Content = CellContent.Flag };

    public static readonly ImportColumn OrderCompanies = new("orderCompanies", "订单班企业", "所在订单班的企业，用顿号隔开。", Example: "", Synonyms: ["订单企业"]) { Content = CellContent.List };

    public static readonly IReadOnlyList<ImportColumn> All =
    [
        School, Pseudonym, Programme, Cohort, Education, GraduatesOn, AvailableFrom, Origin, Occupations, Regions, Wage, Consent, CourseSkills,
        InternshipSkills, ClaimedSkills, Certificates, SkillsComplete, CertificatesComplete, OrderCompanies,
    ];
}
