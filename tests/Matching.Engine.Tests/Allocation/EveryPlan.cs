using Matching.Engine.Allocation;

namespace Matching.Engine.Tests.Allocation;

/// <summary>The oracle: every plan there is, and what stability means, word for word.</summary>
internal static class EveryPlan
{
    /// <summary>All plans that keep to the lists and the seats.</summary>
    public static IEnumerable<int[]> Of(PairLists lists) => Extend(lists, [], new int[lists.Demands.Count]);

    /// <summary>No graduate and demand of a list would both rather have each other.</summary>
    public static bool IsStable(PairLists lists, int[] chosen)
    {
        for (var graduate = 0; graduate < chosen.Length; graduate++)
        {
            var end = chosen[graduate] == Plan.None ? lists.End(graduate) : chosen[graduate];
            for (var entry = lists.Start(graduate); entry < end; entry++)
            {
                var demand = lists.Demand(entry);
                var applicants = chosen.Where(other => other != Plan.None && lists.Demand(other) == demand).Append(entry);
                if (Choice(lists, demand, applicants).Contains(entry))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public static long Points(PairLists lists, int[] chosen) => chosen.Where(entry => entry != Plan.None).Sum(entry => (long)lists.Points(entry));

    // Reserved seats to the best of the order class, the others to the best who are left; entries stand for graduates, and a higher entry is a later graduate.
    private static HashSet<int> Choice(PairLists lists, int demand, IEnumerable<int> applicants)
    {
        var order = applicants.OrderBy(entry => lists.Verdict(entry)).ThenBy(lists.Class).ThenByDescending(lists.Points).ThenBy(entry => entry).ToArray();
        var reserved = order.Where(lists.OrderClass).Take(lists.Demands[demand].Reserved).ToArray();
        return [.. reserved, .. order.Except(reserved).Take(lists.Demands[demand].Seats - reserved.Length)];
    }

    private static IEnumerable<int[]> Extend(PairLists lists, int[] begun, int[] taken)
    {
        if (begun.Length == lists.GraduateCount)
        {
            yield return begun;
            yield break;
        }

        foreach (var plan in Extend(lists, [.. begun, Plan.None], taken))
        {
            yield return plan;
        }

        for (var entry = lists.Start(begun.Length); entry < lists.End(begun.Length); entry++)
        {
            var demand = lists.Demand(entry);
            if (taken[demand] < lists.Demands[demand].Seats)
            {
                taken[demand]++;
                foreach (var plan in Extend(lists, [.. begun, entry], taken))
                {
                    yield return plan;
                }

                taken[demand]--;
            }
        }
    }
}
