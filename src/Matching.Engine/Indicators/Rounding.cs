namespace Matching.Engine.Indicators;

/// <summary>How figures are rounded: half away from zero (四舍五入), from exact decimals. A denominator of zero gives null, printed "—".</summary>
public static class Rounding
{
    public static decimal? Ratio(decimal numerator, decimal denominator, int digits = 2) =>
        denominator == 0 ? null : Math.Round(numerator / denominator, digits, MidpointRounding.AwayFromZero);

    /// <summary>A share in percent.</summary>
    public static decimal? Percent(decimal part, decimal whole, int digits = 2) => Ratio(100 * part, whole, digits);

    public static decimal? Difference(decimal? now, decimal? before) => now - before;
}
