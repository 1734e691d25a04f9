namespace Matching.Engine.Normalizing;

/// <summary>The tags of a posting (职位标签). Boards mix skills, benefits and job titles in one list; only the first are skills.</summary>
public static class TagText
{
    private static readonly string[] BenefitParts =
    [
        "险", "金", "补贴", "假", "休", "旅游", "体检", "福利", "期权", "股", "班车", "包吃", "包住", "弹性", "专业培训", "培训", "餐", "加班", "机会", "氛围", "奖", "薪",
        "补助", "免费", "食堂", "不外出", "平台", "宿舍", "下午茶", "证明", "转正", "节日", "生日", "晋升", "带队", "朝九晚", "工作制", "团队", "扁平", "领导", "年轻", "环境", "户口", "提成", "底薪", "空间", "聚餐",
    ];

    private static readonly string[] TitleEnds = ["工程师", "员", "经理", "代表", "主管", "总监", "专家", "助理", "师", "岗", "工", "人才", "者"];

    /// <summary>The tags that are no benefit and no job title, each once.</summary>
    public static IEnumerable<string> Skills(IEnumerable<string> tags) => tags
        .Where(tag => tag.Length <= 20 && tag.Any(char.IsLetterOrDigit) && !BenefitParts.Any(part => tag.Contains(part, StringComparison.Ordinal))
            && !TitleEnds.Any(end => tag.EndsWith(end, StringComparison.Ordinal)))
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
