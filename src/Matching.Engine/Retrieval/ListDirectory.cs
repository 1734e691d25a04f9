namespace Matching.Engine.Retrieval;

/// <summary>
/// Where the lists of a block lie, four bytes a term, for every query reads some dozen places of it at random: where a list begins, and the number of its dense column.
/// A list ends where the next begins.
/// </summary>
internal readonly struct ListDirectory
{
    /// <summary>So many columns can be told apart.</summary>
    public const int MostColumns = byte.MaxValue;

    private const int StartBits = 24; // 16 million groups: a thousand of a document
    private const uint StartMask = (1 << StartBits) - 1;

    private readonly uint[] _places; // a term's column + 1, 0 where it has none, and its start; then the end of the last

    /// <param name="groups">How many groups each term's list has; none for a term that no document has.</param>
    /// <param name="dense">Whether it has a column; columns are numbered in the order of terms.</param>
    public ListDirectory(ReadOnlySpan<int> groups, Func<int, bool> dense)
    {
        _places = new uint[groups.Length + 1];
        var (start, columns) = (0u, 0u);
        for (var term = 0; term < groups.Length; term++)
        {
            _places[term] = start | ((dense(term) ? ++columns : 0) << StartBits);
            start += (uint)groups[term];
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, StartMask, nameof(groups));
        }

        _places[^1] = start;
    }

    public long Bytes => sizeof(uint) * (long)_places.Length;

    /// <summary>Groups of all lists.</summary>
    public int Groups => (int)_places[^1];

    public PostingList this[int term]
    {
        get
        {
            var (place, end) = (_places[term], _places[term + 1] & StartMask);
            var start = place & StartMask;
            return new((int)start, (ushort)(end - start), (int)(place >> StartBits) - 1);
        }
    }
}

/// <summary>Where a term's list lies.</summary>
/// <param name="Start">Its first group.</param>
/// <param name="Groups">How many groups it has; none for a term that no document has.</param>
/// <param name="Column">The number of its dense column, -1 where it has none.</param>
internal readonly record struct PostingList(int Start, ushort Groups, int Column);
