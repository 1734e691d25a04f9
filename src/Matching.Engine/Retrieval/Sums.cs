using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The 16-bit sums of one block, 32 KB, so that they stay in the first-level cache; <see cref="PostingAdder"/> fills them. Invariants: local numbers do not exceed <see cref="Block.Size"/>,
/// for which there is a slot that nobody reads; no document's sum exceeds 65,535 (whoever builds the index sees to it). All sums but the trash are zero between blocks: who scans, clears.
/// </summary>
internal sealed class Sums
{
    /// <summary>Documents taken at a time by the scan; ranges are widened to whole steps.</summary>
    public const int Step = 4 * Lanes;

    public const int Lanes = 32;
    private const int Groups = 16;

    private static readonly Vector256<ushort> Bit = Vector256.Create((ushort)1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    private readonly ushort[] _sums = new ushort[Block.Size + Step];

    public ref ushort First => ref MemoryMarshal.GetArrayDataReference(_sums);

    /// <summary>Sets the sum of every posting, whatever it was: floors come first and in ascending order.</summary>
    public void Set(ReadOnlySpan<Group> groups, ushort units)
    {
        ref var sum = ref First;
        foreach (ref readonly var group in groups)
        {
            // A number is at most Block.Size, for which there is a slot: no need to look.
            ref var ids = ref Unsafe.As<Group, ushort>(ref Unsafe.AsRef(in group));
            Unsafe.Add(ref sum, (nuint)ids) = units;
            Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref ids, 1)) = units;
            Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref ids, 2)) = units;
            Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref ids, 3)) = units;
        }
    }

    public void Set(int from, int to, ushort units) => _sums.AsSpan(from, to - from).Fill(units);

    public void Clear(int from, int to) => _sums.AsSpan(from, to - from).Clear();

    /// <summary>Takes a document's sum out, so that it is met again only where nothing at all is needed.</summary>
    public void Remove(int local) => _sums[local] = 0;

    /// <summary>Adds whole dense columns, two at a time: the sums are read and written half as often.</summary>
    public void Add(Block block, int count, ReadOnlySpan<DenseTerm> terms)
    {
        for (var i = 0; i < terms.Length; i += 2)
        {
            // An odd last one is added with another that weighs nothing.
            var (one, other) = (terms[i], i + 1 < terms.Length ? terms[i + 1] : terms[i] with { Weight = 0 });
            ref var codes = ref block.Dense(one.Column);
            ref var others = ref block.Dense(other.Column);
            var (weight, otherWeight) = (Vector512.Create(one.Weight), Vector512.Create(other.Weight));
            for (var from = 0; from < count; from += Lanes)
            {
                (At(from) + (Wide(ref codes, from) * weight) + (Wide(ref others, from) * otherWeight)).StoreUnsafe(ref First, (nuint)from);
            }
        }
    }

    /// <summary>
    /// Gives every document the units of its classes, two columns at a time, and nothing to one whom the last pass refuses or whose sum is below <paramref name="least"/>.
    /// </summary>
    public void AddClasses(Block block, int count, ReadOnlySpan<QueryColumn> columns, Vector512<ushort> least)
    {
        for (var i = 0; i < columns.Length; i += 2)
        {
            ref var classes = ref block.Column(i);
            if (i + 1 < columns.Length)
            {
                AddClasses(ref classes, ref block.Column(i + 1), count, columns[i], columns[i + 1], least);
            }
            else
            {
                AddClasses(ref classes, count, columns[i], least);
            }
        }
    }

    /// <summary>Adds units to every document of a set.</summary>
    public void Add(ReadOnlySpan<uint> set, int count, ushort units)
    {
        var given = Vector512.Create(units);
        for (var from = 0; from < count && !set.IsEmpty; from += Lanes)
        {
            (At(from) + (Members(set[from / Lanes]) & given)).StoreUnsafe(ref First, (nuint)from);
        }
    }

    /// <summary>Leaves those outside a set nothing, and gives those in it a unit, so that they have something.</summary>
    public void Keep(ReadOnlySpan<uint> set, int count)
    {
        for (var from = 0; from < count; from += Lanes)
        {
            ((At(from) + Vector512<ushort>.One) & Members(set[from / Lanes])).StoreUnsafe(ref First, (nuint)from);
        }
    }

    public Vector512<ushort> At(int from) => Vector512.LoadUnsafe(ref First, (nuint)from);

    /// <summary>32 bytes of a column as 16-bit numbers.</summary>
    public static Vector512<ushort> Wide(ref byte column, int from) => Vector512.WidenLower(Vector256.LoadUnsafe(ref column, (nuint)from).ToVector512Unsafe());

    /// <summary>
    /// A value that about <paramref name="k"/> documents reach: the k-th largest of the 512 largest sums of as many groups of documents, at least 1.
    /// O(count / 32); never fewer than k documents unless the answer is 1, and at most a sixty-fourth below.
    /// </summary>
    public ushort NearLargest(int count, int k)
    {
        Span<Vector512<ushort>> largest = stackalloc Vector512<ushort>[Groups];
        var most = LargestOfGroups(RoundUp(count), largest);
        var (low, high) = (1, 1);
        for (var lane = 0; lane < Lanes; lane++)
        {
            high = Math.Max(high, most[lane] + 1);
        }

        // To a sixty-fourth: about k is enough.
        while (high - low > 1 + (low / 64))
        {
            var middle = (low + high) / 2;
            (low, high) = Reaching(largest, (ushort)middle) >= k ? (middle, high) : (low, middle);
        }

        return (ushort)low;
    }

    /// <summary>The first step at or after <paramref name="from"/> in which a sum reaches the value, <paramref name="to"/> if there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int NextStep(int from, int to, ushort value)
    {
        var needed = Vector512.Create(value);
        for (; from < to && !Vector512.GreaterThanOrEqualAny(MostOfStep(ref First, from), needed); from += Step)
        {
        }

        return from;
    }

    /// <summary>The same, and all sums passed over are cleared.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int NextStepClearing(int from, int to, ushort value)
    {
        var needed = Vector512.Create(value);
        ref var sums = ref First;
        for (; from < to && !Vector512.GreaterThanOrEqualAny(MostOfStep(ref sums, from), needed); from += Step)
        {
            ref var at = ref Unsafe.Add(ref sums, (nuint)from);
            Vector512<ushort>.Zero.StoreUnsafe(ref at);
            Vector512<ushort>.Zero.StoreUnsafe(ref at, Lanes);
            Vector512<ushort>.Zero.StoreUnsafe(ref at, 2 * Lanes);
            Vector512<ushort>.Zero.StoreUnsafe(ref at, 3 * Lanes);
        }

        return from;
    }

    /// <summary>32 bits as so many lanes of all ones or nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Members(uint bits)
    {
        var halves = Vector512.Create(Vector256.Create((ushort)bits), Vector256.Create((ushort)(bits >> 16)));
        var own = Vector512.Create(Bit, Bit);
        return Vector512.Equals(halves & own, own);
    }

    private void AddClasses(ref byte classes, int count, in QueryColumn column, Vector512<ushort> least)
    {
        var (units, mask) = (new ClassTable(column.Units), new ClassTable(column.Mask));
        for (var from = 0; from < count; from += Lanes)
        {
            var sums = At(from);
            var kept = mask.Of(ref classes, from) & Vector512.GreaterThanOrEqual(sums, least);
            ((sums + units.Of(ref classes, from)) & kept).StoreUnsafe(ref First, (nuint)from);
        }
    }

    private void AddClasses(ref byte classes, ref byte others, int count, in QueryColumn column, in QueryColumn other, Vector512<ushort> least)
    {
        var (units, mask, otherUnits, otherMask) = (new ClassTable(column.Units), new ClassTable(column.Mask), new ClassTable(other.Units), new ClassTable(other.Mask));
        for (var from = 0; from < count; from += Lanes)
        {
            var sums = At(from);
            var kept = mask.Of(ref classes, from) & otherMask.Of(ref others, from) & Vector512.GreaterThanOrEqual(sums, least);
            ((sums + units.Of(ref classes, from) + otherUnits.Of(ref others, from)) & kept).StoreUnsafe(ref First, (nuint)from);
        }
    }

    // The largest of the sums whose vectors are so many apart, four groups at a time, which processors can hold; and the largest of these.
    private Vector512<ushort> LargestOfGroups(int end, Span<Vector512<ushort>> largest)
    {
        var most = Vector512<ushort>.Zero;
        for (var group = 0; group < Groups; group += Step / Lanes)
        {
            var (a, b, c, d) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero, Vector512<ushort>.Zero, Vector512<ushort>.Zero);
            for (var from = group * Lanes; from < end; from += Groups * Lanes)
            {
                (a, b) = (Vector512.Max(a, At(from)), Vector512.Max(b, At(from + Lanes)));
                (c, d) = (Vector512.Max(c, At(from + (2 * Lanes))), Vector512.Max(d, At(from + (3 * Lanes))));
            }

            (largest[group], largest[group + 1], largest[group + 2], largest[group + 3]) = (a, b, c, d);
            most = Vector512.Max(most, Vector512.Max(Vector512.Max(a, b), Vector512.Max(c, d)));
        }

        return most;
    }

    public static int RoundUp(int count) => (count + Step - 1) / Step * Step;

    public static int RoundDown(int count) => count / Step * Step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> MostOfStep(ref ushort sums, int from)
    {
        ref var at = ref Unsafe.Add(ref sums, (nuint)from);
        return Vector512.Max(
            Vector512.Max(Vector512.LoadUnsafe(ref at), Vector512.LoadUnsafe(ref at, Lanes)),
            Vector512.Max(Vector512.LoadUnsafe(ref at, 2 * Lanes), Vector512.LoadUnsafe(ref at, 3 * Lanes)));
    }

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
