using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>The occupations with the widest gap between demand and seekers, either way; ties by code.</summary>
internal static class GapTable
{
    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input, bool shortage, int top)
    {
        var leaves = input.Reference.Occupations.All.Where(code => code.Level == 4).Select(code => code.Code);
        var table = input.ByOccupation(input.Period, leaves, code => code);
        var hiddenGroups = OccupationGroupTable.HiddenGroups(input);
        bool IsHidden(SupplyDemandRow row) => row.Seekers > 0 && (row.Seekers < Suppression.Threshold || hiddenGroups.Contains(row.Key[..1]));
        // A row's place among its neighbours would narrow down a hidden count, so such a row is placed by the least gap it may have, which the demand alone tells.
        long Known(SupplyDemandRow row) => IsHidden(row) ? Suppression.Threshold - 1 : row.Seekers;
        var rows = table.Rows
            // An occupation of many seekers in a hidden group would give the group away and is left out whole.
            .Where(row => !IsHidden(row) || (shortage && row.Seekers < Suppression.Threshold))
            .Select(row => (Row: row, Gap: shortage ? row.Demand - Known(row) : row.Seekers - row.Demand))
            .Where(pair => pair.Gap > 0)
            .OrderByDescending(pair => pair.Gap).ThenBy(pair => pair.Row.Key, StringComparer.Ordinal)
            .Take(top)
            .Select((pair, i) => Row(input, pair.Row, pair.Gap, i + 1, IsHidden(pair.Row)))
            .ToArray();
        string[] columns = ["位次", "职业代码", "职业", "需求人数", "求职人数", "求人倍率", shortage ? "缺口" : "富余"];
        var prose = rows.Length == 0 ? (shortage ? "本期没有需求大于求职的职业。" : "本期没有求职大于需求的职业。")
            : $"{(shortage ? "缺口" : "富余")}最大的是{rows[0][2].Text}（{rows[0][6].Text} 人）。";
        return (columns, rows, prose);
    }

    private static IReadOnlyList<Cell> Row(BulletinInput input, SupplyDemandRow row, long gap, int place, bool hidden)
    {
        return
        [
            Cells.Count(place), Cells.Label(row.Key), Cells.Label(input.Reference.Occupations.NameOf(row.Key)!), Cells.Count(row.Demand), Cells.Count(row.Seekers, hidden),
            Cells.Rate(row.Ratio, "0.00", row.Demand, row.Seekers, hidden), hidden ? Cells.AtLeast(gap) : Cells.Count(gap),
        ];
    }
}
