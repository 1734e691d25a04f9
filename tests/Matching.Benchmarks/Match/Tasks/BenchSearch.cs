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
    private readonly byte[] _weights = new byte[BenchRecords.Skills];

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

        VisitRegions(task, batch, home: true);
        VisitRegions(task, batch, home: false);
        VisitOccupations(task, batch, home: true);
        VisitOccupations(task, batch, home: false);
        for (var i = 0; i < batch.Length; i++)
        {
            var place = 0;
            foreach (var key in _queries[i].Top.BestFirst())
            {
                lists.Set(batch[i], place++, RankKey.Rank(key), RankKey.Points(key));
            }
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

    // By region, the bonus of the region belongs to the block.
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
        }
    }

    private bool ByRegion(BenchTask task, int graduate) => task == BenchTask.F && graduates.Mask[graduate] != BenchRecords.AnyRegion;

    private void VisitRegions(BenchTask task, ReadOnlySpan<int> batch, bool home)
    {
        foreach (var block in index.RegionBlocks)
        {
            var region = index.ByRegion.Facts[block.First].Region;
            for (var i = 0; i < batch.Length; i++)
            {
                var graduate = batch[i];
                var count = Math.Min(block.Count, index.EducationEnd[(region * 5) + graduates.Education[graduate]] - block.First);
                if (ByRegion(task, graduate) && (graduates.Mask[graduate] >> region & 1) != 0 && home == (region == graduates.Region[graduate]) && count > 0)
                {
                    Visit(index.ByRegion, block, count, home ? FilteredScore.Region : 0, _queries[i], graduate, filtered: true);
                }
            }
        }
    }

    private void VisitOccupations(BenchTask task, ReadOnlySpan<int> batch, bool home)
    {
        for (var at = 0; at < index.OccupationBlocks.Length; at++)
        {
            var block = index.OccupationBlocks[at];
            for (var i = 0; i < batch.Length; i++)
            {
                if (!ByRegion(task, batch[i]) && home == (at == index.BlockOfOccupation[graduates.Occupation[batch[i]]]))
                {
                    Visit(index.ByOccupation, block, block.Count, 0, _queries[i], batch[i], task == BenchTask.F);
                }
            }
        }
    }

    private void Visit(JobOrder order, Block block, int count, int bonus, BlockQuery query, int graduate, bool filtered)
    {
        var skills = graduates.SkillsOf(graduate);
        var weights = graduates.WeightsOf(graduate);
        for (var i = 0; i < skills.Length; i++)
        {
            _weights[skills[i]] = weights[i];
        }

        var finisher = new JobFinisher(order, _weights, filtered ? GraduateFacts.Of(graduates, graduate) : null);
        _search.Visit(block, count, bonus, query, ref finisher);
        foreach (var skill in skills)
        {
            _weights[skill] = 0;
        }
    }
}
