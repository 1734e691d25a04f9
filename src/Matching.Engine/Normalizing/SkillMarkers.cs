namespace Matching.Engine.Normalizing;

/// <summary>What a word says of the skills around it.</summary>
internal enum MarkerKind
{
    /// <summary>Says nothing; it is here because another marker is inside it (优先级, 专业知识).</summary>
    Nothing,

    /// <summary>How well: 1 了解 to 5 精通.</summary>
    Level,

    /// <summary>Required.</summary>
    Must,

    /// <summary>Welcome.</summary>
    Nice,

    /// <summary>Not asked for.</summary>
    NotNeeded,

    /// <summary>Ends what 不要求 began.</summary>
    But,

    /// <summary>One of several is enough, so none of them is required.</summary>
    OneOf,

    /// <summary>比如: what follows belongs to what stood before the comma.</summary>
    Example,

    /// <summary>A field of study, not a skill: 会计、审计相关专业.</summary>
    FieldOfStudy,

    /// <summary>Makes what stands right before it a place, a trade or a person: 采购部, 电商行业, 会计师.</summary>
    Other,

    /// <summary>Heads the part that says what the job does.</summary>
    Duties,

    /// <summary>Heads the part that says who is wanted.</summary>
    Requirements,

    /// <summary>Heads what the company says of itself and its pay.</summary>
    Offer,
}

/// <summary>
/// The words of postings that are read around skills. Levels on the scale of 1 了解 to 5 精通: 了解 and 知道 1; 理解 and 深入了解 2; 熟悉 3; 掌握, 熟练 and 流利 4; 精通 5.
/// </summary>
internal static class SkillMarkers
{
    private static readonly (MarkerKind Kind, int Level, string Words)[] Table =
    [
        (MarkerKind.Level, 1, "了解|知道|一般了解|初步了解|basic knowledge"),
        (MarkerKind.Level, 2, "理解|深入了解|较好了解|深刻理解"),
        (MarkerKind.Level, 3, "熟悉|比较熟悉|较熟悉|良好|familiar with"),
        (MarkerKind.Level, 4, "掌握|熟练|熟练掌握|熟练使用|熟练运用|熟练操作|熟练应用|熟练编写|熟知|流利|深入掌握|扎实|proficient"),
        (MarkerKind.Level, 5, "精通|expert"),
        (MarkerKind.Must, 0, "必须|必备|务必|须|须具备|要求|需要|具备|具有|能够使用|会使用|擅长|持有|must|required"),
        (MarkerKind.Nice, 0, "优先|优先考虑|优先录用|加分|加分项|更佳|为佳|尤佳|更好|最佳|者佳|nice to have|preferred|a plus"),
        (MarkerKind.NotNeeded, 0, "无|无需|无须|毋需|不需|不需要|不必|不用|不要求|不强制|不强求|不作要求|不做要求|不作硬性要求|不做硬性要求|不限|不涉及|不从事|不含|不是|而非|并非|非|没有|not required|no need"),
        (MarkerKind.But, 0, "但|但是|但须|但需|而是|只需|只要|仅需|即可|不过"),
        (MarkerKind.OneOf, 0, "之一|任一|任意|一门|一种|其一|一项|至少一|二选一"),
        (MarkerKind.Example, 0, "比如|例如|诸如|如|包括|包括但不限于|包含|像"),
        (MarkerKind.FieldOfStudy, 0, "专业|相关专业|等专业|类专业|等相关专业|专业毕业|专业背景"),
        (MarkerKind.Other, 0, "部|部门|行业|公司|企业|工程师|经理|主管|总监|专员|师|员|人员|岗|岗位|学院|系|业|商|所|证"),
        (MarkerKind.Nothing, 0, "优先级|优先权|专业知识|专业技能|专业能力|专业素养|专业英语|专业水平|专业性|专业度|专业技术|专业化|客户要求|要求高|非常|非标|非结构化|非关系型|除非|如果|如何|如实|例如果|业务|业绩|员工|业余|商务|商业|商品|证明|证券|系统|系列|部署|部分|企业级|所需|所有|所在|所属|无线|无锡|无人|无论|无法|无不良|无缝|不仅限于|但不限于|图像|像素|必须品|不过关"),
        (MarkerKind.Duties, 0, "岗位职责|工作职责|职位职责|主要职责|职责描述|职位描述|岗位描述|工作内容|岗位内容|工作描述|工作任务|岗位概述|职责"),
        (MarkerKind.Requirements, 0, "任职要求|岗位要求|职位要求|任职资格|任职条件|招聘要求|招聘条件|应聘要求|应聘条件|技能要求|能力要求|岗位资格|资格要求|任职需求|任职标准|基本要求|我们希望你|我们期待你|requirements|qualifications"),
        (MarkerKind.Offer, 0, "福利待遇|薪资福利|薪酬福利|福利|待遇|薪资待遇|薪酬待遇|员工福利|公司福利|公司简介|公司介绍|企业简介|我们提供|工作时间|上班时间|工作地点|工作地址|上班地点|联系方式|联系地址|晋升空间|职业发展|面试流程"),
    ];

    public static NameAutomaton Automaton { get; } = new(Table.SelectMany(row => row.Words.Split('|').Select(word => new NamedValue(word, ((int)row.Kind * 10) + row.Level))));

    public static MarkerKind KindOf(NameMatch match) => (MarkerKind)(match.Name.Value / 10);

    public static int LevelOf(NameMatch match) => (int)(match.Name.Value % 10);
}
