using System.Collections.Frozen;
using Matching.Service.Imports;

namespace Matching.Service.Features.Demands;

/// <summary>The columns of a file of demands (用人需求). Keys and headers are a promise to senders: never rename one.</summary>
internal static class DemandColumns
{
    public static readonly ImportColumn ExternalRef = new("externalRef", "企业内部编号",
        "本单位给这条需求的编号；再次上传同一编号即更新原需求。不填时以整行内容识别，重复上传同一行不会重复。", Example: "HR-2026-017", Synonyms: ["需求编号", "职位编号", "岗位编号", "jobId", "positionId", "jobNo"]);

    public static readonly ImportColumn Organization = new("organization", "用人单位",
        "单位名称、统一社会信用代码或单位编号。企业上传本单位的需求时可不填。", Example: "示例精密机械有限公司", Synonyms: ["企业名称", "单位名称", "公司名称", "公司", "企业", "单位", "招聘单位", "招聘企业", "用工单位", "用人企业", "company", "companyName", "employer"]);

    public static readonly ImportColumn Title = new("title", "岗位名称", "最多 200 个字符。", Required: true, Example: "数控车工", Synonyms: ["职位名称", "招聘岗位", "岗位", "职位", "招聘职位", "岗位名", "职位名", "需求岗位", "招聘工种", "工种", "jobTitle", "position", "positionName"])
    { Weak = ["jobKeyword", "职位关键词", "岗位关键词", "岗位类别", "职位类别"] };

    public static readonly ImportColumn Kind = new("kind", "需求类型", "不填为就业；全职、兼职、校招、社招都是就业。", Example: "就业", Allowed: new Dictionary<string, string>
    {
        ["就业"] = "EMPLOYMENT", ["实习"] = "INTERNSHIP", ["学徒"] = "APPRENTICE", ["订单班"] = "ORDER_CLASS", ["教师实践"] = "TEACHER_PRACTICE",
        ["全职"] = "EMPLOYMENT", ["兼职"] = "EMPLOYMENT", ["校招"] = "EMPLOYMENT", ["社招"] = "EMPLOYMENT", ["见习"] = "INTERNSHIP",
    }.ToFrozenDictionary(), Synonyms: ["工作性质", "职位性质", "招聘类型", "用工形式", "工作类型", "jobType", "employmentType"]);

    public static readonly ImportColumn Headcount = new("headcount", "需求人数", "1 到 100000；不填或写“若干”“不限”的按 1 人计，并注明未写明人数；写 3-5人 的按 3 人计。", Example: "5",
        Synonyms: ["招聘人数", "人数", "招聘数量", "需求数量", "招聘名额", "名额", "拟招人数", "计划招聘人数", "岗位数量", "需求数", "vacancies", "openings"])
    { Content = CellContent.Headcount, KeepsText = true };

    public static readonly ImportColumn Filled = new("filled", "已到岗人数", "不填为 0。", Example: "0", Synonyms: ["已招人数", "到岗人数"]) { Content = CellContent.Whole };

    public static readonly ImportColumn Occupation = new("occupation", "职业",
        "职业分类大典的代码、职业或工种名称；不填时按岗位名称归类。", Example: "6-18-01-01", Synonyms: ["职业代码", "职业名称", "occupationCode"])
    { Content = CellContent.Occupation, KeepsText = true };

    public static readonly ImportColumn Region = new("region", "工作地区", "六位区划代码或名称；不填为用人单位所在地区。几个城市的取其共同的省市，没有的取第一个，并保留原文。", Example: "广东省深圳市宝安区",
        Synonyms: ["工作地点", "工作城市", "地区", "地点", "工作地", "上班地点", "办公地点", "工作区域", "工作所在地", "regionCode", "location", "workplace", "jobLocation"])
    { Content = CellContent.Place, KeepsText = true, Weak = ["工作地址", "上班地址", "地址", "address"] };

    public static readonly ImportColumn RegionBinding = new("regionBinding", "须在该地区", "是或否；不填为否。", Example: "否") { Content = CellContent.Flag };

