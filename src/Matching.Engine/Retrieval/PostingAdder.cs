using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Adds lists to the sums, which is where most of the time goes. Most lists of a block are short, and the end of each would be a branch that no processor foresees;
/// so all lists are taken by rounds: the first group of each, then the second of each that has one, and only what is longer in a loop of its own.
/// Invariant (see <see cref="Block"/>): every number in a group is at most <see cref="Block.Size"/>, for which the sums have a slot, so nothing needs to be checked here.
/// </summary>
internal sealed class PostingAdder(Sums sums)
{
    private const int Rounds = 2;
    private const int CacheLine = 64;

    private Pending[] _pending = new Pending[64];

    /// <summary>Adds code · weight of all postings of the terms, and puts the terms that have a dense column in front of <paramref name="dense"/>.</summary>
    /// <returns>How many have.</returns>
    public int Add(Block block, ReadOnlySpan<QueryTerm> terms, Span<DenseTerm> dense)
    {
        var (count, columns) = (0, 0);
        foreach (ref readonly var term in terms)
        {
            var list = block.List(term.Term);
            _pending[count] = new(list.Start, list.Groups, term.Weight);
            count += list.Groups > 0 ? 1 : 0;
            if (list.Column >= 0)
            {
                dense[columns++] = new(list.Column, term.Weight);
            }
        }

        AddPending<Weights, ByWeight>(ref block.Groups, count, new());
        return columns;
    }

    /// <summary>Adds the units that each term's table gives for the codes of its postings.</summary>
    public void Add(Block block, ReadOnlySpan<TabledTerm> terms)
    {
        var count = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            var list = block.List(terms[i].Term);
            _pending[count] = new(list.Start, list.Groups, i);
            count += list.Groups > 0 ? 1 : 0;
        }

        AddPending<Tables, ByTable>(ref block.Groups, count, new(ref MemoryMarshal.GetReference(terms)));
    }

    /// <summary>Has the beginnings of a query's lists fetched into the cache while another is summed. A hint to the processor, which changes nothing.</summary>
    public static unsafe void Fetch(Block block, BlockQuery query)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        foreach (ref readonly var term in query.Linear)
        {
            Fetch(block, term.Term);
        }

        foreach (ref readonly var term in query.Tabled)
        {
            Fetch(block, term.Term);
        }

        static void Fetch(Block block, int term)
        {
            var start = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref block.Groups, block.List(term).Start));
            Sse.Prefetch0(start);
            Sse.Prefetch0(start + CacheLine);
        }
    }

    /// <summary>Room for so many terms.</summary>
    public void Reserve(int terms)
    {
        if (_pending.Length < terms)
        {
            _pending = new Pending[2 * terms];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddPending<TKind, TUnits>(ref Group groups, int count, TKind kind)
        where TKind : struct, IKind<TUnits>, allows ref struct
        where TUnits : struct, IUnits, allows ref struct
    {
        ref var sum = ref sums.First;
        ref var pending = ref MemoryMarshal.GetArrayDataReference(_pending);
        for (var round = 0; round < Rounds; round++)
        {
            var longer = 0;
            for (var i = 0; i < count; i++)
            {
                var (start, left, units) = Unsafe.Add(ref pending, i);
                AddGroup(ref sum, ref Unsafe.Add(ref groups, start), kind.Of(units));
                Unsafe.Add(ref pending, longer) = new(start + 1, left - 1, units);
                longer += left > 1 ? 1 : 0;
            }

            count = longer;
        }

        for (var i = 0; i < count; i++)
        {
            var (start, left, units) = Unsafe.Add(ref pending, i);
            AddGroups(ref sum, ref Unsafe.Add(ref groups, start), left, kind.Of(units));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGroups<TUnits>(ref ushort sum, ref Group group, int count, TUnits units)
        where TUnits : struct, IUnits, allows ref struct
    {
        ref var end = ref Unsafe.Add(ref group, count);
        for (; Unsafe.IsAddressLessThan(ref group, ref end); group = ref Unsafe.Add(ref group, 1))
        {
            AddGroup(ref sum, ref group, units);
        }
    }

    // One instruction reads, adds and writes a sum, which is faster than reading all four first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGroup<TUnits>(ref ushort sum, ref Group group, TUnits units)
        where TUnits : struct, IUnits, allows ref struct
    {
        ref var ids = ref Unsafe.As<Group, ushort>(ref group);
        ref var codes = ref Unsafe.Add(ref Unsafe.As<Group, byte>(ref group), 2 * Group.Postings);
        Unsafe.Add(ref sum, (nuint)ids) += (ushort)units.Of(codes);
        Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref ids, 1)) += (ushort)units.Of(Unsafe.Add(ref codes, 1));
        Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref ids, 2)) += (ushort)units.Of(Unsafe.Add(ref codes, 2));
        Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref ids, 3)) += (ushort)units.Of(Unsafe.Add(ref codes, 3));
    }

    // Units: the weight, or the place of the table.
    private readonly record struct Pending(int Start, int Left, int Units);
}

/// <summary>A term of the query that has a dense column in the block.</summary>
internal readonly record struct DenseTerm(int Column, int Weight);

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

/// <summary>How a list's postings become units.</summary>
internal interface IKind<out TUnits>
    where TUnits : struct, IUnits, allows ref struct
{
    TUnits Of(int units);
}

internal readonly struct Weights : IKind<ByWeight>
{
    public ByWeight Of(int units) => new(units);
}

internal readonly ref struct Tables(ref TabledTerm terms) : IKind<ByTable>
{
    private readonly ref TabledTerm _terms = ref terms;

    public ByTable Of(int units) => new(ref MemoryMarshal.GetArrayDataReference(Unsafe.Add(ref _terms, units).Table));
}
