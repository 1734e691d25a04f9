namespace Matching.Engine.Allocation;

/// <summary>
/// Graduate-proposing deferred acceptance with headcount (延迟接受, Gale and Shapley 1962; Roth and Sotomayor 1990 for many seats; reserved seats after Hafalir, Yenmez and Yildirim 2013).
/// Each graduate applies down his list; a demand holds the best it was offered and lets the others go on. The outcome is stable within the lists, and among the stable plans the one
/// that every graduate likes best, so nobody gains by ordering his wishes otherwise. At most one application a pair, each a step in a heap: O(pairs · log seats), in one thread.
/// </summary>
public static class DeferredAcceptance
{
    public static Plan Solve(PairLists lists)
    {
        var seats = new Seats(lists);
        var next = new int[lists.GraduateCount];
        var chosen = new int[lists.GraduateCount];
        Array.Fill(chosen, Plan.None);
        for (var graduate = 0; graduate < next.Length; graduate++)
        {
            next[graduate] = lists.Start(graduate);
        }

        for (var first = 0; first < chosen.Length; first++)
        {
            // Whoever lost his seat applies next, until somebody finds room or comes to the end of his list.
            for (var graduate = first; graduate != Plan.None && next[graduate] < lists.End(graduate);)
            {
                var entry = next[graduate]++;
                var standing = lists.Standing(entry);
                chosen[graduate] = entry;
                var gone = seats.Offer(lists.Demand(entry), Standing.Place(standing, graduate), Standing.OrderClass(standing));
                graduate = gone == Seats.Nobody ? Plan.None : Standing.Graduate(gone);
                if (graduate != Plan.None)
                {
                    chosen[graduate] = Plan.None;
                }
            }
        }

        return new Plan(lists, chosen);
    }
}
