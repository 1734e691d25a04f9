namespace Matching.Load.Demo;

/// <summary>A declared industry cluster (产业集群) and the industries it covers.</summary>
internal sealed record DemoCluster(string Letter, string Name, string[] Industries);

/// <summary>A company, school, department or institute; its name says that it is made up.</summary>
internal sealed record DemoOrganization(
    string Ref, string Kind, string Name, string Region, string? Industry, string? Cluster, string? Nature, int Staff, int? Teachers, DateOnly? MemberSince);

/// <summary>Who takes part: four clusters, seven schools, sixty companies, one department, one institute.</summary>
internal static class DemoOrganizations
{
    public const string Consortium = "示范市产教联合体（演示数据）";
    public const string Office = "示范市产教联合体秘书处（演示数据）";
    public const string Region = "320400";
    public const int Companies = 60;

    public static readonly string[] Counties = ["320402", "320404", "320411", "320412", "320413", "320481"];

    public static readonly IReadOnlyList<DemoCluster> Clusters =
    [
        new("A", "智能装备", ["33", "34", "35", "39"]),
        new("B", "新能源与汽车", ["36", "38", "44", "81"]),
        new("C", "生物医药与健康", ["14", "27", "83", "84", "85"]),
        new("D", "数字经济与现代服务", ["52", "59", "64", "65", "72"]),
    ];

    private static readonly (string Ref, string Name, int Teachers)[] Schools =
    [
        ("S1", "演示职业技术大学", 620), ("S2", "演示机电职业技术学院", 480), ("S3", "演示健康职业学院", 360), ("S4", "演示信息商务职业学院", 510),
        ("S5", "演示工业中等专业学校", 210), ("S6", "演示卫生中等专业学校", 190), ("S7", "演示商贸中等专业学校", 150),
    ];

    public static IReadOnlyList<DemoOrganization> Make(DemoCalendar calendar) =>
    [
        .. Schools.Select((school, i) => new DemoOrganization(
            school.Ref, "SCHOOL", school.Name, Counties[i % Counties.Length], "83", null, "PUBLIC", school.Teachers + 80, school.Teachers, calendar.Start(0))),
        .. Enumerable.Range(1, Companies).Select(number => Company(number, calendar)),
        new("D1", "DEPARTMENT", "演示人力资源主管部门", Region, null, null, "PUBLIC", 60, null, null),
        new("I1", "INSTITUTE", "演示产业研究所", Region, null, null, "PUBLIC", 35, null, null),
    ];

    public static string CompanyRef(int number) => $"C{number:D2}";

    public static string CompanyName(int number) => $"演示企业{number:D2}（{ClusterOf(number).Name}）";

    /// <summary>Companies 1–15 belong to the first cluster, 16–30 to the second, and so on.</summary>
    public static IEnumerable<int> CompaniesOf(string cluster)
    {
        var index = Clusters.TakeWhile(entry => entry.Letter != cluster).Count();
        return Enumerable.Range((index * Companies / Clusters.Count) + 1, Companies / Clusters.Count);
    }

    private static DemoCluster ClusterOf(int company) => Clusters[(company - 1) * Clusters.Count / Companies];

    private static DemoOrganization Company(int number, DemoCalendar calendar)
    {
        var random = DemoRandom.For($"company {number}");
        var cluster = ClusterOf(number);
        var industries = DemoTables.Occupations.Where(occupation => occupation.Cluster == cluster.Letter).Select(occupation => occupation.Industry).ToArray();
        return new(
            CompanyRef(number), "COMPANY", CompanyName(number), random.Pick(Counties), random.Pick(industries), cluster.Name,
            random.Pick(["PRIVATE", "PRIVATE", "PRIVATE", "STATE", "FOREIGN"]), random.Next(3, 120) * 10, null,
            random.Chance(0.7) ? calendar.Start(random.Next(0, DemoCalendar.Quarters)) : null);
    }
}
