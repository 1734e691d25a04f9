namespace Matching.Engine.Allocation;

/// <summary>Why a graduate has no demand in a plan.</summary>
public enum GraduateReason
{
    /// <summary>No demand of the plan stands in his list, nor he in one of theirs.</summary>
    NotQualified,

    /// <summary>Only with a requirement that is UNKNOWN, and the plan assigns none of those.</summary>
    AwaitsAnswers,

    /// <summary>Everybody who holds a seat of the demands in his list has more points there, or as many and the lower id.</summary>
    LostToPoints,

    /// <summary>Somebody with fewer points holds one: by a reserved seat, a priority or a requirement that is known to be fulfilled; in a plan of most points, for the larger total.</summary>
    LostToPriority,
}

/// <summary>Why a demand has seats left in a plan.</summary>
public enum DemandReason
{
    /// <summary>Beyond those it got it stands in nobody's list, and nobody in its.</summary>
    NobodyQualified,

    /// <summary>Likewise, but for pairs with a requirement that is UNKNOWN, and the plan assigns none of those.</summary>
    AwaitsAnswers,

    /// <summary>Those in whose lists it stands and who are not on it got a demand they rank higher, or an equal one.</summary>
    Wishes,
}

/// <summary>Gives every graduate without a demand, and every demand with seats left, the reason; for plans of <see cref="DeferredAcceptance"/> and <see cref="MaximumPoints"/>.</summary>
public static class UnmatchedReasons
{
    public static IEnumerable<(int Graduate, GraduateReason Reason)> OfGraduates(Plan plan)
    {
        var lists = plan.Lists;
        var least = LeastPoints(plan);
        for (var graduate = 0; graduate < lists.GraduateCount; graduate++)
        {
            if (plan.Entry(graduate) == Plan.None)
            {
                yield return (graduate, Of(lists, graduate, least));
            }
        }
    }

    /// <summary>With the seats left, and in how many lists the demand stands.</summary>
    public static IEnumerable<(int Demand, DemandReason Reason, int SeatsLeft, int Listed)> OfDemands(Plan plan)
    {
        var (lists, counts, listed) = (plan.Lists, plan.CountByDemand(), plan.Lists.CountListed());
        for (var demand = 0; demand < counts.Length; demand++)
        {
            if (lists.Demands[demand].Seats - counts[demand] is > 0 and var left)
            {
                var reason = listed[demand] > counts[demand] ? DemandReason.Wishes : lists.DemandAwaits[demand] ? DemandReason.AwaitsAnswers : DemandReason.NobodyQualified;
                yield return (demand, reason, left, listed[demand]);
            }
        }
    }

    private static GraduateReason Of(PairLists lists, int graduate, int[] least)
    {
        var (start, end) = (lists.Start(graduate), lists.End(graduate));
        if (start == end)
        {
            return lists.GraduateAwaits[graduate] ? GraduateReason.AwaitsAnswers : GraduateReason.NotQualified;
        }

        for (var entry = start; entry < end; entry++)
        {
            if (least[lists.Demand(entry)] < lists.Points(entry))
            {
                return GraduateReason.LostToPriority;
            }
        }

        return GraduateReason.LostToPoints;
    }

    private static int[] LeastPoints(Plan plan)
    {
        var least = new int[plan.Lists.Demands.Count];
        Array.Fill(least, int.MaxValue);
        for (var graduate = 0; graduate < plan.Lists.GraduateCount; graduate++)
        {
            if (plan.Entry(graduate) is var entry && entry != Plan.None)
            {
                ref var known = ref least[plan.Lists.Demand(entry)];
                known = Math.Min(known, plan.Lists.Points(entry));
            }
        }

        return least;
    }
}
