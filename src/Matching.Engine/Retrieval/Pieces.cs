namespace Matching.Engine.Retrieval;

/// <summary>
/// A list that lies in pieces. It grows by another piece, where an array would be copied into one of twice its length and lie in memory three times over meanwhile: that is what counts with a
/// million of anything. A short one is no longer than its first piece has grown to.
/// </summary>
/// <param name="bits">A piece has room for two to the power of this.</param>
internal sealed class Pieces<T>(int bits)
{
    private const int Fewest = 16;

    private readonly List<T[]> _pieces = [];
    private readonly int _mask = (1 << bits) - 1;

    public int Count { get; private set; }

    public ref T this[int i] => ref _pieces[i >> bits][i & _mask];

    public void Add(T item)
    {
        var piece = Count >> bits;
        if (piece == _pieces.Count)
        {
            _pieces.Add(new T[piece == 0 ? Math.Min(Fewest, _mask + 1) : _mask + 1]);
        }
        else if (piece == 0 && Count == _pieces[0].Length)
        {
            var longer = new T[2 * Count];
            _pieces[0].CopyTo(longer, 0);
            _pieces[0] = longer;
        }

        _pieces[piece][Count & _mask] = item;
        Count++;
    }

    /// <summary>A run of items within one piece.</summary>
    public ReadOnlySpan<T> Slice(int start, int count) => count == 0 ? default : _pieces[start >> bits].AsSpan(start & _mask, count);

    /// <summary>Puts item <c>order[i]</c> at i, cycle by cycle, so that nothing lies in memory twice. The order is used up: it is what says who has moved.</summary>
    public void Reorder(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var (at, from) = (i, order[i]);
            if (from < 0)
            {
                continue;
            }

            var first = this[i];
            while (from != i)
            {
                this[at] = this[from];
                order[at] = -1;
                (at, from) = (from, order[from]);
            }

            this[at] = first;
            order[at] = -1;
        }
    }
}
