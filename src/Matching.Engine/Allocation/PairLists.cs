using Matching.Engine.Scoring;

namespace Matching.Engine.Allocation;

/// <summary>
/// The lists a plan is made from: for every graduate the demands he may get, best first by his own order (PASS before UNKNOWN, more points, earlier wish, lower id).
/// Flat arrays, 8 bytes a pair: a million lists of twenty take 160 MB. Positions follow ids, so the order in which pairs came in is gone.
/// </summary>
public sealed class PairLists
{
    private readonly int[] _starts;
    private readonly int[] _demands;
    private readonly uint[] _standings;

    internal PairLists(long[] graduateIds, OfferedDemand[] demands, int[] starts, int[] listed, uint[] standings, bool[] graduateAwaits, bool[] demandAwaits)
    {
        (GraduateIds, Demands, GraduateAwaits, DemandAwaits) = (graduateIds, demands, graduateAwaits, demandAwaits);
        (_starts, _demands, _standings) = (starts, listed, standings);
    }

    /// <summary>Ids of the graduates, ascending.</summary>
    public IReadOnlyList<long> GraduateIds { get; }

    /// <summary>The demands, by ascending id.</summary>
    public IReadOnlyList<OfferedDemand> Demands { get; }

    /// <summary>Per graduate: a pair of his was left out because a hard requirement is UNKNOWN.</summary>
    public IReadOnlyList<bool> GraduateAwaits { get; }

    /// <summary>Per demand likewise.</summary>
    public IReadOnlyList<bool> DemandAwaits { get; }

    public int GraduateCount => GraduateIds.Count;

    /// <summary>Pairs in all lists.</summary>
    public int PairCount => _demands.Length;

    /// <summary>First entry of a graduate's list.</summary>
    public int Start(int graduate) => _starts[graduate];

    /// <summary>One past the last entry of a graduate's list.</summary>
    public int End(int graduate) => _starts[graduate + 1];

    /// <summary>The demand of an entry.</summary>
    public int Demand(int entry) => _demands[entry];

    /// <summary>Hundredths of a point of an entry.</summary>
    public int Points(int entry) => Allocation.Standing.Points(_standings[entry]);

    /// <summary>PASS or UNKNOWN.</summary>
    public Verdict Verdict(int entry) => Allocation.Standing.Unknown(_standings[entry]) ? Scoring.Verdict.Unknown : Scoring.Verdict.Pass;

    /// <summary>The graduate is of the order class of the entry's company.</summary>
    public bool OrderClass(int entry) => Allocation.Standing.OrderClass(_standings[entry]);

    /// <summary>The graduate's priority class with the entry's demand.</summary>
    public int Class(int entry) => Allocation.Standing.Class(_standings[entry]);

    internal uint Standing(int entry) => _standings[entry];

    /// <summary>Per demand, in how many lists it stands.</summary>
    internal int[] CountListed()
    {
        var counts = new int[Demands.Count];
        foreach (var demand in _demands)
        {
            counts[demand]++;
        }

        return counts;
    }
}
