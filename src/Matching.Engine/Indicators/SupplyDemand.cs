namespace Matching.Engine.Indicators;

/// <summary>One row of supply and demand.</summary>
/// <param name="Key">Which row.</param>
/// <param name="Demand">需求人数.</param>
/// <param name="Seekers">求职人数 as printed: without those who ask for nothing.</param>
/// <param name="Ratio">求人倍率, two digits; null when there is nobody.</param>
public sealed record SupplyDemandRow(string Key, long Demand, long Seekers, decimal? Ratio);

/// <summary>Supply and demand over the rows of a classification, formula 求人倍率 v1.</summary>
/// <param name="Rows">The named rows, in the order given.</param>
/// <param name="NoRequirement">N: seekers of no row (无要求).</param>
/// <param name="Uncoded">Demand of no row (未归类).</param>
public sealed record SupplyDemandTable(IReadOnlyList<SupplyDemandRow> Rows, long NoRequirement, long Uncoded)
{
    public long Demand => Rows.Sum(row => row.Demand) + Uncoded;

    /// <summary>All seekers, those without a requirement included.</summary>
    public long Seekers => Rows.Sum(row => row.Seekers) + NoRequirement;

    public decimal? Ratio => Rounding.Ratio(Demand, Seekers);

    /// <summary>
    /// 无要求 rule: N is spread over the named rows in proportion to their demand, ratio = D / (S + N·D/ΣD). Printed seeker counts stay unspread.
    /// </summary>
    public static SupplyDemandTable Create(IEnumerable<(string Key, long Demand, long Seekers)> rows, long noRequirement, long uncoded)
    {
        var named = rows.ToArray();
        var all = named.Sum(row => row.Demand);
        return new(
            [.. named.Select(row => new SupplyDemandRow(row.Key, row.Demand, row.Seekers, SpreadRatio(row.Demand, row.Seekers, noRequirement, all)))],
            noRequirement, uncoded);
    }

    /// <summary>
    /// Mismatch M v1 = ½ Σ |D/ΣD − S/ΣS| over the rows, S after spreading; 匹配度 is 1 − M. Null when one side is empty.
    /// </summary>
    public decimal? Mismatch()
    {
        var demand = Rows.Sum(row => row.Demand);
        var spread = Rows.Select(row => Spread(row.Demand, row.Seekers, NoRequirement, demand)).ToArray();
        var seekers = spread.Sum();
        return demand == 0 || seekers == 0 ? null
            : Math.Round(Rows.Select((row, i) => Math.Abs((row.Demand / (decimal)demand) - (spread[i] / seekers))).Sum() / 2, 4, MidpointRounding.AwayFromZero);
    }

    // D / (S + N·D/ΣD) over one whole denominator, so that an exact half is rounded as a half.
    private static decimal? SpreadRatio(long demand, long seekers, long noRequirement, long allDemand) =>
        allDemand == 0 ? Rounding.Ratio(demand, seekers)
        : Rounding.Ratio((decimal)demand * allDemand, ((decimal)seekers * allDemand) + ((decimal)noRequirement * demand));

    private static decimal Spread(long demand, long seekers, long noRequirement, long allDemand) =>
        allDemand == 0 ? seekers : seekers + (noRequirement * (decimal)demand / allDemand);
}
