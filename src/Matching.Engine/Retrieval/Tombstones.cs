namespace Matching.Engine.Retrieval;

/// <summary>Documents of an index that no search may list any more: a bit each, by the rank of their ids. Never changed once made.</summary>
internal sealed class Tombstones
{
    private readonly ulong[] _bits;

    private Tombstones(ulong[] bits) => _bits = bits;

    public static Tombstones None { get; } = new([]);

    /// <summary>Ids that are not among the documents' are passed over.</summary>
    /// <param name="documents">Ids of the index, ascending.</param>
    /// <param name="gone">Ids not to be listed.</param>
    public static Tombstones Of(long[] documents, IEnumerable<long> gone)
    {
        ulong[]? bits = null;
        foreach (var id in gone)
        {
            if (Array.BinarySearch(documents, id) is >= 0 and var rank)
            {
                bits ??= new ulong[(documents.Length + 63) / 64];
                bits[rank >> 6] |= 1UL << rank;
            }
        }

        return bits is null ? None : new(bits);
    }

    public bool Cover(int rank) => _bits.Length > 0 && (_bits[rank >> 6] >> rank & 1) != 0;
}
