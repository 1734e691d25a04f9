namespace Matching.Engine.Indicators;

/// <summary>Demand headcount of a period (需求人数), formula D v2: as it was known in the period, whatever changed since.</summary>
/// <param name="CarriedOver">上期结转: headcount less seats filled before, of demands opened before the period and still open at its start.</param>
/// <param name="New">本期新增: headcount of demands opened or reopened in it, and seats added to those carried over.</param>
public readonly record struct DemandCount(long CarriedOver, long New)
{
    /// <summary>合计.</summary>
    public long Total => CarriedOver + New;

    public static DemandCount operator +(DemandCount a, DemandCount b) => new(a.CarriedOver + b.CarriedOver, a.New + b.New);

    public static DemandCount Add(DemandCount left, DemandCount right) => left + right;

    /// <summary>
    /// The postings of one demand count once: through the first that was open when the period began, else through the first opened in it. Each may have been told of the same
    /// hires, so the most seats that any of them reports is what is filled.
    /// </summary>
    public static DemandCount Of(DemandFact demand, Period period)
    {
        var eve = period.Start.AddDays(-1);
        if (demand.Postings.FirstOrDefault(posting => posting.IsCarriedInto(period.Start)) is { } carried)
        {
            var seats = carried.HeadcountAfter(eve);
            return new(Math.Max(0, seats - FilledBefore(demand, period.Start)), Math.Max(0, carried.HeadcountAfter(period.End) - seats));
        }

        foreach (var posting in demand.Postings)
        {
            if (posting.OpenedIn(period) is { } opened)
            {
                return new(0, Math.Max(0, posting.HeadcountAfter(period.End) - FilledBefore(demand, opened)));
            }
        }

        return default;
    }

    public static DemandCount Of(IEnumerable<DemandFact> demands, Period period) =>
        demands.Aggregate(default(DemandCount), (sum, demand) => sum + Of(demand, period));

    private static int FilledBefore(DemandFact demand, DateOnly day) => demand.Postings.Max(posting => posting.FilledBefore(day));
}