    public static readonly ImportColumn Industry = new("industry", "行业", "国民经济行业分类的代码或名称；不填为用人单位的行业。", Example: "34", Synonyms: ["行业代码", "所属行业", "行业类别", "industryCode", "industries"])
    { Content = CellContent.Industry, KeepsText = true };

    public static readonly ImportColumn Cluster = new("cluster", "产业集群", "本联合体设定的产业集群名称；不填为用人单位的集群。", Example: "") { KeepsText = true };

    public static readonly ImportColumn Education = new("education", "最低学历", "如 中专、大专、本科、不限，或两位学历代码。", Example: "大专", Synonyms: ["学历", "学历要求", "最低学历要求", "学历层次", "文化程度", "学历学位", "educationCode", "degree", "educationLevel"])
    { Content = CellContent.Education, KeepsText = true };

    public static readonly ImportColumn Majors = new("majors", "接受专业", "专业代码或名称，用顿号隔开；不填为不限。", Example: "机械制造及自动化、数控技术", Synonyms: ["专业", "专业要求", "所需专业", "需求专业", "专业类别", "majorCodes", "major"])
    { Content = CellContent.List, KeepsText = true };

    public static readonly ImportColumn Experience = new("experienceYears", "工作经验年限", "如 3、3年以上、1-3年、应届、不限；0 为应届可。", Example: "0",
        Synonyms: ["工作年限", "经验要求", "经验", "工作经验", "工作经验要求", "工作年限要求", "经验年限", "从业年限", "experience", "workExperience", "workYears"])
    { Content = CellContent.Experience, KeepsText = true };

    public static readonly ImportColumn WageMin = new("wageMin", "最低月薪", "税前，元/月。", Example: "5500", Synonyms: ["月薪下限", "最低薪资", "最低工资", "薪资下限", "工资下限", "最低薪酬", "起薪", "salaryMin", "minSalary"])
    { Content = CellContent.WageFigure, KeepsText = true };

    public static readonly ImportColumn WageMax = new("wageMax", "最高月薪", "税前，元/月。", Example: "8000", Synonyms: ["月薪上限", "最高薪资", "最高工资", "薪资上限", "工资上限", "最高薪酬", "salaryMax", "maxSalary"])
    { Content = CellContent.WageFigure, KeepsText = true };

    public static readonly ImportColumn ContractMonths = new("contractMonths", "合同月数", "合同期限，月；学徒须填写，不少于地方规则规定的月数。", Example: "", Synonyms: ["合同期限（月）", "学徒合同月数"]);

    public static readonly ImportColumn MustSkills = new("mustSkills", "必备技能", "用顿号隔开。", Example: "数控车床操作、机械制图", Synonyms: ["技能要求", "必备技能要求", "专业技能", "技能关键词", "skillKeywords", "skills", "requiredSkills"])
    { Content = CellContent.List, KeepsText = true };

    public static readonly ImportColumn NiceSkills = new("niceSkills", "优先技能", "用顿号隔开。", Example: "CAD/CAM", Synonyms: ["加分技能"]) { Content = CellContent.List, KeepsText = true };

    public static readonly ImportColumn MustCertificates = new("mustCertificates", "必备证书", "持证上岗的证书，用顿号隔开。", Example: "", Synonyms: ["证书要求"]) { Content = CellContent.List, KeepsText = true };

    public static readonly ImportColumn NiceCertificates = new("niceCertificates", "优先证书", "用顿号隔开。", Example: "数控车铣加工职业技能等级证书")
    { Content = CellContent.List, KeepsText = true };

    public static readonly ImportColumn Description = new("description", "岗位描述", "最多 10000 个字符；不得含联系人电话等个人信息，不得有性别、民族、婚育等歧视性要求。",
        Example: "负责轴类零件的数控车削加工。", Synonyms: ["岗位职责", "职位描述", "工作内容", "工作职责", "岗位要求描述", "jobDescription"])
    { Weak = ["任职要求", "任职资格", "岗位要求", "职位要求"] };

