namespace Matching.Service.Features.Bulletins;

/// <summary>A table's definition.</summary>
/// <param name="Key">Stable identity; clients and published bulletins refer to it.</param>
/// <param name="Title">Heading.</param>
/// <param name="Formula">Formulas with their versions, as kept with the figures.</param>
/// <param name="Make">Columns, rows and prose from the facts.</param>
internal sealed record TableDefinition(string Key, string Title, string Formula, Func<BulletinInput, (string[] Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, string Prose)> Make);

/// <summary>The tables of a bulletin, in the order they are printed. To add a table, add an entry.</summary>
internal static class BulletinTables
{
    private const int Top = 10;

    public static readonly IReadOnlyList<TableDefinition> All =
    [
        new("overview", "供需总体情况", "D v2（重复发布计一次，不含劳务中介，人数按企业规模封顶）；求职人数 v1；求人倍率 v1；匹配度 v1", OverviewTable.Make),
        new("occupation-groups", "按职业大类的供求对比", "D v2；求人倍率 v1（无要求按需求比例分摊）；小数抑制 v1", OccupationGroupTable.Make),
        new("top-shortage", "需求缺口最大的十个职业", "缺口 = 需求人数 − 求职人数 v1，需求人数 D v2；小数抑制 v1", input => GapTable.Make(input, shortage: true, Top)),
        new("top-surplus", "求职富余最大的十个职业", "富余 = 求职人数 − 需求人数 v1，需求人数 D v2；小数抑制 v1", input => GapTable.Make(input, shortage: false, Top)),
        new("education", "按文化程度的供求对比", "D v2；求职人数 v1；小数抑制 v1", EducationTable.Make),
        new("clusters", "按产业集群的需求", "D v2", ClusterTable.Make),
        new("programs", "各专业点的供给与去向", "求职人数 v1；毕业去向落实率 v1；小数抑制 v1", ProgramTable.Make),
        new("resources", "信息发布情况", "计数 v2（需求条数计 D v2 所计的）", ResourceTable.Make),
    ];

    public static IReadOnlyList<BulletinTable> Make(BulletinInput input) =>
    [
        .. All.Select(definition =>
        {
            var (columns, rows, prose) = definition.Make(input);
            return new BulletinTable(definition.Key, definition.Title, definition.Formula, prose, columns, rows);
        }),
    ];
}
