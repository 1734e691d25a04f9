namespace Matching.Engine.Allocation;

/// <summary>Who gets which demand: for every graduate one entry of his list, or none.</summary>
public sealed class Plan
{
    /// <summary>No entry.</summary>
    public const int None = -1;

    private readonly int[] _chosen;

    /// <param name="lists">The lists it was made from.</param>
    /// <param name="chosen">Per graduate an entry of his list, or <see cref="None"/>.</param>
    public Plan(PairLists lists, int[] chosen) => (Lists, _chosen) = (lists, chosen);

    public PairLists Lists { get; }

    /// <summary>The graduate's entry, or <see cref="None"/>.</summary>
    public int Entry(int graduate) => _chosen[graduate];

    /// <summary>The graduate's demand, or <see cref="None"/>.</summary>
    public int Demand(int graduate) => _chosen[graduate] == None ? None : Lists.Demand(_chosen[graduate]);

    /// <summary>How many graduates each demand gets.</summary>
    public int[] CountByDemand()
    {
        var counts = new int[Lists.Demands.Count];
        foreach (var entry in _chosen)
        {
            if (entry != None)
            {
                counts[Lists.Demand(entry)]++;
            }
        }

        return counts;
    }
}
