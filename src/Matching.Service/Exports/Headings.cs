using System.Collections.Frozen;
using System.Text.Json;

namespace Matching.Service.Exports;

/// <summary>The Chinese headings of fields; a field without one keeps the name it has in JSON.</summary>
internal static class Headings
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["Id"] = "平台编号", ["Version"] = "版本", ["Name"] = "名称", ["Title"] = "标题", ["Kind"] = "类型", ["State"] = "状态", ["Source"] = "来源", ["Code"] = "代码",
        ["OrganizationId"] = "单位", ["SchoolId"] = "学校", ["CompanyId"] = "企业", ["PostedById"] = "代发单位", ["EmployerId"] = "就业单位", ["EmployerName"] = "就业单位名称",
        ["DemandId"] = "需求编号", ["GraduateId"] = "毕业生编号", ["ProgramId"] = "专业点", ["ExternalRef"] = "对方编号", ["Reference"] = "代号", ["CreditCode"] = "统一社会信用代码",
        ["RegionCode"] = "地区", ["OriginRegionCode"] = "生源地", ["OccupationCode"] = "职业", ["IndustryCode"] = "行业", ["ClusterId"] = "产业集群", ["EducationCode"] = "学历",
        ["MajorCode"] = "专业", ["MajorCodes"] = "接受专业", ["DestinationKind"] = "毕业去向", ["Evidence"] = "证明材料", ["Category"] = "类别", ["BirthBand"] = "年龄段",
        ["Headcount"] = "人数", ["Filled"] = "已录用人数", ["FilledDelta"] = "本次录用人数", ["Description"] = "描述", ["Note"] = "说明", ["Skills"] = "技能", ["Certificates"] = "证书",
        ["WageMin"] = "最低月薪", ["WageMax"] = "最高月薪", ["Wage"] = "月薪", ["WageWish"] = "期望月薪", ["Cohort"] = "届别", ["Consent"] = "同意展示", ["ConsentAt"] = "同意时间",
        ["GraduatesOn"] = "毕业日期", ["AvailableFrom"] = "可到岗日期", ["OpenedOn"] = "发布日期", ["ClosedOn"] = "关闭日期", ["StartsOn"] = "到岗日期", ["ValidThrough"] = "截止日期",
        ["PlacedOn"] = "落实日期", ["EndedOn"] = "结束日期", ["HappenedOn"] = "日期", ["HappenedAt"] = "时间", ["RecordedAt"] = "登记时间", ["RegisteredOn"] = "登记日期", ["Confirmed"] = "本人已确认",
        ["Status6Months"] = "半年后状态", ["Status12Months"] = "一年后状态", ["Status24Months"] = "两年后状态", ["WishedOccupations"] = "意向职业", ["WishedRegions"] = "意向地区",
        ["AnyRegion"] = "地区不限", ["Shared"] = "共享", ["Nature"] = "单位性质", ["StaffCount"] = "职工人数", ["TeacherCount"] = "教师人数", ["MemberSince"] = "加入日期",
        ["Capacity"] = "办学规模", ["PracticeShare"] = "实践课时占比", ["Occupations"] = "面向职业", ["Years"] = "年份", ["BroaderId"] = "上级", ["CreatedAt"] = "创建时间",
        ["StartedAt"] = "开始时间", ["FinishedAt"] = "结束时间", ["FileName"] = "文件名", ["Bytes"] = "字节数", ["Format"] = "格式", ["Mode"] = "方式", ["DryRun"] = "试运行",
        ["Read"] = "读取行数", ["Accepted"] = "接受行数", ["Rejected"] = "退回行数", ["Created"] = "新增", ["Updated"] = "更新", ["Percent"] = "进度", ["Reasons"] = "退回原因",
        ["Rank"] = "名次", ["Points"] = "得分", ["Verdict"] = "硬性条件", ["Graduate"] = "毕业生", ["Demand"] = "需求", ["Explanation"] = "说明", ["Attainable"] = "可得分",
        ["SchoolName"] = "学校名称", ["ProgramName"] = "专业点名称", ["OrganizationName"] = "单位名称", ["Major"] = "专业", ["Occupation"] = "职业", ["Region"] = "地区",
        ["SeatsLeft"] = "尚缺人数", ["MemberPriority"] = "会员优先", ["MatchedSkills"] = "具备的技能", ["MissingSkills"] = "缺少的技能", ["UnknownSkills"] = "未知的技能",
        ["GraduateReference"] = "毕业生代号", ["DemandTitle"] = "需求标题", ["Choice"] = "本人第几志愿", ["OrderClass"] = "订单班", ["Objective"] = "目标", ["Reason"] = "原因",
        ["ReasonName"] = "原因说明", ["Seats"] = "名额", ["Listed"] = "列入多少人的名单",
        ["Scope"] = "范围", ["Kinds"] = "需求类型", ["Rules"] = "规则", ["OrderClassShare"] = "订单班名额百分比", ["MemberSchoolsFirst"] = "会员学校优先", ["LocalFirst"] = "本地优先",
        ["AllowUnknown"] = "含条件待确认者", ["K"] = "名单取前几名", ["JobRunId"] = "运行编号", ["RequestedAt"] = "提出时间", ["SnapshotAt"] = "数据时间", ["ListsSince"] = "最早的匹配名单",
        ["WeightsVersion"] = "权重版本",
        ["Job"] = "任务", ["PlannedFor"] = "计划时间", ["Error"] = "错误", ["Period"] = "期间", ["Revision"] = "版次", ["PublishedAt"] = "发布时间", ["CutOff"] = "数据截止",
        ["Action"] = "操作", ["Resource"] = "对象", ["ResourceId"] = "对象编号", ["Role"] = "角色", ["ByRole"] = "操作方", ["At"] = "时间",
    }.ToFrozenDictionary();

    public static string Of(string property) => Known.GetValueOrDefault(property) ?? JsonNamingPolicy.CamelCase.ConvertName(property);
}
