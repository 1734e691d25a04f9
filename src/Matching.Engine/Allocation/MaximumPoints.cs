namespace Matching.Engine.Allocation;

/// <summary>A plan of most points.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Prices">Per demand what one more seat could add to the total at most (影子价格, hundredths of a point); they prove the optimum, see <see cref="Bound"/>.</param>
/// <param name="Steps">How many entries of lists were looked at: the effort, whatever the machine.</param>
public sealed record MaximumPlan(Plan Plan, int[] Prices, long Steps)
{
    /// <summary>
    /// No plan on these lists has more points than this, whatever the prices are (weak duality): each seat at its price, and each graduate at the most any entry has over its
    /// demand's price. A plan that reaches it is optimal.
    /// </summary>
    public long Bound()
    {
        var lists = Plan.Lists;
        var bound = lists.Demands.Select((demand, i) => (long)demand.Seats * Prices[i]).Sum();
        for (var graduate = 0; graduate < lists.GraduateCount; graduate++)
        {
            var gain = 0;
            for (var entry = lists.Start(graduate); entry < lists.End(graduate); entry++)
            {
                gain = Math.Max(gain, lists.Points(entry) - Prices[lists.Demand(entry)]);
            }

            bound += gain;
        }

        return bound;
    }
}

/// <summary>
/// The plan of most points in all (总分最大), for comparison: it knows headcount and points and no priority, so it may pass over who has more points for a larger total.
/// Exact minimum-cost flow in whole numbers by successive shortest paths: graduates enter in the order of their ids, each along the cheapest chain of moves to a free seat or to
/// somebody who had better stay without one; prices keep every step cheapest. O(graduates · pairs · log demands) at worst; a chain that is short costs little, and where many
/// want the same few seats chains are long.
/// </summary>
public static class MaximumPoints
{
    /// <summary>Null when more than <paramref name="mostSteps"/> entries had to be looked at: the effort is counted, not timed, so the answer does not depend on the machine.</summary>
    public static MaximumPlan? Solve(PairLists lists, long mostSteps = long.MaxValue)
    {
        var search = new ChainSearch(lists);
        for (var graduate = 0; graduate < lists.GraduateCount; graduate++)
        {
            search.Enter(graduate);
            if (search.Steps > mostSteps)
            {
                return null;
            }
        }

        return search.Result();
    }
}
