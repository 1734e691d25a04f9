namespace Matching.Engine.Indicators;

/// <summary>A count against the period before (环比) and the same period of last year (同比): in persons and in percent.</summary>
public sealed record Change(long? Persons, decimal? Percent)
{
    /// <summary>Null when there is nothing to compare with.</summary>
    public static Change Of(long now, long? before) =>
        before is { } then ? new(now - then, Rounding.Percent(now - then, then, 1)) : new(null, null);
}

/// <summary>The eleven columns of a row (供求对比表): count, share, change of share against both periods, likewise for seekers; ratio and its changes.</summary>
public sealed record ElevenColumns(
    string Key, long Demand, decimal? DemandShare, decimal? DemandShareOnPrevious, decimal? DemandShareOnYear,
    long Seekers, decimal? SeekerShare, decimal? SeekerShareOnPrevious, decimal? SeekerShareOnYear,
    decimal? Ratio, decimal? RatioOnPrevious, decimal? RatioOnYear)
{
    /// <summary>Changes of shares are in percentage points, of ratios plain differences. Shares of seekers are over the named rows.</summary>
    public static IReadOnlyList<ElevenColumns> Of(SupplyDemandTable now, SupplyDemandTable previous, SupplyDemandTable yearBefore) =>
    [
        .. now.Rows.Select(row =>
        {
            var (before, then) = (Shares(previous, row.Key), Shares(yearBefore, row.Key));
            var own = Shares(now, row.Key);
            return new ElevenColumns(
                row.Key,
                row.Demand, own.Demand, Rounding.Difference(own.Demand, before.Demand), Rounding.Difference(own.Demand, then.Demand),
                row.Seekers, own.Seekers, Rounding.Difference(own.Seekers, before.Seekers), Rounding.Difference(own.Seekers, then.Seekers),
                row.Ratio, Rounding.Difference(row.Ratio, before.Ratio), Rounding.Difference(row.Ratio, then.Ratio));
        }),
    ];

    private static (decimal? Demand, decimal? Seekers, decimal? Ratio) Shares(SupplyDemandTable table, string key)
    {
        var row = table.Rows.FirstOrDefault(row => row.Key == key);
        return row is null ? default
            : (Rounding.Percent(row.Demand, table.Rows.Sum(other => other.Demand), 1), Rounding.Percent(row.Seekers, table.Rows.Sum(other => other.Seekers), 1), row.Ratio);
    }
}
