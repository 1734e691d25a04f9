using Matching.Benchmarks.Match.Data;
using Matching.Engine.Allocation;
using Matching.Engine.Scoring;

namespace Matching.Benchmarks.Plans;

/// <summary>
/// Lists as a province may have them: fields of some two hundred demands of 1 to 15 seats, a graduate lists the best he finds in his own field and some next door, where few
/// demands are on everybody's list; points in steps that tie; a tenth of the pairs UNKNOWN, one demand in eight with an order class, local graduates first.
/// </summary>
internal static class PlanData
{
    private const int DemandsAField = 200;

    public static PairLists Create(int graduates, int demands, int k)
    {
        var offered = new OfferedDemand[demands];
        for (var demand = 0; demand < demands; demand++)
        {
            var random = new SplitMix(SplitMix.Mix((ulong)demand + 1));
            var seats = 1 + random.Below(15);
            offered[demand] = new OfferedDemand(demand + 1, seats, random.Below(8) == 0 ? seats : 0);
        }

        var builder = new PairListsBuilder(offered, unknownAllowed: true);
        var mine = new HashSet<int>();
        for (var graduate = 0; graduate < graduates; graduate++)
        {
            builder.AddGraduate(graduate + 1);
            var random = new SplitMix(SplitMix.Mix((ulong)graduate + 0x5EED_0000_0000UL));
            var home = random.Below(demands);
            for (mine.Clear(); mine.Count < Math.Min(k, demands);)
            {
                // The square draws towards the field's first demands, which everybody likes.
                var far = random.Below(DemandsAField) * (long)random.Below(DemandsAField) / DemandsAField;
                var demand = (int)(((home / DemandsAField * (long)DemandsAField) + far + (random.Below(5) == 0 ? DemandsAField : 0)) % demands);
                if (mine.Add(demand))
                {
                    var verdict = random.Below(10) == 0 ? Verdict.Unknown : Verdict.Pass;
                    builder.Add(new ListedPair(graduate, demand, 20_00 + (50 * random.Below(140)), verdict, random.Below(20) == 0, random.Below(2), random.Below(4)));
                }
            }
        }

        return builder.Build();
    }
}
