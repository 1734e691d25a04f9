using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>供需总体: carry-over, new, total; seekers; ratio; both comparisons; 匹配度.</summary>
internal static class OverviewTable
{
    private static readonly string[] Columns = ["指标", "本期", "环比", "环比%", "同比", "同比%"];

    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input)
    {
        var (now, before, year) = (input.Period, input.Period.Previous, input.Period.YearBefore);
        var (demand, demandBefore, demandYear) = (input.Demand(now), input.Demand(before), input.Demand(year));
        var (table, tableBefore, tableYear) = (input.ByMajorGroup(now), input.ByMajorGroup(before), input.ByMajorGroup(year));
        var few = Small(table.Seekers) || Small(tableBefore.Seekers) || Small(tableYear.Seekers);
        var match = 100 * (1 - input.ByMinorGroup(now).Mismatch());
        IReadOnlyList<Cell>[] rows =
        [
            Row("上期结转需求人数", demand.CarriedOver, demandBefore.CarriedOver, demandYear.CarriedOver, hidden: false),
            Row("本期新增需求人数", demand.New, demandBefore.New, demandYear.New, hidden: false),
            Row("需求人数合计", demand.Total, demandBefore.Total, demandYear.Total, hidden: false),
            Row("求职人数合计", table.Seekers, tableBefore.Seekers, tableYear.Seekers, few),
            [
                Cells.Label("求人倍率"), Cells.Rate(table.Ratio, "0.00", table.Demand, table.Seekers, few), Cells.Signed(table.Ratio - tableBefore.Ratio, "0.00", few), Cells.Label(""),
                Cells.Signed(table.Ratio - tableYear.Ratio, "0.00", few), Cells.Label(""),
            ],
            [Cells.Label("匹配度（%）"), Cells.Number(match, "0.0", few), Cells.Label(""), Cells.Label(""), Cells.Label(""), Cells.Label("")],
        ];
        var prose = $"{now}，各类用人单位需求 {rows[2][1].Text} 人（其中上期结转 {rows[0][1].Text} 人，本期新增 {rows[1][1].Text} 人），求职 {rows[3][1].Text} 人，求人倍率 {rows[4][1].Text}。";
        return (Columns, rows, prose);
    }

    private static bool Small(long persons) => persons is > 0 and < Suppression.Threshold;

    private static Cell[] Row(string label, long now, long before, long year, bool hidden)
    {
        var (onPrevious, onYear) = (Change.Of(now, before), Change.Of(now, year));
        return
        [
            Cells.Label(label), Cells.Count(now, hidden), Cells.Signed(onPrevious.Persons, "#,0", hidden), Cells.Signed(onPrevious.Percent, "0.0", hidden),
            Cells.Signed(onYear.Persons, "#,0", hidden), Cells.Signed(onYear.Percent, "0.0", hidden),
        ];
    }
}
