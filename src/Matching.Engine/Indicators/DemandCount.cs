namespace Matching.Engine.Indicators;

/// <summary>Demand headcount of a period (需求人数), formula D v1.</summary>
/// <param name="CarriedOver">上期结转: headcount less seats filled before, of demands opened before the period and still open at its start.</param>
/// <param name="New">本期新增: headcount of demands opened in it.</param>
public readonly record struct DemandCount(long CarriedOver, long New)
{
    /// <summary>合计.</summary>
    public long Total => CarriedOver + New;

    public static DemandCount operator +(DemandCount a, DemandCount b) => new(a.CarriedOver + b.CarriedOver, a.New + b.New);

    public static DemandCount Add(DemandCount left, DemandCount right) => left + right;

    public static DemandCount Of(DemandFact demand, Period period)
    {
        if (demand.OpenedOn >= period.Start)
        {
            return demand.OpenedOn <= period.End ? new(0, demand.Headcount) : default;
        }

        return demand.ClosedOn is { } closed && closed < period.Start
            ? default
            : new(demand.Headcount - demand.Fills.Where(fill => fill.Day < period.Start).Sum(fill => fill.Count), 0);
    }

    public static DemandCount Of(IEnumerable<DemandFact> demands, Period period) =>
        demands.Aggregate(default(DemandCount), (sum, demand) => sum + Of(demand, period));
}
