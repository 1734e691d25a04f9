namespace Matching.Service.Features.Search;

/// <summary>A property that is counted and filtered by.</summary>
/// <param name="Name">Its name in queries and answers.</param>
/// <param name="Sql">Its value in terms of the resource's <c>Join</c>.</param>
/// <param name="Many">The value is an array: a row counts once for each value.</param>
/// <param name="Indexed">Search entries bear its tokens, so that the filter narrows the candidates. All filters are asked of the row itself again.</param>
/// <param name="Values">The values and their names, where they are few; null: codes of a classification.</param>
internal sealed record FacetRule(string Name, string Sql, bool Many = false, bool Indexed = true, IReadOnlyList<(string Value, string Name)>? Values = null);

/// <summary>What one searchable resource declares; everything else is the same for all.</summary>
/// <param name="Entry">Its name in <c>search_entry</c>.</param>
/// <param name="Join">Joins the candidates <c>c</c> to the resource's table <c>x</c>, as the caller sees it.</param>
/// <param name="Columns">The columns of the short form.</param>
/// <param name="Facets">What is counted and filtered by.</param>
/// <param name="WageMin">The least pay, where there is one.</param>
/// <param name="WageMax">The most pay.</param>
/// <param name="OfSchools">Rows are for their school, which their entries are found by.</param>
internal sealed record SearchResource(
    string Entry, string Join, string Columns, IReadOnlyList<FacetRule> Facets, string? WageMin = null, string? WageMax = null, bool OfSchools = false)
{
    private static readonly IReadOnlyList<(string, string)> WageBands =
        [("0", "3000元以下"), ("1", "3000–5000元"), ("2", "5000–8000元"), ("3", "8000–12000元"), ("4", "12000–20000元"), ("5", "20000元及以上")];

    private static FacetRule Wage(string most) => new("wage", $"wage_band({most})::text", Values: WageBands);

    public static readonly SearchResource Demands = new(
        "demand", "JOIN demand x ON (x.consortium_id, x.id) = (c.consortium_id, c.id)",
        """
        x.id, x.title, x.organization_id, (SELECT o.name FROM organization o WHERE (o.consortium_id, o.id) = (x.consortium_id, x.organization_id)) AS organization_name, x.kind,
        x.state, x.region_code, x.occupation_code, x.industry_code, x.education_code, x.wage_min, x.wage_max, x.headcount, x.opened_on,
        x.consortium_id <> current_consortium() AS shared, x.description AS text
        """,
        [
            new("region", "x.region_code"), new("industry", "x.industry_code"), new("occupation", "x.occupation_code"), new("education", "x.education_code"), Wage("x.wage_max"),
            new("kind", "x.kind", Values: [("EMPLOYMENT", "就业"), ("INTERNSHIP", "实习"), ("APPRENTICE", "学徒"), ("ORDER_CLASS", "订单班"), ("TEACHER_PRACTICE", "教师企业实践")]),
            new("state", "x.state", Values: [("DRAFT", "草稿"), ("OPEN", "招聘中"), ("PAUSED", "暂停"), ("FILLED", "已招满"), ("WITHDRAWN", "已撤回"), ("EXPIRED", "已过期")]),
        ],
        "coalesce(x.wage_min, x.wage_max)", "x.wage_max");

    public static readonly SearchResource Programs = new(
        "program", "JOIN program x ON (x.consortium_id, x.id) = (c.consortium_id, c.id) JOIN organization o ON (o.consortium_id, o.id) = (x.consortium_id, x.school_id)",
        $"""
        x.id, x.name AS title, x.school_id, o.name AS school_name, o.region_code, x.major_code, x.education_code, x.state, {ProgramOccupations} AS occupation_codes,
        coalesce((SELECT r.name FROM reference_code r WHERE r.kind = 'MAJOR' AND r.code = x.major_code LIMIT 1), '') AS text
        """,
        [
            new("region", "o.region_code", Indexed: false), new("occupation", ProgramOccupations, Many: true, Indexed: false), new("education", "x.education_code"),
            new("state", "x.state", Values: [("ACTIVE", "招生"), ("CLOSING", "停招"), ("CLOSED", "撤销")]),
        ]);

    public static readonly SearchResource Graduates = new(
        "graduate", "JOIN graduate x ON (x.consortium_id, x.id) = (c.consortium_id, c.id) JOIN program p ON (p.consortium_id, p.id) = (x.consortium_id, x.program_id)",
        """
        x.id, x.reference AS title, x.school_id, x.program_id, p.name AS program_name, x.cohort, coalesce(x.education_code, p.education_code) AS education_code, x.graduates_on,
        x.wished_occupations, x.wished_regions, x.wage_wish,
        concat_ws('、', p.name, (SELECT string_agg(r.name, '、') FROM reference_code r WHERE r.kind = 'OCCUPATION' AND r.code = ANY(x.wished_occupations))) AS text
        """,
        [
            new("region", "x.wished_regions", Many: true), new("occupation", "x.wished_occupations", Many: true),
            new("education", "coalesce(x.education_code, p.education_code)", Indexed: false), Wage("x.wage_wish"),
        ],
        "x.wage_wish", "x.wage_wish", OfSchools: true);

    public static readonly SearchResource Organizations = new(
        "organization", "JOIN organization x ON (x.consortium_id, x.id) = (c.consortium_id, c.id)",
        "x.id, x.name AS title, x.kind, x.region_code, x.industry_code, x.state, '' AS text",
        [
            new("region", "x.region_code"), new("industry", "x.industry_code"),
            new("kind", "x.kind", Values: [("COMPANY", "企业"), ("SCHOOL", "学校"), ("DEPARTMENT", "主管部门"), ("INSTITUTE", "研究机构"), ("OFFICE", "秘书处")]),
            new("state", "x.state", Values: [("ACTIVE", "正常"), ("SUSPENDED", "停用")]),
        ]);

    public static readonly SearchResource Occupations = Codes("occupation");

    public static readonly SearchResource Regions = Codes("region");

    private const string ProgramOccupations =
        "ARRAY(SELECT y.occupation_code FROM program_occupation y WHERE (y.consortium_id, y.program_id) = (x.consortium_id, x.id) ORDER BY y.occupation_code)";

    // A region that is prefecture and county at once stands twice; the higher level answers for the code.
    private static SearchResource Codes(string kind) => new(
        kind,
        $"""
        JOIN reference_code x ON x.kind = '{kind.ToUpperInvariant()}' AND x.valid_to IS NULL AND replace(x.code, '-', '')::bigint = c.id
                              AND NOT EXISTS (SELECT FROM reference_code y WHERE (y.kind, y.code) = (x.kind, x.code) AND y.level < x.level)
        """,
        "c.id, x.name AS title, x.code, x.level::int AS level, x.level_name, x.parent, array_to_string(x.titles, '、') AS text",
        [new(kind, "x.code")]);
}
