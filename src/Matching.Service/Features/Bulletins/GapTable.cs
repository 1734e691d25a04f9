using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>The occupations with the widest gap between demand and seekers, either way; ties by code.</summary>
internal static class GapTable
{
    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input, bool shortage, int top)
    {
        var leaves = input.Reference.Occupations.All.Where(code => code.Level == 4).Select(code => code.Code);
        var table = input.ByOccupation(input.Period, leaves, code => code);
        var rows = table.Rows
            .Select(row => (Row: row, Gap: shortage ? row.Demand - row.Seekers : row.Seekers - row.Demand))
            .Where(pair => pair.Gap > 0)
            .OrderByDescending(pair => pair.Gap).ThenBy(pair => pair.Row.Key, StringComparer.Ordinal)
            .Take(top)
            .Select((pair, i) => Row(input, pair.Row, pair.Gap, i + 1))
            .ToArray();
        string[] columns = ["位次", "职业代码", "职业", "需求人数", "求职人数", "求人倍率", shortage ? "缺口" : "富余"];
        var prose = rows.Length == 0 ? (shortage ? "本期没有需求大于求职的职业。" : "本期没有求职大于需求的职业。")
            : $"{(shortage ? "缺口" : "富余")}最大的是{rows[0][2].Text}（{rows[0][6].Text} 人）。";
        return (columns, rows, prose);
    }

    // Total rows are not printed here, so hiding the small cells themselves is enough; the gap beside the demand would give them away.
    private static IReadOnlyList<Cell> Row(BulletinInput input, SupplyDemandRow row, long gap, int place)
    {
        var hidden = row.Seekers is > 0 and < Suppression.Threshold;
        return
        [
            Cells.Count(place), Cells.Label(row.Key), Cells.Label(input.Reference.Occupations.NameOf(row.Key)!), Cells.Count(row.Demand), Cells.Count(row.Seekers, hidden),
            Cells.Rate(row.Ratio, "0.00", row.Demand, row.Seekers, hidden), Cells.Count(gap, hidden),
        ];
    }
}
