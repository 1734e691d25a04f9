using Matching.Engine.Allocation;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Allocation;

/// <summary>Small markets with many ties, from a seed: few different points, several seats, reserved seats, priority classes, pairs that are not known to qualify.</summary>
internal sealed class RandomLists
{
    private readonly Random _random;

    public RandomLists(int seed, int graduates, int demands, int pointLevels = 4, bool priorities = true)
    {
        _random = new Random(seed);
        GraduateIds = [.. Enumerable.Range(0, graduates).Select(i => 10L + (3 * i))];
        Demands = [.. Enumerable.Range(0, demands).Select(i => Demand(i, priorities))];
        for (var graduate = 0; graduate < graduates; graduate++)
        {
            for (var demand = 0; demand < demands; demand++)
            {
                if (_random.Next(10) < 6)
                {
                    Pairs.Add(new ListedPair(
                        graduate, demand, 100 * (1 + _random.Next(pointLevels)), _random.Next(5) == 0 ? Verdict.Unknown : Verdict.Pass,
                        priorities && _random.Next(3) == 0, priorities ? _random.Next(3) : 0, _random.Next(3)));
                }
            }
        }
    }

    public long[] GraduateIds { get; }

    public OfferedDemand[] Demands { get; }

    public List<ListedPair> Pairs { get; } = [];

    public PairLists Build(bool unknownAllowed = true) => Build(Pairs, unknownAllowed);

    /// <summary>The same pairs in another order, some of them twice.</summary>
    public PairLists BuildShuffled() => Build(Pairs.Concat(Pairs.Where(_ => _random.Next(3) == 0)).OrderBy(_ => _random.Next()), unknownAllowed: true);

    private PairLists Build(IEnumerable<ListedPair> pairs, bool unknownAllowed)
    {
        var builder = new PairListsBuilder(Demands, unknownAllowed);
        foreach (var id in GraduateIds)
        {
            builder.AddGraduate(id);
        }

        foreach (var pair in pairs)
        {
            builder.Add(pair);
        }

        return builder.Build();
    }

    private OfferedDemand Demand(int position, bool priorities)
    {
        var seats = 1 + _random.Next(3);
        return new OfferedDemand(5 + (2 * position), seats, priorities ? _random.Next(seats + 1) : 0);
    }
}
