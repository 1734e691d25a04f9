using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Up to 16,384 neighbouring documents with an inverted list per term. A posting is a local number (2 bytes) and a code (1 byte) that the query turns into units; four postings lie together
/// as a <see cref="Group"/>, so that a short list is one line of memory and no list has a remainder.
/// Invariants: a term names a document once; local numbers of a list ascend; what is left of the last group names the trash number <see cref="Size"/> with code 0.
/// A dense list is cut in two: what exceeds its cap stands in the list, the rest in a column of one byte a document, which may be left out of the sums at the price of the cap.
/// </summary>
internal sealed class Block
{
    public const int Size = 16_384;
    public const int Classes = 32;

    private readonly ListDirectory _directory;
    private readonly Group[] _groups;
    private readonly byte[] _dense;
    private readonly byte[] _caps;
    private readonly byte[][] _columns;
    private readonly uint[]?[] _sets;

    internal Block(int first, int count, ListDirectory directory, Group[] groups, byte[] dense, byte[] caps, byte[][] columns, uint[]?[] sets) =>
        (First, Count, _directory, _groups, _dense, _caps, _columns, _sets) = (first, count, directory, groups, dense, caps, columns, sets);

    /// <summary>Number of its first document in the index.</summary>
    public int First { get; }

    public int Count { get; }

    public long Bytes => _directory.Bytes + (12L * _groups.Length) + _dense.Length + (_columns.Length * (long)Size) + (_sets.Count(set => set is not null) * (Size / 8L));

    public PostingList List(int term) => _directory[term];

    /// <summary>All groups: a list's begin at its start.</summary>
    public ref Group Groups => ref MemoryMarshal.GetArrayDataReference(_groups);

    /// <summary>The first group of a list, or what lies where it would be.</summary>
    public ref Group GroupsAt(PostingList list) => ref Unsafe.Add(ref Groups, list.Start);

    public ReadOnlySpan<Group> GroupsOf(int term) => _groups.AsSpan(List(term).Start, List(term).Groups);

    /// <summary>Classes of the documents (below <see cref="Classes"/>) by which parts beside the sums are bounded; as long as a whole block.</summary>
    public ref byte Column(int column) => ref MemoryMarshal.GetArrayDataReference(_columns[column]);

    /// <summary>A set of documents, a bit each, the first in the lowest bit; nothing where nobody is in it.</summary>
    public ReadOnlySpan<uint> Set(int set) => set < _sets.Length ? _sets[set] : default;

    /// <summary>The largest code in a dense column.</summary>
    public byte Cap(int dense) => _caps[dense];

    /// <summary>The codes of a dense column from the first document on, up to a whole step of <see cref="Sums"/>.</summary>
    public ref byte Dense(int dense) => ref _dense[dense * Sums.RoundUp(Count)];
}

/// <summary>Four postings.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Group
{
    public const int Postings = 4;

    public Four<ushort> Ids;
    public Four<byte> Codes;
}

[InlineArray(Group.Postings)]
internal struct Four<T>
{
    private T _first;
}
