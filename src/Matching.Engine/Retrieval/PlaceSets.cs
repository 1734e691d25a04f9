using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Who would work where, as sets of documents. A graduate may wish several places, so no class tells them; but province, prefecture and place lie in one another, so what the best wish gives is the sum
/// of a part for each that he is in. The exact place is a list of its own (<see cref="TermKind.Place"/>), because there are many and each is short.
/// </summary>
/// <remarks>A set is 2 KB a block; there are as many as prefectures and provinces are wished, so at most some 700 KB for 16,384 graduates of the whole country.</remarks>
internal sealed class PlaceSets
{
    private readonly Dictionary<(PlaceSet, int), int> _numbers = [];

    /// <summary>The sets of a block's graduates.</summary>
    public uint[]?[] Of(ReadOnlySpan<GraduateFacts> graduates)
    {
        var sets = new List<uint[]?>();
        for (var i = 0; i < graduates.Length; i++)
        {
            ref readonly var graduate = ref graduates[i];
            if (graduate.AnyRegion || graduate.Regions.Length == 0)
            {
                Add(sets, graduate.AnyRegion ? PlaceSet.Anywhere : PlaceSet.Unsaid, 0, i);
                continue;
            }

            foreach (var wish in graduate.Regions)
            {
                Add(sets, PlaceSet.Province, wish.Province, i);
                Add(sets, PlaceSet.Prefecture, wish.Prefecture, i);
                if (wish.IsProvince)
                {
                    Add(sets, PlaceSet.WholeProvince, wish.Province, i);
                }
            }
        }

        return [.. sets];
    }

    /// <summary>Gives everybody what his wishes are worth up to the prefecture, and keeps those whom a binding place refuses from being listed.</summary>
    public void Ask(in DemandFacts demand, UnitScale scale, BlockQuery query)
    {
        var (place, weight) = (demand.Region, scale.Weights.Region);
        var (near, far) = (scale.Of(Components.OfTenths(weight, 7)), scale.Of(Components.OfTenths(weight, 4)));
        Give(query, PlaceSet.Anywhere, 0, near);
        Give(query, PlaceSet.Province, place.Province, far);
        Give(query, PlaceSet.Prefecture, place.Prefecture, (ushort)(near - far));
        if (demand.RegionBinding)
        {
            query.Bind();
            Allow(query, PlaceSet.Anywhere, 0);
            Allow(query, PlaceSet.Unsaid, 0);
            Allow(query, PlaceSet.Prefecture, place.Prefecture);
            Allow(query, place.IsProvince ? PlaceSet.Province : PlaceSet.WholeProvince, place.Province);
        }
    }

    private void Give(BlockQuery query, PlaceSet kind, int area, ushort units)
    {
        if (_numbers.TryGetValue((kind, area), out var number))
        {
            query.AddSet(number, units);
        }
    }

    private void Allow(BlockQuery query, PlaceSet kind, int area)
    {
        if (_numbers.TryGetValue((kind, area), out var number))
        {
            query.Allow(number);
        }
    }

    private void Add(List<uint[]?> sets, PlaceSet kind, int area, int local)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (kind, area), out var known);
        number = known ? number : _numbers.Count - 1;
        while (sets.Count <= number)
        {
            sets.Add(null);
        }

        (sets[number] ??= new uint[Block.Size / Sums.Lanes])[local / Sums.Lanes] |= 1u << (local % Sums.Lanes);
    }

    private enum PlaceSet
    {
        Anywhere,
        Unsaid,
        Province,
        WholeProvince,
        Prefecture,
    }
}
