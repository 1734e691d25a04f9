using System.Numerics;
using System.Runtime.CompilerServices;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Searches blocks, one after another, for the best documents of one query. Each block: sum the lists, take the documents with the largest sums first while the list is not full,
/// then scan for whatever could still enter. Invariant: a document that is passed over has at most (sum + what was left out + rest) units, which is less than the worst kept needs.
/// So the order of blocks, what is left out and the taking of the largest first decide the time alone. One per thread.
/// </summary>
internal sealed class BlockSearch
{
    private const int Lanes = 32;
    private const int MostWarmUps = 4;

    // Dense lists are left out while the bound they cost stays below this share of what must be reached.
    private const int DeferDivisor = 3;

    private readonly Sums _sums = new();
    private int _touched; // nobody reads it: it keeps the touching from being left out

    /// <summary>Searches the first <paramref name="count"/> documents of a block, each of which has <paramref name="bonus"/> units beside its sum.</summary>
    public void Visit<TFinisher>(Block block, int count, int bonus, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        var leftOut = SumLists(block, query, bonus);
        var beside = bonus + leftOut;
        var least = query.MustShareTerm && leftOut == 0 ? 1 : 0;
        finisher.LeftOut(leftOut);
        for (var tries = 0; tries < MostWarmUps && !query.Top.IsFull; tries++)
        {
            WarmUp(block, count, beside + query.WeakBound, query, ref finisher);
        }

        var done = 0;
        foreach (var (from, to) in query.Home)
        {
            var (start, end) = (Math.Max(done, Sums.RoundDown(Math.Max(0, from - block.First))), Math.Min(Sums.RoundUp(count), Sums.RoundUp(Math.Max(0, to - block.First))));
            if (start < end)
            {
                Scan(block, done, start, count, beside + query.WeakBound, least, query, ref finisher);
                Scan(block, start, end, count, beside, least, query, ref finisher);
                done = end;
            }
        }

        Scan(block, done, Sums.RoundUp(count), count, beside + query.WeakBound, least, query, ref finisher);
        _sums.Clear(block.Count);
    }

    // What is left out, in units.
    private int SumLists(Block block, BlockQuery query, int bonus)
    {
        foreach (var floor in query.Floors)
        {
            SetFloor(block, floor);
        }

        var (leftOut, mayLeave) = (0, ((RankKey.Floor(query.Top.Worst) * query.UnitsPerPoint) - query.Rest - query.MostByClass - query.WeakBound - bonus) / DeferDivisor);
        foreach (ref readonly var term in query.Terms)
        {
            _touched += block.Touch(term.Term);
        }

        foreach (ref readonly var term in query.Terms)
        {
            _sums.Add(block.Kept(term.Term), term);
            if (block.Cap(term.Term) is > 0 and var cap)
            {
                var most = term.Units(cap);
                if (leftOut + most <= mayLeave)
                {
                    leftOut += most;
                }
                else
                {
                    _sums.Add(block.Deferrable(term.Term), term);
                }
            }
        }

        SumWeak(block, query);
        return leftOut;
    }

    private void SetFloor(Block block, QueryFloor floor)
    {
        if (floor.Term >= 0)
        {
            _sums.Set(block.Kept(floor.Term).Ids, floor.Units);
            if (block.Cap(floor.Term) > 0)
            {
                _sums.Set(block.Deferrable(floor.Term).Ids, floor.Units);
            }

            return;
        }

        var (from, to) = (Math.Max(0, floor.From - block.First), Math.Min(block.Count, floor.To - block.First));
        if (from < to)
        {
            _sums.Set(from, to, floor.Units);
        }
    }

    private void SumWeak(Block block, BlockQuery query)
    {
        foreach (var (home, end) in query.Home)
        {
            var (from, to) = (Sums.RoundDown(Math.Max(0, home - block.First)), Math.Min(block.Count, Sums.RoundUp(Math.Max(0, end - block.First))));
            if (from < to)
            {
                foreach (ref readonly var term in query.Weak)
                {
                    _sums.Add(block.Kept(term.Term).Within(from, to), term);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WarmUp<TFinisher>(Block block, int count, int beside, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        var value = _sums.NearLargest(count, query.Top.Missing);
        for (var from = 0; (from = _sums.NextStep(from, Sums.RoundUp(count), value)) < count; from += Sums.Step)
        {
            FinishStep(block, from, count, value, beside, query, ref finisher);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Scan<TFinisher>(Block block, int from, int to, int count, int beside, int least, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        while (true)
        {
            var needed = (Math.Max(1, RankKey.Floor(query.Top.Worst)) * query.UnitsPerPoint) - query.Rest - beside;
            var summed = Math.Max(least, needed - query.MostByClass);
            from = summed > ushort.MaxValue ? to : _sums.NextStep(from, to, (ushort)Math.Max(0, summed));
            if (from >= to)
            {
                return;
            }

            FinishStep(block, from, count, (ushort)Math.Clamp(needed, 0, ushort.MaxValue), beside, query, ref finisher);
            from += Sums.Step;
        }
    }

    private void FinishStep<TFinisher>(Block block, int start, int count, ushort value, int beside, BlockQuery query, ref TFinisher finisher)
        where TFinisher : struct, IFinisher
    {
        Span<ushort> reached = stackalloc ushort[Lanes];
        for (var from = start; from < start + Sums.Step; from += Lanes)
        {
            for (var reaching = _sums.Reaching(from, value, block, query.Columns, reached); reaching != 0; reaching &= reaching - 1)
            {
                var local = from + BitOperations.TrailingZeroCount(reaching);
                if (local < count)
                {
                    _sums.Remove(local);
                    query.Top.Offer(finisher.Key(block.First + local, reached[local - from] + beside, RankKey.Floor(query.Top.Worst)));
                }
            }
        }
    }
}
