using Matching.Engine.Indicators;

namespace Matching.Engine.Allocation;

/// <summary>
/// What a plan comes to, figures v1; the same for plain top lists, where everybody is offered his first k demands and nobody counts seats. Shares have four digits; null: nobody to
/// count over.
/// </summary>
/// <param name="Names">Graduates named to demands: assignments, or entries of the top lists.</param>
/// <param name="Graduates">Graduates with at least one.</param>
/// <param name="Demands">Demands with at least one.</param>
/// <param name="Seats">Seats with a name on them: names of a demand beyond its seats do not count.</param>
/// <param name="Points">Sum of the names' points, in hundredths.</param>
/// <param name="GraduateCoverage"><paramref name="Graduates"/> over all of the plan.</param>
/// <param name="DemandCoverage"><paramref name="Demands"/> over all of the plan.</param>
/// <param name="SeatCoverage"><paramref name="Seats"/> over all of the plan.</param>
/// <param name="AveragePoints">Points a name, in hundredths.</param>
/// <param name="AverageChoice">Mean place of a name in the graduate's own list, the first is 1.</param>
/// <param name="Gini">Gini coefficient of names over seats: 0 every seat has as many, towards 1 all are on few seats.</param>
/// <param name="Concentration">1 + Σ p ln p / ln n over the n demands, p a demand's share of the names: 0 even, 1 all on one; null below two demands.</param>
public sealed record PlanFigures(
    int Names, int Graduates, int Demands, long Seats, long Points, decimal? GraduateCoverage, decimal? DemandCoverage, decimal? SeatCoverage, decimal? AveragePoints,
    decimal? AverageChoice, decimal? Gini, decimal? Concentration)
{
    private const int Digits = 4;

    public static PlanFigures Of(Plan plan) => Count(plan.Lists, graduate => plan.Entry(graduate) is var entry && entry == Plan.None ? (0, 0) : (entry, entry + 1));

    /// <summary>The first <paramref name="k"/> of every list.</summary>
    public static PlanFigures OfTopLists(PairLists lists, int k) => Count(lists, graduate => (lists.Start(graduate), Math.Min(lists.End(graduate), lists.Start(graduate) + k)));

    private static PlanFigures Count(PairLists lists, Func<int, (int From, int To)> named)
    {
        var counts = new long[lists.Demands.Count];
        var (names, graduates, points, places) = (0, 0, 0L, 0L);
        for (var graduate = 0; graduate < lists.GraduateCount; graduate++)
        {
            var (from, to) = named(graduate);
            (names, graduates) = (names + to - from, graduates + (to > from ? 1 : 0));
            for (var entry = from; entry < to; entry++)
            {
                counts[lists.Demand(entry)]++;
                points += lists.Points(entry);
                places += entry - lists.Start(graduate) + 1;
            }
        }

        var (demands, seats) = (counts.Count(count => count > 0), lists.Demands.Select((demand, i) => Math.Min(demand.Seats, counts[i])).Sum());
        return new PlanFigures(
            names, graduates, demands, seats, points, Rounding.Ratio(graduates, lists.GraduateCount, Digits), Rounding.Ratio(demands, counts.Length, Digits),
            Rounding.Ratio(seats, lists.Demands.Sum(demand => (long)demand.Seats), Digits), Rounding.Ratio(points, names), Rounding.Ratio(places, names),
            GiniOf(counts, lists.Demands), ConcentrationOf(counts));
    }

    // Over seats in the order of their load, exact: 1 − Σ seats·(names before, twice, and own) / (all seats · all names).
    private static decimal? GiniOf(long[] counts, IReadOnlyList<OfferedDemand> demands)
    {
        var byLoad = Enumerable.Range(0, counts.Length)
            .Order(Comparer<int>.Create((one, other) => (counts[one] * demands[other].Seats).CompareTo(counts[other] * demands[one].Seats)));
        var (before, seats, area) = (0L, 0L, 0m);
        foreach (var demand in byLoad)
        {
            area += (decimal)demands[demand].Seats * ((2 * before) + counts[demand]);
            (before, seats) = (before + counts[demand], seats + demands[demand].Seats);
        }

        return Rounding.Ratio(((decimal)seats * before) - area, (decimal)seats * before, Digits);
    }

    // Sorted, so that the sum of logarithms does not depend on which demand has which share.
    private static decimal? ConcentrationOf(long[] counts)
    {
        var all = (double)counts.Sum();
        if (all == 0 || counts.Length < 2)
        {
            return null;
        }

        var sum = counts.Where(count => count > 0).Order().Sum(count => count / all * Math.Log(count / all));
        return Math.Round((decimal)Math.Clamp(1 + (sum / Math.Log(counts.Length)), 0, 1), Digits, MidpointRounding.AwayFromZero);
    }
}