    public static readonly ImportColumn OpenedOn = new("openedOn", "发布日期", "不填为上传当日；已过截止日期的为截止日期。", Example: "2026-03-01",
        Synonyms: ["发布时间", "发布日", "publishedAt", "publishedOn", "publishDate", "datePosted", "postedAt"])
    { Content = CellContent.Date, KeepsText = true, Weak = ["更新时间", "更新日期"] };

    public static readonly ImportColumn StartsOn = new("startsOn", "到岗日期", "希望到岗的日期。", Example: "2026-07-01", Synonyms: ["希望到岗日期", "到岗时间"])
    { Content = CellContent.Date, KeepsText = true };

    public static readonly ImportColumn ValidThrough = new("validThrough", "截止日期", "最后有效的一天。", Example: "2026-08-31", Synonyms: ["有效期至", "截止时间", "招聘截止日期", "报名截止日期", "有效期", "deadline", "validUntil", "expiresOn"])
    { Content = CellContent.Date, KeepsText = true };

    public static readonly ImportColumn ClosedOn = new("closedOn", "关闭日期", "招满、撤回或过期的日期；此时须填状态，或由到岗人数推定。", Example: "") { Content = CellContent.Date };

    public static readonly ImportColumn State = new("state", "状态", "不填：人数招满为“招满”，否则有关闭日期为“过期”，没有为“招聘中”。", Example: "招聘中", Allowed: new Dictionary<string, string>
    {
        ["草稿"] = "DRAFT", ["招聘中"] = "OPEN", ["暂停"] = "PAUSED", ["招满"] = "FILLED", ["撤回"] = "WITHDRAWN", ["过期"] = "EXPIRED",
    }.ToFrozenDictionary());

    public static readonly ImportColumn Source = new("source", "来源", "不填为企业。", Example: "企业", Allowed: new Dictionary<string, string>
    {
        ["企业"] = "COMPANY", ["主管部门"] = "DEPARTMENT", ["调查"] = "SURVEY",
    }.ToFrozenDictionary());

    public static readonly ImportColumn Wage = new("wage", "薪资", "写在一格里的薪资，如 6千-1万、8-12K·13薪、20-30万/年、200元/天、面议；已填最低、最高月薪时以那两列为准。", Example: "",
        Synonyms: ["月薪", "薪酬", "工资", "薪资待遇", "薪资范围", "工资待遇", "薪酬待遇", "待遇", "薪水", "薪资水平", "薪酬范围", "月工资", "年薪", "日薪", "时薪", "周薪", "salary", "salaryRaw", "pay"])
    { Content = CellContent.Wage, KeepsText = true, Weak = ["平均薪资", "平均月薪", "平均工资", "avgSalary", "averageSalary"] };

    public static readonly ImportColumn Province = new("province", "省份", "省、市、区县分列时填写；合起来是一个工作地区。", Example: "", Synonyms: ["省", "所在省份"])
        { Content = CellContent.PlacePart, KeepsText = true };

    public static readonly ImportColumn City = new("city", "城市", "同上。", Example: "", Synonyms: ["市", "所在城市", "地市", "cities"]) { Content = CellContent.PlacePart, KeepsText = true };

    public static readonly ImportColumn District = new("district", "区县", "同上。", Example: "", Synonyms: ["区", "县区", "市区", "行政区", "所在区县", "area"])
        { Content = CellContent.PlacePart, KeepsText = true };

    public static readonly ImportColumn Tags = new("tags", "标签", "招聘网站的标签；其中的福利和职位名称不算，其余作为优先技能。", Example: "", Synonyms: ["职位标签", "岗位标签", "技能标签"])
        { Content = CellContent.List, KeepsText = true };

    public static readonly IReadOnlyList<ImportColumn> All =
    [
        ExternalRef, Organization, Title, Kind, Headcount, Filled, Occupation, Region, RegionBinding, Industry, Cluster, Education, Majors, Experience,
        WageMin, WageMax, MustSkills, NiceSkills, MustCertificates, NiceCertificates, Description, OpenedOn, StartsOn, ValidThrough, ClosedOn, State, Source, ContractMonths,
        Wage, Province, City, District, Tags,
    ];
}
