namespace Matching.Engine.Allocation;

/// <summary>
/// The state of <see cref="MaximumPoints"/> between two graduates: who sits where, the demands' prices, the graduates' gains. What holds all the time:
/// gain + price ≥ points for every entry of who has entered, with equality for the entry he sits on; a demand with a free seat costs 0; who sits nowhere gains 0.
/// </summary>
internal sealed class ChainSearch
{
    private const int Far = int.MaxValue;

    private readonly PairLists _lists;
    private readonly SeatTable _seats;
    private readonly int[] _prices;
    private readonly int[] _gains;
    private readonly int[] _distances;
    private readonly (int Graduate, int Entry)[] _reachedBy;
    private readonly List<int> _touched = [];
    private readonly List<int> _scanned = [];
    private readonly PriorityQueue<int, long> _queue = new();

    public ChainSearch(PairLists lists)
    {
        _lists = lists;
        _seats = new SeatTable(lists);
        (_prices, _gains) = (new int[lists.Demands.Count], new int[lists.GraduateCount]);
        (_distances, _reachedBy) = (new int[lists.Demands.Count], new (int, int)[lists.Demands.Count]);
        Array.Fill(_distances, Far);
    }

    /// <summary>Entries looked at so far.</summary>
    public long Steps { get; private set; }

    public MaximumPlan Result() => new(_seats.ToPlan(), _prices, Steps);

    /// <summary>Lets a graduate in along the cheapest chain.</summary>
    public void Enter(int graduate)
    {
        for (var entry = _lists.Start(graduate); entry < _lists.End(graduate); entry++)
        {
            _gains[graduate] = Math.Max(_gains[graduate], _lists.Points(entry) - _prices[_lists.Demand(entry)]);
        }

        // Staying without a seat costs him his gain; whatever costs more is not worth looking at.
        var end = Search(graduate);
        Reprice(graduate, end.Distance);
        if (end.Demand != Plan.None)
        {
            Move(graduate, end.Demand);
        }
        else if (end.Leaver != graduate)
        {
            var left = _seats.Leave(end.Leaver);
            Move(graduate, left);
        }

        foreach (var demand in _touched)
        {
            _distances[demand] = Far;
        }

        _touched.Clear();
        _scanned.Clear();
        _queue.Clear();
    }

    // Dijkstra over what is lost on the way. Ends at a free seat, or where somebody leaves; of equals the seat, so that more people have one.
    private (int Distance, int Demand, int Leaver) Search(int graduate)
    {
        var (best, leaver) = (_gains[graduate], graduate);
        Relax(graduate, 0, best);
        while (_queue.TryDequeue(out var demand, out var key))
        {
            var distance = (int)(key >> 32);
            if (distance != _distances[demand])
            {
                continue;
            }

            if (distance > best)
            {
                break;
            }

            if (_seats.HasRoom(demand))
            {
                return (distance, demand, Plan.None);
            }

            _scanned.Add(demand);
            foreach (var holder in _seats.Of(demand))
            {
                if (distance + _gains[holder] < best)
                {
                    (best, leaver) = (distance + _gains[holder], holder);
                }
            }

            foreach (var holder in _seats.Of(demand))
            {
                Relax(holder, distance, best);
            }
        }

        return (best, Plan.None, leaver);
    }

    private void Relax(int graduate, int distance, int best)
    {
        var (start, end) = (_lists.Start(graduate), _lists.End(graduate));
        Steps += end - start;
        for (var entry = start; entry < end; entry++)
        {
            var demand = _lists.Demand(entry);
            var reached = distance + _gains[graduate] + _prices[demand] - _lists.Points(entry);
            if (reached > best || reached >= _distances[demand])
            {
                continue;
            }

            if (_distances[demand] == Far)
            {
                _touched.Add(demand);
            }

            (_distances[demand], _reachedBy[demand]) = (reached, (graduate, entry));
            _queue.Enqueue(demand, ((long)reached << 32) | (uint)demand);
        }
    }

    // Whoever was reached at less than the whole way passes the difference on, from the graduates to the prices.
    private void Reprice(int graduate, int distance)
    {
        _gains[graduate] -= distance;
        foreach (var demand in _scanned)
        {
            var rest = distance - _distances[demand];
            _prices[demand] += rest;
            foreach (var holder in _seats.Of(demand))
            {
                _gains[holder] -= rest;
            }
        }
    }

    // Back along the chain: each takes the seat before him, the one who enters the last.
    private void Move(int graduate, int demand)
    {
        while (true)
        {
            var (mover, entry) = _reachedBy[demand];
            var before = mover == graduate ? Plan.None : _seats.Leave(mover);
            _seats.Take(mover, entry);
            if (before == Plan.None)
            {
                return;
            }

            demand = before;
        }
    }
}
