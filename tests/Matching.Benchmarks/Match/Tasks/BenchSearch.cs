using System.Numerics;
using Matching.Benchmarks.Match.Data;
using Matching.Engine.Retrieval;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>
/// Asks the engine for a batch of graduates at a time, best all of one occupation: each block is searched for all of them while it is in the cache.
/// Everybody's best block comes before all others. A batch of one is a single question. One per thread.
/// </summary>
internal sealed class BenchSearch(BenchIndex index, BenchRecords graduates)
{
    private readonly BlockSearch _search = new();
    private readonly List<BlockQuery> _queries = [];
    private readonly List<BenchVisit>[] _plan = [.. Enumerable.Range(0, 2 * (index.RegionBlocks.Length + index.OccupationBlocks.Length)).Select(_ => new List<BenchVisit>())];
    private readonly List<BenchVisit> _visits = [];

    /// <summary>Finds the lists of all <paramref name="batch"/> and puts each at its graduate's place.</summary>
    public void Find(BenchTask task, ReadOnlySpan<int> batch, TopLists lists)
    {
        while (_queries.Count < batch.Length)
        {
            _queries.Add(new());
        }

        for (var i = 0; i < batch.Length; i++)
        {
            Ask(task, batch[i], lists.K, _queries[i]);
        }

        Plan(task, batch);
        for (var i = 0; i < _visits.Count; i++)
        {
            Visit(task, batch, _visits[i], i + 1 < _visits.Count ? _visits[i + 1] : null);
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

    private int Blocks => _plan.Length / 2;

    private bool ByRegion(BenchTask task, int graduate) => task == BenchTask.F && graduates.Mask[graduate] != BenchRecords.AnyRegion;

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
            query.AddLinear(BenchRecords.Skills + graduates.Major(graduate), FilteredScore.Major);
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

    private void Visit(BenchTask task, ReadOnlySpan<int> batch, BenchVisit visit, BenchVisit? next)
    {
        var finisher = new JobFinisher(visit.ByRegion ? index.ByRegion : index.ByOccupation, task, graduates, batch[visit.Place]);
        _search.Visit(visit.Block, visit.Count, visit.Bonus, _queries[visit.Place], next is { } following ? (following.Block, _queries[following.Place]) : null, ref finisher);
    }

    // Each block is asked by all before the next; but everybody's best one comes before all others, because what must be reached then rises at once.
    private void Plan(BenchTask task, ReadOnlySpan<int> batch)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            if (ByRegion(task, batch[i]))
            {
                PlanRegions(batch[i], i);
            }
            else
            {
                PlanOccupations(batch[i], i);
            }
        }

        _visits.Clear();
        foreach (var ofBlock in _plan)
        {
            _visits.AddRange(ofBlock);
            ofBlock.Clear();
        }
    }

    // Best is where he may take most jobs.
    private void PlanRegions(int graduate, int place)
    {
        var (education, home) = (graduates.Education[graduate], graduates.Region[graduate]);
        var best = home;
        for (var mask = graduates.Mask[graduate]; mask != 0; mask &= mask - 1)
        {
            var region = (byte)BitOperations.TrailingZeroCount(mask);
            best = index.Jobs(region, education) > index.Jobs(best, education) ? region : best;
        }

        for (var mask = graduates.Mask[graduate]; mask != 0; mask &= mask - 1)
        {
            var region = BitOperations.TrailingZeroCount(mask);
            var (from, to) = index.BlocksOf(region);
            for (var at = from; at < to; at++)
            {
                if (index.Prefix(index.RegionBlocks[at], region, education) is > 0 and var count)
                {
                    _plan[at + (region == best ? 0 : Blocks)].Add(new(index.RegionBlocks[at], count, region == home ? FilteredScore.Region : 0, place, ByRegion: true));
                }
            }
        }
    }

    // Best is where the jobs of his occupation are.
    private void PlanOccupations(int graduate, int place)
    {
        for (var at = 0; at < index.OccupationBlocks.Length; at++)
        {
            var block = index.OccupationBlocks[at];
            _plan[index.RegionBlocks.Length + at + (at == index.BlockOfOccupation[graduates.Occupation[graduate]] ? 0 : Blocks)].Add(new(block, block.Count, 0, place, ByRegion: false));
        }
    }

    /// <summary>The first so many jobs of a block, for one of the batch.</summary>
    private readonly record struct BenchVisit(Block Block, int Count, int Bonus, int Place, bool ByRegion);
}
