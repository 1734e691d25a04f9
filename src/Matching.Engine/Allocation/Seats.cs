namespace Matching.Engine.Allocation;

/// <summary>
/// Who holds the seats of each demand while proposals come in. A demand's choice among any set of applicants: its reserved seats go to the best of the order class,
/// all others to the best of who is left; reserved seats that nobody of the order class takes are open to all. Holding the choice among those held and one more, again and
/// again, ends with the choice among all who ever applied, in whatever order they came.
/// </summary>
internal sealed class Seats
{
    public const ulong Nobody = ulong.MaxValue;

    private readonly IReadOnlyList<OfferedDemand> _demands;
    private readonly SeatHeap _reserved;
    private readonly SeatHeap _open;

    public Seats(PairLists lists)
    {
        _demands = lists.Demands;
        var listed = lists.CountListed();
        // No heap is longer than the applicants its demand can have.
        _reserved = new SeatHeap([.. _demands.Select((demand, i) => Math.Min(demand.Reserved, listed[i]))]);
        _open = new SeatHeap([.. _demands.Select((demand, i) => Math.Min(demand.Seats, listed[i]))]);
    }

    /// <summary>The place that has to go, perhaps the new one itself; <see cref="Nobody"/> while there is room.</summary>
    public ulong Offer(int demand, ulong place, bool orderClass)
    {
        if (orderClass && _reserved.Room(demand) > 0)
        {
            if (_reserved.Count(demand) < _reserved.Room(demand))
            {
                // One open seat fewer: if all were taken, the worst of them goes.
                _reserved.Push(demand, place);
                return _open.Count(demand) > OpenSeats(demand) ? _open.Pop(demand) : Nobody;
            }

            place = _reserved.Exchange(demand, place);
        }

        if (_open.Count(demand) < OpenSeats(demand))
        {
            _open.Push(demand, place);
            return Nobody;
        }

        return _open.Exchange(demand, place);
    }

    private int OpenSeats(int demand) => _demands[demand].Seats - _reserved.Count(demand);
}
