using Matching.Benchmarks.Match.Data;
using Matching.Engine.Retrieval;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>
/// The jobs in the engine's blocks, twice: by occupation, for graduates whom any region suits and for task U; and a block a region, lowest education first,
/// so that the region filter is a choice of blocks and the education filter the length of a prefix. Terms are the skills, then the majors.
/// </summary>
internal sealed class BenchIndex
{
    public const int Terms = BenchRecords.Skills + (BenchRecords.Occupations / 8);

    public BenchIndex(BenchRecords jobs)
    {
        ByOccupation = new JobOrder(jobs, (a, b) => (jobs.Occupation[a], a).CompareTo((jobs.Occupation[b], b)));
        OccupationBlocks = BlockBuilder.Build(Terms, [0], EntriesOf(ByOccupation), linear: true);
        ByRegion = new JobOrder(jobs, (a, b) => (jobs.Region[a], jobs.Education[a], jobs.Occupation[a], a).CompareTo((jobs.Region[b], jobs.Education[b], jobs.Occupation[b], b)));
        RegionBlocks = BlockBuilder.Build(Terms, [.. Enumerable.Range(0, BenchRecords.Regions).Select(region => Prefix(region, 0))], EntriesOf(ByRegion), linear: true);
        BlockOfOccupation = [.. Enumerable.Range(0, BenchRecords.Occupations).Select(occupation => Math.Min(OccupationBlocks.Length - 1, Occupation(jobs, occupation) / Block.Size))];
        EducationEnd = [.. Enumerable.Range(0, BenchRecords.Regions * 5).Select(i => Prefix(i / 5, (i % 5) + 1))];
    }

    public JobOrder ByOccupation { get; }

    public Block[] OccupationBlocks { get; }

    public int[] BlockOfOccupation { get; }

    public JobOrder ByRegion { get; }

    /// <summary>At least one a region, in the order of regions.</summary>
    public Block[] RegionBlocks { get; }

    /// <summary>By region · 5 + education: where in <see cref="ByRegion"/> the jobs of the region end that ask for no more.</summary>
    public int[] EducationEnd { get; }

    public long Bytes => OccupationBlocks.Concat(RegionBlocks).Sum(block => block.Bytes);

    private static Entries EntriesOf(JobOrder order)
    {
        var count = order.Ids.Length;
        var entries = new Entries(new int[count + 1], new int[order.Skill.Length + count], new byte[order.Skill.Length + count],
            [.. order.Facts.Select(facts => facts.Salary)], [.. order.Facts.Select(facts => facts.Region)]);
        for (var (i, at) = (0, 0); i < count; i++)
        {
            for (var from = order.Start[i]; from < order.Start[i + 1]; from++, at++)
            {
                (entries.Term[at], entries.Code[at]) = (order.Skill[from], order.Weight[from]);
            }

            (entries.Term[at], entries.Code[at]) = (BenchRecords.Skills + order.Facts[i].Major, 1);
            entries.Start[i + 1] = ++at;
        }

        return entries;
    }

    // The first job, in the order of regions, that lies behind all of the region with less education.
    private int Prefix(int region, int education)
    {
        var (low, high) = (0, ByRegion.Facts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var facts = ByRegion.Facts[middle];
            (low, high) = (facts.Region, facts.Education).CompareTo(((byte)region, (byte)education)) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int Occupation(BenchRecords jobs, int occupation)
    {
        var (low, high) = (0, ByOccupation.Ids.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = jobs.Occupation[ByOccupation.Ids[middle]] < occupation ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
