namespace Matching.Engine.Allocation;

/// <summary>Who sits where, in one array, so that somebody can leave and another sit down at once.</summary>
internal sealed class SeatTable
{
    private readonly PairLists _lists;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _holders;
    private readonly int[] _positions;
    private readonly int[] _chosen;

    public SeatTable(PairLists lists)
    {
        _lists = lists;
        var listed = lists.CountListed();
        (_starts, _counts) = (new int[listed.Length + 1], new int[listed.Length]);
        for (var demand = 0; demand < listed.Length; demand++)
        {
            _starts[demand + 1] = checked(_starts[demand] + Math.Min(lists.Demands[demand].Seats, listed[demand]));
        }

        (_holders, _positions, _chosen) = (new int[_starts[^1]], new int[lists.GraduateCount], new int[lists.GraduateCount]);
        Array.Fill(_chosen, Plan.None);
    }

    public bool HasRoom(int demand) => _counts[demand] < _starts[demand + 1] - _starts[demand];

    /// <summary>The graduates on a demand's seats.</summary>
    public ReadOnlySpan<int> Of(int demand) => _holders.AsSpan(_starts[demand], _counts[demand]);

    public void Take(int graduate, int entry)
    {
        var demand = _lists.Demand(entry);
        _positions[graduate] = _starts[demand] + _counts[demand]++;
        (_holders[_positions[graduate]], _chosen[graduate]) = (graduate, entry);
    }

    /// <summary>The demand whose seat he left.</summary>
    public int Leave(int graduate)
    {
        var demand = _lists.Demand(_chosen[graduate]);
        var last = _holders[_starts[demand] + --_counts[demand]];
        (_holders[_positions[graduate]], _positions[last]) = (last, _positions[graduate]);
        _chosen[graduate] = Plan.None;
        return demand;
    }

    public Plan ToPlan() => new(_lists, _chosen);
}
