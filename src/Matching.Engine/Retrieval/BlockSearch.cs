using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Searches blocks, one after another, for the best documents of one query. Each block: sum the lists, take the documents with the largest sums first while the list is not full,
/// then scan for whatever could still enter. Invariant: a document that is passed over has at most (sum + what was left out + rest) units, which is less than the worst kept needs.
/// So the order of blocks, what is left out and the taking of the largest first decide the time alone. One per thread.
/// </summary>
internal sealed class BlockSearch
{
    private const int MostWarmUps = 4;

    // So many documents are finished together, and a step's more: what their fields lie in is fetched for all at once.
    private const int FoundRoom = 128;

    // Dense columns are left out while the bound they cost stays below this share of what must be reached.
    private const int DeferDivisor = 3;

    private readonly Sums _sums = new();
    private readonly Found[] _found = new Found[FoundRoom + Sums.Step];
    private readonly uint[] _within = new uint[Block.Size / Sums.Lanes];
    private QueryLists _lists = new();
    private QueryLists _ahead = new();
    private Pile<DenseTerm> _leftOut = new();
    private Pile<DenseTerm> _summed = new();
    private int _foundCount;
    private bool _classesSummed;

    /// <summary>Searches the first <paramref name="count"/> documents of a block, each of which has <paramref name="bonus"/> units beside its sum. What is visited next has its lists fetched meanwhile.</summary>
    public void Visit<TFinisher>(Block block, int count, int bonus, BlockQuery query, (Block Block, BlockQuery Query)? next, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        LookUp(block, query, next);
        var leftOut = SumLists(block, count, query, bonus);
        SumSets(block, count, query);
        _classesSummed = !query.Top.IsFull && !query.Columns.IsEmpty;
        if (_classesSummed)
        {
            AddClasses(block, count, query);
        }

        for (var tries = 0; tries < MostWarmUps && !query.Top.IsFull; tries++)
        {
            WarmUp(block, count, bonus, query, ref finisher);
        }

        var end = Sums.RoundUp(count);
        Scan(block, end, count, new(bonus, leftOut, _classesSummed ? 0 : query.MostByClass, (query.MustShareTerm && leftOut == 0) || query.IsBound ? 1 : 0), query, ref finisher);
        if (end < block.Count)
        {
            _sums.Clear(end, block.Count);
        }
    }

    private void LookUp(Block block, BlockQuery query, (Block Block, BlockQuery Query)? next)
    {
        if (_ahead.AreOf(block, query))
        {
            (_lists, _ahead) = (_ahead, _lists);
        }
        else
        {
            _lists.Find(block, query);
        }

        if (next is var (following, asked))
        {
            _ahead.Find(following, asked);
        }
    }

    // What is left out, in units.
    private int SumLists(Block block, int count, BlockQuery query, int bonus)
    {
        foreach (var floor in query.Floors)
        {
            SetFloor(block, floor);
        }

        PostingAdder.Add(_sums, block, query, _lists);
        return SumDense(block, count, query, bonus);
    }

    private void SumSets(Block block, int count, BlockQuery query)
    {
        foreach (var (set, units) in query.Sets)
        {
            _sums.Add(block.Set(set), count, units);
        }

        if (query.IsBound)
        {
            _within.AsSpan().Clear();
            foreach (var set in query.Within)
            {
                var members = block.Set(set);
                for (var i = 0; i < members.Length; i++)
                {
                    _within[i] |= members[i];
                }
            }

            _sums.Keep(_within, count);
        }
    }

    private int SumDense(Block block, int count, BlockQuery query, int bonus)
    {
        var (leftOut, mayLeave) = (0, ((query.Floor * query.UnitsPerPoint) - query.Rest - query.MostByClass - bonus) / DeferDivisor);
        _leftOut.Clear();
        _summed.Clear();
        foreach (var term in _lists.Dense)
        {
            var most = block.Cap(term.Column) * term.Weight;
            if (leftOut + most <= mayLeave)
            {
                leftOut += most;
                _leftOut.Add(term);
            }
            else
            {
                _summed.Add(term);
            }
        }

        _sums.Add(block, count, _summed.Items);

        return leftOut;
    }

