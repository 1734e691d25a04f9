using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>职业大类: the eleven columns.</summary>
internal static class OccupationGroupTable
{
    private static readonly string[] Columns =
        ["职业大类", "需求人数", "需求比重%", "环比±", "同比±", "求职人数", "求职比重%", "环比±", "同比±", "求人倍率", "环比±", "同比±"];

    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input)
    {
        var (now, before, year) = (input.ByMajorGroup(input.Period), input.ByMajorGroup(input.Period.Previous), input.ByMajorGroup(input.Period.YearBefore));
        var (hideNow, hideBefore, hideYear) = (Hidden(now), Hidden(before), Hidden(year));
        var rows = ElevenColumns.Of(now, before, year).Select((row, i) => (IReadOnlyList<Cell>)
        [
            Cells.Label(input.Reference.Occupations.NameOf(row.Key)!),
            Cells.Count(row.Demand), Cells.Number(row.DemandShare, "0.0"), Cells.Signed(row.DemandShareOnPrevious, "0.0"), Cells.Signed(row.DemandShareOnYear, "0.0"),
            Cells.Count(row.Seekers, hideNow[i]), Cells.Number(row.SeekerShare, "0.0", hideNow[i] || hideNow[^1]),
            // A change beside a shown figure would give away the figure before.
            Cells.Signed(row.SeekerShareOnPrevious, "0.0", hideNow[i] || hideNow[^1] || hideBefore[i] || hideBefore[^1]), Cells.Signed(row.SeekerShareOnYear, "0.0", hideNow[i] || hideNow[^1] || hideYear[i] || hideYear[^1]),
            // Shares are over the named rows and ratios hold a part of N: beside the total either would tell a hidden N.
            Cells.Rate(row.Ratio, "0.00", row.Demand, row.Seekers, hideNow[i] || hideNow[^1]),
            Cells.Signed(row.RatioOnPrevious, "0.00", hideNow[i] || hideNow[^1] || hideBefore[i] || hideBefore[^1]), Cells.Signed(row.RatioOnYear, "0.00", hideNow[i] || hideNow[^1] || hideYear[i] || hideYear[^1]),
        ]).ToList();
        rows.Add(Rest("无要求", Cells.Label(""), Cells.Count(now.NoRequirement, hideNow[^1])));
        rows.Add(Rest("未归类", Cells.Count(now.Uncoded), Cells.Label("")));
        var most = now.Rows.MaxBy(row => row.Demand);
        var prose = most is null or { Demand: 0 } ? "本期没有已归类的需求。"
            : $"需求最多的是{input.Reference.Occupations.NameOf(most.Key)}，{most.Demand:N0} 人，占 {Rounding.Percent(most.Demand, now.Rows.Sum(row => row.Demand), 1):0.0}%。";
        return (Columns, rows, prose);
    }

    /// <summary>大类 whose seekers are hidden here; other tables must not show what adds up to them.</summary>
    public static HashSet<string> HiddenGroups(BulletinInput input)
    {
        var table = input.ByMajorGroup(input.Period);
        var hidden = Hidden(table);
        return [.. table.Rows.Where((_, i) => hidden[i]).Select(row => row.Key)];
    }

    // The seekers without a requirement are one more cell under the same total.
    private static bool[] Hidden(SupplyDemandTable table) =>
        Suppression.Hide([.. table.Rows.Select(row => row.Seekers), table.NoRequirement], Suppression.Threshold, out _);

    private static Cell[] Rest(string label, Cell demand, Cell seekers) =>
        [Cells.Label(label), demand, .. Enumerable.Repeat(Cells.Label(""), 3), seekers, .. Enumerable.Repeat(Cells.Label(""), 6)];
}
