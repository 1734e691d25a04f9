namespace Matching.Engine.Retrieval;

/// <summary>
/// The k largest of the keys offered, each kept once. A key is a whole ranking in one number (see <see cref="RankKey"/>), so ties need no second comparison.
/// A document may be offered more than once with the same key; <see cref="Offer"/> keeps it once.
/// </summary>
internal sealed class TopKeys
{
    private long[] _heap = [];
    private int _capacity;
    private int _count;

    public bool IsFull => _count == _capacity;

    public int Missing => _capacity - _count;

    /// <summary>The worst kept key, 0 while there is room: what does not exceed it cannot enter.</summary>
    public long Worst { get; private set; }

    public void Clear(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (_heap.Length < capacity)
        {
            _heap = new long[capacity];
        }

        (_capacity, _count, Worst) = (capacity, 0, 0);
    }

    public void Offer(long key)
    {
        if (key <= Worst || _heap.AsSpan(0, _count).Contains(key))
        {
            return;
        }

        if (_count < _capacity)
        {
            Rise(_count++, key);
        }
        else
        {
            Sink(key);
        }

        Worst = _count == _capacity ? _heap[0] : 0;
    }

    /// <summary>The kept keys, best first; the heap is used up.</summary>
    public ReadOnlySpan<long> BestFirst()
    {
        var kept = _heap.AsSpan(0, _count);
        kept.Sort();
        kept.Reverse();
        return kept;
    }

    private void Rise(int at, long key)
    {
        while (at > 0 && _heap[(at - 1) / 2] > key)
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = key;
    }

    private void Sink(long key)
    {
        var at = 0;
        for (var child = 1; child < _count; child = (2 * at) + 1)
        {
            child += child + 1 < _count && _heap[child + 1] < _heap[child] ? 1 : 0;
            if (_heap[child] >= key)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = key;
    }
}
