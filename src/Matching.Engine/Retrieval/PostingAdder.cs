using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Adds lists to the sums, which is where most of the time goes. Most lists of a block are short, and the end of each would be a branch that no processor foresees;
/// so all lists are taken by rounds: the first group of each, then the second of each that has one, and only what is longer in a loop of its own.
/// Invariant (see <see cref="Block"/>): every number in a group is at most <see cref="Block.Size"/>, for which the sums have a slot, so nothing needs to be checked here.
/// </summary>
internal static class PostingAdder
{
    private const int Rounds = 2;

    /// <summary>Adds all postings of the query's lists, whose places are used up by it.</summary>
    public static void Add(Sums sums, Block block, BlockQuery query, QueryLists lists)
    {
        Add<Tables, ByTable>(sums, block, lists.Tabled, new(ref MemoryMarshal.GetReference(query.Tabled)));
        Add<Weights, ByWeight>(sums, block, lists.Linear, new());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add<TKind, TUnits>(Sums sums, Block block, Span<ListPlace> lists, TKind kind)
        where TKind : struct, IKind<TUnits>, allows ref struct
        where TUnits : struct, IUnits, allows ref struct
    {
        ref var sum = ref sums.First;
        ref var groups = ref block.Groups;
        ref var first = ref MemoryMarshal.GetReference(lists);
        var count = lists.Length;
        for (var round = 0; round < Rounds; round++)
        {
            var longer = 0;
            for (var i = 0; i < count; i++)
            {
                var (start, left, units) = Unsafe.Add(ref first, i);
                AddGroup(ref sum, ref Unsafe.Add(ref groups, start), kind.Of(units));
                Unsafe.Add(ref first, longer) = new(start + 1, (ushort)(left - 1), units);
                longer += left > 1 ? 1 : 0;
            }

            count = longer;
        }

        for (var i = 0; i < count; i++)
        {
            var (start, left, units) = Unsafe.Add(ref first, i);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGroup<TUnits>(ref ushort sum, ref Group group, TUnits units)
        where TUnits : struct, IUnits, allows ref struct
    {
        ref var ids = ref Unsafe.As<Group, ushort>(ref group);
        ref var codes = ref Unsafe.Add(ref Unsafe.As<Group, byte>(ref group), 2 * Group.Postings);
        Raise(ref sum, ids, units.Of(codes));
        Raise(ref sum, Unsafe.Add(ref ids, 1), units.Of(Unsafe.Add(ref codes, 1)));
        Raise(ref sum, Unsafe.Add(ref ids, 2), units.Of(Unsafe.Add(ref codes, 2)));
        Raise(ref sum, Unsafe.Add(ref ids, 3), units.Of(Unsafe.Add(ref codes, 3)));
    }

    // One instruction reads, adds and writes a sum, which is faster than reading all four first. Cast once: a second cast would be an instruction more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(ref ushort sum, nuint id, int units) => Unsafe.Add(ref sum, id) = (ushort)(Unsafe.Add(ref sum, id) + units);
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
