namespace Matching.Engine.Allocation;

/// <summary>What is wrong with a plan; all 0: it is stable within its lists.</summary>
/// <param name="BlockingPairs">Pairs of a graduate and a demand in his list that would both rather have each other than what the plan gives them (阻塞对).</param>
/// <param name="Overfilled">Demands with more graduates than seats.</param>
/// <param name="Unlisted">Graduates whose entry is not of their own list.</param>
public sealed record StabilityReport(int BlockingPairs, int Overfilled, int Unlisted);

/// <summary>
/// Checks a plan by the definition alone and shares nothing with the algorithms: from who sits where it works out what each demand would still take, then asks every pair
/// that its graduate prefers. O(pairs + assigned · log seats).
/// </summary>
public static class StabilityCheck
{
    public static StabilityReport Check(Plan plan)
    {
        var lists = plan.Lists;
        var unlisted = Enumerable.Range(0, lists.GraduateCount).Count(graduate =>
            plan.Entry(graduate) is var entry && entry != Plan.None && (entry < lists.Start(graduate) || entry >= lists.End(graduate)));
        if (unlisted > 0)
        {
            return new StabilityReport(0, 0, unlisted);
        }

        var holders = Holders(plan);
        var bars = holders.Select((held, demand) => Bar.Of(lists, lists.Demands[demand], held)).ToArray();
        var blocking = 0;
        for (var graduate = 0; graduate < lists.GraduateCount; graduate++)
        {
            // Lists stand in the graduate's order, so what he prefers is what stands before.
            var end = plan.Entry(graduate) == Plan.None ? lists.End(graduate) : plan.Entry(graduate);
            for (var entry = lists.Start(graduate); entry < end; entry++)
            {
                blocking += bars[lists.Demand(entry)].Takes(Applicant.Of(lists, graduate, entry)) ? 1 : 0;
            }
        }

        return new StabilityReport(blocking, holders.Where((held, demand) => held.Count > lists.Demands[demand].Seats).Count(), 0);
    }

    private static List<Applicant>[] Holders(Plan plan)
    {
        var holders = Enumerable.Range(0, plan.Lists.Demands.Count).Select(_ => new List<Applicant>()).ToArray();
        for (var graduate = 0; graduate < plan.Lists.GraduateCount; graduate++)
        {
            if (plan.Entry(graduate) is var entry && entry != Plan.None)
            {
                holders[plan.Lists.Demand(entry)].Add(Applicant.Of(plan.Lists, graduate, entry));
            }
        }

        return holders;
    }

    /// <summary>A graduate as a demand compares him: PASS before UNKNOWN, lower class, more points, lower id.</summary>
    private readonly record struct Applicant(bool OrderClass, (int Unknown, int Class, int Missing, int Graduate) Place)
    {
        public static Applicant Of(PairLists lists, int graduate, int entry) =>
            new(lists.OrderClass(entry), ((int)lists.Verdict(entry), lists.Class(entry), -lists.Points(entry), graduate));

        public bool Before(Applicant other) => Place.CompareTo(other.Place) < 0;
    }

    /// <summary>What one more applicant would have to be better than; null: nobody, there is room. The second is null where every seat is held as a reserved one.</summary>
    private sealed record Bar(bool Full, bool ReservedFull, Applicant? WorstReserved, Applicant? WorstOpen)
    {
        public static Bar Of(PairLists lists, OfferedDemand demand, List<Applicant> held)
        {
            held.Sort((one, other) => one.Place.CompareTo(other.Place));
            var reserved = held.Where(one => one.OrderClass).Take(demand.Reserved).ToArray();
            var open = held.Except(reserved).ToArray();
            return new Bar(
                held.Count >= demand.Seats, reserved.Length == demand.Reserved, reserved.Length == 0 ? null : reserved[^1], open.Length == 0 ? null : open[^1]);
        }

        public bool Takes(Applicant one) =>
            !Full
            || (one.OrderClass && (!ReservedFull || (WorstReserved is { } worst && one.Before(worst))))
            || (WorstOpen is { } last && one.Before(last));
    }
}
