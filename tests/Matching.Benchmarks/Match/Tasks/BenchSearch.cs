using System.Numerics;
using Matching.Benchmarks.Match.Data;
using Matching.Engine.Retrieval;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>
/// Asks the engine for a batch of graduates at a time, best all of one occupation: each block is searched for all of them while it is in the cache.
/// Every graduate's home block comes first, because what must be reached then rises at once. A batch of one is a single question. One per thread.
/// </summary>
internal sealed class BenchSearch(BenchIndex index, BenchRecords graduates)
{
    private readonly BlockSearch _search = new();
    private readonly List<BlockQuery> _queries = [];
    private readonly List<int> _anywhere = [];
    private readonly List<int>[] _wishing = [.. Enumerable.Range(0, BenchRecords.Regions).Select(_ => new List<int>())];

    /// <summary>Finds the lists of all <paramref name="batch"/> and puts each at its graduate's place.</summary>
    public void Find(BenchTask task, ReadOnlySpan<int> batch, TopLists lists)
    {
        while (_queries.Count < batch.Length)
        {
            _queries.Add(new());
        }

        _anywhere.Clear();
        Array.ForEach(_wishing, wishing => wishing.Clear());
        for (var i = 0; i < batch.Length; i++)
        {
            Ask(task, batch[i], lists.K, _queries[i]);
            Plan(task, batch[i], i);
        }

        foreach (var home in (ReadOnlySpan<bool>)[true, false])
        {
            VisitRegions(batch, home);
            VisitOccupations(task, batch, home);
        }

        for (var i = 0; i < batch.Length; i++)
        {
            var place = 0;
            foreach (var key in _queries[i].Top.BestFirst())
            {
                lists.Set(batch[i], place++, RankKey.Rank(key), RankKey.Points(key));
            }
        }
    }

    private bool ByRegion(BenchTask task, int graduate) => task == BenchTask.F && graduates.Mask[graduate] != BenchRecords.AnyRegion;

    // Which blocks a graduate visits.
    private void Plan(BenchTask task, int graduate, int place)
    {
        if (!ByRegion(task, graduate))
        {
            _anywhere.Add(place);
            return;
        }

        for (var mask = graduates.Mask[graduate]; mask != 0; mask &= mask - 1)
        {
            _wishing[BitOperations.TrailingZeroCount(mask)].Add(place);
        }
    }

    private void Ask(BenchTask task, int graduate, int k, BlockQuery query)
    {
        query.Begin(k, unitsPerPoint: 1, mustShareTerm: true);
        var skills = graduates.SkillsOf(graduate);
        var weights = graduates.WeightsOf(graduate);
        for (var i = 0; i < skills.Length; i++)
        {
            query.AddLinear(skills[i], weights[i]);
        }

        if (task == BenchTask.F)
        {
            query.AddFloor(BenchRecords.Skills + graduates.Major(graduate), FilteredScore.Major);
            AddColumns(graduate, query, ByRegion(task, graduate));
        }
    }

    // By region, the bonus of the region belongs to the block and the education to the prefix.
    private void AddColumns(int graduate, BlockQuery query, bool byRegion)
    {
        Span<ushort> units = stackalloc ushort[Block.Classes];
        units.Clear();
        for (var salary = 0; salary < BenchRecords.Salaries; salary++)
        {
            units[salary] = (ushort)FilteredScore.Salary(salary, graduates.Salary[graduate]);
        }

        query.AddColumn(units);
        if (!byRegion)
        {
            units.Clear();
            units[graduates.Region[graduate]] = FilteredScore.Region;
            query.AddColumn(units);
            units.Clear();
            query.AddColumn(units, refused: uint.MaxValue << (graduates.Education[graduate] + 1));
        }
    }

    private void VisitRegions(ReadOnlySpan<int> batch, bool home)
    {
        foreach (var block in index.RegionBlocks)
        {
            var region = index.RegionOf(block);
            var wishing = _wishing[region];
            for (var i = 0; i < wishing.Count; i++)
            {
                var (place, graduate) = (wishing[i], batch[wishing[i]]);
                if (home == (region == graduates.Region[graduate]) && index.Prefix(block, region, graduates.Education[graduate]) is > 0 and var count)
                {
                    var finisher = new JobFinisher(index.ByRegion, BenchTask.F, graduates, graduate);
                    _search.Visit(block, count, home ? FilteredScore.Region : 0, _queries[place], After(wishing, i), ref finisher);
                }
            }
        }
    }

    private void VisitOccupations(BenchTask task, ReadOnlySpan<int> batch, bool home)
    {
        for (var at = 0; at < index.OccupationBlocks.Length; at++)
        {
            for (var i = 0; i < _anywhere.Count; i++)
            {
                var (place, graduate) = (_anywhere[i], batch[_anywhere[i]]);
                if (home == (at == index.BlockOfOccupation[graduates.Occupation[graduate]]))
                {
                    var (block, finisher) = (index.OccupationBlocks[at], new JobFinisher(index.ByOccupation, task, graduates, graduate));
                    _search.Visit(block, block.Count, 0, _queries[place], After(_anywhere, i), ref finisher);
                }
            }
        }
    }

    // Whom the block is asked for next.
    private BlockQuery? After(List<int> places, int i) => i + 1 < places.Count ? _queries[places[i + 1]] : null;
}
