namespace Matching.Engine.Retrieval;

/// <summary>
/// Up to 16,384 neighbouring documents with an inverted list per term. A posting is a local number (2 bytes) and a code (1 byte) that the query's table turns into units.
/// Invariants: local numbers of a list are distinct and ascending but for the padding, which is the trash number <see cref="Size"/>; lists are padded to whole fours;
/// a list is cut in two where it is dense: first what exceeds the cap (always summed), then the rest, whose share in any document is at most the cap's (may be left out).
/// </summary>
internal sealed class Block
{
    public const int Size = 16_384;
    public const int Pad = 4;
    public const int Classes = 32;

    private readonly int[] _starts;
    private readonly ushort[] _ids;
    private readonly byte[] _codes;
    private readonly Dense? _dense;

    internal Block(int first, int count, int[] starts, ushort[] ids, byte[] codes, Dense? dense, byte[][] columns) =>
        (First, Count, _starts, _ids, _codes, _dense, Columns) = (first, count, starts, ids, codes, dense, columns);

    /// <summary>Number of its first document in the index.</summary>
    public int First { get; }

    public int Count { get; }

    /// <summary>Classes of the documents (below <see cref="Classes"/>) by which parts beside the sums are bounded; as long as a whole block.</summary>
    public byte[][] Columns { get; }

    public long Bytes => (4L * _starts.Length) + (3L * _ids.Length) + (Columns.Length * (long)Size);

    /// <summary>What is always summed.</summary>
    public Postings Kept(int term) => Between(_starts[term], _dense is not null && _dense.Caps[term] > 0 ? _dense.Splits[term] : _starts[term + 1]);

    /// <summary>What may be left out where <see cref="Cap"/> is added to the bound instead; only where that is not 0.</summary>
    public Postings Deferrable(int term) => Between(_dense!.Splits[term], _starts[term + 1]);

    /// <summary>The largest code of <see cref="Deferrable"/>, 0 where the list is not dense.</summary>
    public byte Cap(int term) => _dense is null ? (byte)0 : _dense.Caps[term];

    /// <summary>Reads where a list begins, so that many lists are on their way from memory at once and not one after another.</summary>
    public int Touch(int term)
    {
        var at = _starts[term];
        return at < _ids.Length ? _ids[at] + _codes[at] : 0;
    }

    private Postings Between(int start, int end) => new(_ids.AsSpan(start, end - start), _codes.AsSpan(start, end - start));
}

/// <summary>The dense terms of a block.</summary>
/// <param name="Caps">By term: the cap, 0 where the list is not dense.</param>
/// <param name="Splits">By dense term: where the part that may be left out starts.</param>
internal sealed record Dense(byte[] Caps, Dictionary<int, int> Splits);

/// <summary>A list or a part of one.</summary>
internal readonly ref struct Postings(ReadOnlySpan<ushort> ids, ReadOnlySpan<byte> codes)
{
    public ReadOnlySpan<ushort> Ids { get; } = ids;

    public ReadOnlySpan<byte> Codes { get; } = codes;

    /// <summary>The part whose local numbers lie in [from, to).</summary>
    public Postings Within(int from, int to)
    {
        var start = LowerBound(Ids, from);
        var length = LowerBound(Ids[start..], to);
        return new(Ids.Slice(start, length), Codes.Slice(start, length));
    }

    private static int LowerBound(ReadOnlySpan<ushort> ids, int value)
    {
        var (low, high) = (0, ids.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = ids[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
