using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>产业集群: demand by the region's declared clusters.</summary>
internal static class ClusterTable
{
    private static readonly string[] Columns = ["产业集群", "上期结转", "本期新增", "合计", "比重%", "环比±", "同比±"];

    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input)
    {
        var (previous, year) = (input.Period.Previous, input.Period.YearBefore);
        var all = input.Demand(input.Period).Total;
        var rows = input.Facts.Clusters.Select(cluster => ((long?)cluster.Key, cluster.Value)).Append((null, "其他")).Select(cluster =>
        {
            var facts = input.Facts.Demands.Where(fact => fact.ClusterId == cluster.Item1).ToArray();
            var count = DemandCount.Of(facts, input.Period);
            return (IReadOnlyList<Cell>)
            [
                Cells.Label(cluster.Item2), Cells.Count(count.CarriedOver), Cells.Count(count.New), Cells.Count(count.Total), Cells.Number(Rounding.Percent(count.Total, all, 1), "0.0"),
                Cells.Signed(count.Total - DemandCount.Of(facts, previous).Total, "#,0"), Cells.Signed(count.Total - DemandCount.Of(facts, year).Total, "#,0"),
            ];
        }).ToArray();
        var most = rows.MaxBy(row => row[3].Value);
        return (Columns, rows, all == 0 || most is null ? "本期没有需求。" : $"{most[0].Text}的需求最多，{most[3].Text} 人，占 {most[4].Text}%。");
    }
}
