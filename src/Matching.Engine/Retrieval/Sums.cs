using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The 16-bit sums of one block, 32 KB, so that they stay in the first-level cache. Invariants: a list names a document once, so four additions may be in flight at a time;
/// local numbers do not exceed <see cref="Block.Size"/>, for which there is a slot that nobody reads; no document's sum exceeds 65,535 (whoever builds the index sees to it).
/// All sums are zero between blocks.
/// </summary>
internal sealed class Sums
{
    /// <summary>Documents taken at a time by the scan; ranges are widened to whole steps.</summary>
    public const int Step = 4 * Lanes;

    private const int Lanes = 32;
    private const int Groups = 16;

    private readonly ushort[] _sums = new ushort[Block.Size + Step];

    /// <summary>Adds the units of every posting.</summary>
    public void Add(Postings postings, in QueryTerm term)
    {
        if (term.Table is { } table)
        {
            Add(postings, new ByTable(ref MemoryMarshal.GetArrayDataReference(table)));
        }
        else
        {
            Add(postings, new ByWeight(term.Weight));
        }
    }

    // Its own method: inlined into a large one, the loop would run out of registers. One copy a kind of units, made by the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Add<TUnits>(Postings postings, TUnits units)
        where TUnits : struct, IUnits, allows ref struct
    {
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref var ids = ref MemoryMarshal.GetReference(postings.Ids);
        ref var codes = ref MemoryMarshal.GetReference(postings.Codes);
        nuint i = 0, count = (nuint)postings.Ids.Length;
        for (; i + 4 <= count; i += 4)
        {
            ref var a = ref Unsafe.Add(ref sums, (nuint)Unsafe.Add(ref ids, i));
            ref var b = ref Unsafe.Add(ref sums, (nuint)Unsafe.Add(ref ids, i + 1));
            ref var c = ref Unsafe.Add(ref sums, (nuint)Unsafe.Add(ref ids, i + 2));
            ref var d = ref Unsafe.Add(ref sums, (nuint)Unsafe.Add(ref ids, i + 3));
            var (va, vb) = ((ushort)(a + units.Of(Unsafe.Add(ref codes, i))), (ushort)(b + units.Of(Unsafe.Add(ref codes, i + 1))));
            var (vc, vd) = ((ushort)(c + units.Of(Unsafe.Add(ref codes, i + 2))), (ushort)(d + units.Of(Unsafe.Add(ref codes, i + 3))));
            a = va;
            b = vb;
            c = vc;
            d = vd;
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref sums, (nuint)Unsafe.Add(ref ids, i)) += (ushort)units.Of(Unsafe.Add(ref codes, i));
        }
    }

    /// <summary>Sets the sum of every posting, whatever it was: floors come first and in ascending order.</summary>
    public void Set(ReadOnlySpan<ushort> ids, ushort units)
    {
        foreach (var id in ids)
        {
            _sums[id] = units;
        }
    }

    public void Set(int from, int to, ushort units) => _sums.AsSpan(from, to - from).Fill(units);

    public void Clear(int count) => _sums.AsSpan(0, count).Clear();

    /// <summary>
    /// A value that about <paramref name="k"/> documents reach: the k-th largest of the 512 largest sums of as many groups of documents, at least 1.
    /// O(count / 32); never fewer than k documents unless the answer is 1.
    /// </summary>
    public ushort NearLargest(int count, int k)
    {
        Span<Vector512<ushort>> largest = stackalloc Vector512<ushort>[Groups];
        largest.Clear();
        var vectors = MemoryMarshal.Cast<ushort, Vector512<ushort>>(_sums.AsSpan(0, RoundUp(count)));
        for (var i = 0; i < vectors.Length; i++)
        {
            ref var group = ref largest[i % Groups];
            group = Vector512.Max(group, vectors[i]);
        }

        var (low, high) = (1, ushort.MaxValue + 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Reaching(largest, (ushort)middle) >= k ? (middle, high) : (low, middle);
        }

        return (ushort)low;
    }

    /// <summary>Takes a document's sum out, so that it is met again only where nothing at all is needed.</summary>
    public void Remove(int local) => _sums[local] = 0;

    /// <summary>
    /// Which of the 32 documents from <paramref name="from"/> reach the value together with what their classes give, a bit each; <paramref name="reached"/> gets all 32.
    /// A class is below 32, so a table of them is one register.
    /// </summary>
    public uint Reaching(int from, ushort value, Block block, List<QueryColumn> columns, Span<ushort> reached)
    {
        var sums = Vector512.LoadUnsafe(ref _sums[from]);
        for (var i = 0; i < columns.Count; i++)
        {
            var classes = Vector512.WidenLower(Vector256.LoadUnsafe(ref block.Columns[i][from]).ToVector512Unsafe());
            sums = (sums + Vector512.Shuffle(columns[i].Units, classes)) & Vector512.Shuffle(columns[i].Mask, classes);
        }

        sums.CopyTo(reached);
        return (uint)Vector512.GreaterThanOrEqual(sums, Vector512.Create(value)).ExtractMostSignificantBits();
    }

    /// <summary>The first step at or after <paramref name="from"/> in which a document reaches the value, <paramref name="to"/> if there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int NextStep(int from, int to, ushort value)
    {
        var needed = Vector512.Create(value);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (; from < to; from += Step)
        {
            ref var at = ref Unsafe.Add(ref sums, (nuint)from);
            var first = Vector512.Max(Vector512.LoadUnsafe(ref at), Vector512.LoadUnsafe(ref at, Lanes));
            var second = Vector512.Max(Vector512.LoadUnsafe(ref at, 2 * Lanes), Vector512.LoadUnsafe(ref at, 3 * Lanes));
            if (Vector512.GreaterThanOrEqualAny(Vector512.Max(first, second), needed))
            {
                break;
            }
        }

        return from;
    }

    public static int RoundUp(int count) => (count + Step - 1) / Step * Step;

    public static int RoundDown(int count) => count / Step * Step;

    private static int Reaching(ReadOnlySpan<Vector512<ushort>> vectors, ushort value)
    {
        var sum = 0;
        foreach (var vector in vectors)
        {
            sum += BitOperations.PopCount(Vector512.GreaterThanOrEqual(vector, Vector512.Create(value)).ExtractMostSignificantBits());
        }

        return sum;
    }
}

internal interface IUnits
{
    int Of(byte code);
}

internal readonly ref struct ByTable(ref ushort table) : IUnits
{
    private readonly ref ushort _table = ref table;

    public int Of(byte code) => Unsafe.Add(ref _table, (nuint)code);
}

internal readonly struct ByWeight(int weight) : IUnits
{
    public int Of(byte code) => code * weight;
}
