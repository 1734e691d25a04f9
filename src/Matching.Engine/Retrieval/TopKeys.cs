using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The k largest of the keys offered, each kept once, in order. A key is a whole ranking in one number (see <see cref="RankKey"/>), so ties need no second comparison.
/// Lists are short and most keys offered enter, so an array kept in order beats a heap: its place is counted eight keys at a time, what is worse moves by one. O(k) a key that enters.
/// </summary>
internal sealed class TopKeys
{
    private long[] _keys = []; // best first; 0 from the count to the end, which is whole vectors
    private int _capacity;
    private int _count;

    public bool IsFull => _count == _capacity;

    public int Missing => _capacity - _count;

    /// <summary>The worst kept key, 0 while there is room: what does not exceed it cannot enter.</summary>
    public long Worst { get; private set; }

    /// <summary>The kept keys, best first.</summary>
    public ReadOnlySpan<long> BestFirst() => _keys.AsSpan(0, _count);

    public void Clear(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (_keys.Length < capacity)
        {
            _keys = new long[(capacity + Vector512<long>.Count - 1) / Vector512<long>.Count * Vector512<long>.Count];
        }

        _keys.AsSpan(0, _count).Clear();
        (_capacity, _count, Worst) = (capacity, 0, 0);
    }

    public void Offer(long key)
    {
        if (key <= Worst)
        {
            return;
        }

        var place = CountLarger(key);
        if (place < _count && _keys[place] == key)
        {
            return;
        }

        _count += IsFull ? 0 : 1;
        _keys.AsSpan(place, _count - 1 - place).CopyTo(_keys.AsSpan(place + 1));
        _keys[place] = key;
        Worst = IsFull ? _keys[_count - 1] : 0;
    }

    private int CountLarger(long key)
    {
        var (larger, than) = (0, Vector512.Create(key));
        ref var keys = ref MemoryMarshal.GetArrayDataReference(_keys);
        for (var at = 0; at < _count; at += Vector512<long>.Count)
        {
            larger += BitOperations.PopCount(Vector512.GreaterThan(Vector512.LoadUnsafe(ref keys, (nuint)at), than).ExtractMostSignificantBits());
        }

        return larger;
    }
}
