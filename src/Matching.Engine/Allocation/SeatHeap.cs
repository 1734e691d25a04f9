namespace Matching.Engine.Allocation;

/// <summary>One heap per demand in one array, the worst place on top. A demand's heap never holds more than its room.</summary>
internal sealed class SeatHeap
{
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly ulong[] _places;

    /// <param name="rooms">How many places each demand's heap may hold.</param>
    public SeatHeap(int[] rooms)
    {
        (_starts, _counts) = (new int[rooms.Length + 1], new int[rooms.Length]);
        for (var demand = 0; demand < rooms.Length; demand++)
        {
            _starts[demand + 1] = checked(_starts[demand] + rooms[demand]);
        }

        _places = new ulong[_starts[^1]];
    }

    public int Count(int demand) => _counts[demand];

    public int Room(int demand) => _starts[demand + 1] - _starts[demand];

    public void Push(int demand, ulong place)
    {
        var heap = _places.AsSpan(_starts[demand]);
        var at = _counts[demand]++;
        for (; at > 0 && heap[(at - 1) / 2] < place; at = (at - 1) / 2)
        {
            heap[at] = heap[(at - 1) / 2];
        }

        heap[at] = place;
    }

    /// <summary>Takes the worst out.</summary>
    public ulong Pop(int demand)
    {
        var heap = _places.AsSpan(_starts[demand], _counts[demand]);
        var (worst, moved) = (heap[0], heap[^1]);
        _counts[demand]--;
        Sink(heap[..^1], moved);
        return worst;
    }

    /// <summary>Puts a place in and takes the worst out, which may be the same.</summary>
    public ulong Exchange(int demand, ulong place)
    {
        var heap = _places.AsSpan(_starts[demand], _counts[demand]);
        if (heap.Length == 0 || place >= heap[0])
        {
            return place;
        }

        var worst = heap[0];
        Sink(heap, place);
        return worst;
    }

    private static void Sink(Span<ulong> heap, ulong place)
    {
        if (heap.Length == 0)
        {
            return;
        }

        var at = 0;
        for (var child = 1; child < heap.Length; child = (2 * at) + 1)
        {
            child += child + 1 < heap.Length && heap[child + 1] > heap[child] ? 1 : 0;
            if (heap[child] <= place)
            {
                break;
            }

            heap[at] = heap[child];
            at = child;
        }

        heap[at] = place;
    }
}