    private void SetFloor(Block block, QueryFloor floor)
    {
        if (floor.Term >= 0)
        {
            _sums.Set(block.GroupsOf(floor.Term), floor.Units);
            return;
        }

        var (from, to) = (Math.Max(0, floor.From - block.First), Math.Min(block.Count, floor.To - block.First));
        if (from < to)
        {
            _sums.Set(from, to, floor.Units);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WarmUp<TFinisher>(Block block, int count, int beside, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        var value = _sums.NearLargest(count, query.Top.Missing);
        for (var from = 0; (from = _sums.NextStep(from, Sums.RoundUp(count), value)) < count; from += Sums.Step)
        {
            Find(block, from, count, value, value, beside, query, ref finisher);
            if (_foundCount >= FoundRoom)
            {
                Finish(query.Top, ref finisher);
            }
        }

        Finish(query.Top, ref finisher);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Scan<TFinisher>(Block block, int to, int count, Beside beside, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        var from = 0;
        while (from < to)
        {
            var needed = (Math.Max(1, query.Floor) * query.UnitsPerPoint) - query.Rest - beside.Units;
            var summed = Math.Max(beside.Least, needed - beside.LeftOut - beside.Classes);
            if (summed > ushort.MaxValue)
            {
                _sums.Clear(from, to);
                return;
            }

            from = _sums.NextStepClearing(from, to, (ushort)Math.Max(0, summed));
            if (from < to)
            {
                Find(block, from, count, (ushort)Math.Max(0, summed), (ushort)Math.Clamp(needed, 0, ushort.MaxValue), beside.Units, query, ref finisher);
                Finish(query.Top, ref finisher);
                _sums.Clear(from, from + Sums.Step);
                from += Sums.Step;
            }
        }
    }

    // The documents of a step that reach what is needed.
    private void Find<TFinisher>(Block block, int start, int count, ushort summed, ushort needed, int beside, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        Span<ushort> reached = stackalloc ushort[Sums.Lanes];
        for (var from = start; from < start + Sums.Step; from += Sums.Lanes)
        {
            if (!Vector512.GreaterThanOrEqualAny(_sums.At(from), Vector512.Create(summed)))
            {
                continue;
            }

            for (var reaching = Reaching(block, from, needed, query, reached); reaching != 0; reaching &= reaching - 1)
            {
                var lane = BitOperations.TrailingZeroCount(reaching);
                if (from + lane < count)
                {
                    _sums.Remove(from + lane);
                    finisher.Fetch(block.First + from + lane);
                    _found[_foundCount++] = new(block.First + from + lane, reached[lane] + beside);
                }
            }
        }
    }

    // All keys before the first is offered: none of them waits for another's fields, nor for what the list makes of another.
    private void Finish<TFinisher>(TopKeys top, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        Span<long> keys = stackalloc long[_foundCount];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = finisher.Key(_found[i].Document, _found[i].Reached);
        }

        foreach (var key in keys)
        {
            top.Offer(key);
        }

        _foundCount = 0;
    }

    // While the list is not full the largest sums are wanted with all they get: what must be reached is then nearly known after the first few. What has nothing
    // and must have something stays at nothing.
    private void AddClasses(Block block, int count, BlockQuery query)
    {
        var least = query.MustShareTerm || query.IsBound ? Vector512<ushort>.One : Vector512<ushort>.Zero;
        _sums.AddClasses(block, count, query.Columns, least);
    }

    private static Vector512<ushort> WithClasses(Vector512<ushort> sums, Block block, int from, BlockQuery query)
    {
        var columns = query.Columns;
        for (var i = 0; i < columns.Length; i++)
        {
            ref var classes = ref block.Column(i);
            sums = (sums + new ClassTable(columns[i].Units).Of(ref classes, from)) & new ClassTable(columns[i].Mask).Of(ref classes, from);
        }

        return sums;
    }

    // Which of the 32 documents reach the value together with what was left out and what their classes give, a bit each.
    private uint Reaching(Block block, int from, ushort needed, BlockQuery query, Span<ushort> reached)
    {
        var sums = _sums.At(from);
        foreach (var (column, weight) in _leftOut.Items)
        {
            sums += Sums.Wide(ref block.Dense(column), from) * Vector512.Create(weight);
        }

        sums = _classesSummed ? sums : WithClasses(sums, block, from, query);
        var reaching = (uint)Vector512.GreaterThanOrEqual(sums, Vector512.Create(needed)).ExtractMostSignificantBits();
        if (reaching != 0)
        {
            sums.CopyTo(reached);
        }

        return reaching;
    }

    /// <summary>What all documents have beside their sums: units that all may have, the most that left-out columns and classes give, and the least sum worth a look.</summary>
    private readonly record struct Beside(int Units, int LeftOut, int Classes, int Least);

    private readonly record struct Found(int Document, int Reached);
}
