using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>文化程度: what is asked for at least, against what seekers have.</summary>
internal static class EducationTable
{
    private static readonly string[] Columns = ["文化程度", "需求人数", "比重%", "求职人数", "比重%"];

    // Groups of GB/T 4658, and those who say nothing.
    private static readonly (char? Group, string Name)[] Groups =
        [('1', "研究生"), ('2', "本科"), ('3', "大专"), ('4', "中职中专"), ('6', "高中"), ('7', "初中"), ('8', "小学"), ('9', "其他"), (null, "无要求／未说明")];

    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input)
    {
        var demand = Groups.Select(group => DemandCount.Of(input.Facts.Demands.Where(fact => fact.Education == group.Group), input.Period).Total).ToArray();
        var seekers = Groups.Select(group => input.Facts.Seekers.LongCount(fact => fact.Education == group.Group && fact.CountsIn(input.Period))).ToArray();
        var hidden = Suppression.Hide(seekers, Suppression.Threshold, out _);
        var rows = Groups.Select((group, i) => (IReadOnlyList<Cell>)
        [
            Cells.Label(group.Name), Cells.Count(demand[i]), Cells.Number(Rounding.Percent(demand[i], demand.Sum(), 1), "0.0"),
            Cells.Count(seekers[i], hidden[i]), Cells.Number(Rounding.Percent(seekers[i], seekers.Sum(), 1), "0.0", hidden[i]),
        ]).ToArray();
        var most = Array.IndexOf(demand, demand.Max());
        return (Columns, rows, demand.Sum() == 0 ? "本期没有需求。" : $"需求以{Groups[most].Name}为多，占 {rows[most][2].Text}%。");
    }
}
