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
    private const int Educations = 5;

    private readonly int[] _blocks; // the first of each region, then the end
    private readonly int[] _firsts; // of each region and education in the order of regions, then the end

    public BenchIndex(BenchRecords jobs)
    {
        var linear = Enumerable.Repeat(true, Terms).ToArray();
        ByOccupation = new JobOrder(jobs, (a, b) => (jobs.Occupation[a], a).CompareTo((jobs.Occupation[b], b)));
        OccupationBlocks = BlockBuilder.Build(Terms, [0], EntriesOf(ByOccupation), linear);
        BlockOfOccupation = [.. Enumerable.Range(0, BenchRecords.Occupations).Select(occupation => Math.Min(OccupationBlocks.Length - 1, First(ByOccupation, jobs.Occupation, occupation) / OccupationBlocks[0].Count))];
        ByRegion = new JobOrder(jobs, (a, b) => (jobs.Region[a], jobs.Education[a], jobs.Occupation[a], a).CompareTo((jobs.Region[b], jobs.Education[b], jobs.Occupation[b], b)));
        ushort[] steps = [.. jobs.Region.Zip(jobs.Education, (region, education) => (ushort)((region * Educations) + education))];
        _firsts = [.. Enumerable.Range(0, (BenchRecords.Regions * Educations) + 1).Select(step => First(ByRegion, steps, step))];
        RegionBlocks = BlockBuilder.Build(Terms, [.. Enumerable.Range(0, BenchRecords.Regions).Select(region => _firsts[region * Educations])], EntriesOf(ByRegion), linear);
        _blocks = [.. Enumerable.Range(0, BenchRecords.Regions + 1).Select(region => Array.FindIndex(RegionBlocks, block => block.First >= _firsts[region * Educations]) is >= 0 and var at ? at : RegionBlocks.Length)];
    }

    public JobOrder ByOccupation { get; }

    public Block[] OccupationBlocks { get; }

    public int[] BlockOfOccupation { get; }

    public JobOrder ByRegion { get; }

    /// <summary>At least one a region, in the order of regions.</summary>
    public Block[] RegionBlocks { get; }

    public long Bytes => OccupationBlocks.Concat(RegionBlocks).Sum(block => block.Bytes);

    /// <summary>A region's blocks.</summary>
    public (int From, int To) BlocksOf(int region) => (_blocks[region], _blocks[region + 1]);

    /// <summary>How many of a region's jobs ask for no more than this education.</summary>
    public int Jobs(int region, int education) => _firsts[(region * Educations) + education + 1] - _firsts[region * Educations];

    /// <summary>How many of a block's first jobs ask for no more than this education.</summary>
    public int Prefix(Block block, int region, int education) => Math.Clamp(_firsts[(region * Educations) + education + 1] - block.First, 0, block.Count);

    private static Entries EntriesOf(JobOrder order)
    {
        var (jobs, count) = (order.Jobs, order.Ids.Length);
        var size = jobs.Start[^1] + count;
        var entries = new Entries(
            new int[count + 1], new int[size], new byte[size],
            [.. order.Ids.Select(id => jobs.Salary[id])], [.. order.Ids.Select(id => jobs.Region[id])], [.. order.Ids.Select(id => jobs.Education[id])]);
        for (var (i, at) = (0, 0); i < count; i++)
        {
            var id = order.Ids[i];
            for (var from = jobs.Start[id]; from < jobs.Start[id + 1]; from++, at++)
            {
                (entries.Term[at], entries.Code[at]) = (jobs.Skill[from], jobs.Weight[from]);
            }

            (entries.Term[at], entries.Code[at]) = (BenchRecords.Skills + jobs.Major(id), 1);
            entries.Start[i + 1] = ++at;
        }

        return entries;
    }

    // Where the jobs begin whose value, by which they stand in order, is not lower.
    private static int First(JobOrder order, ushort[] values, int value)
    {
        var (low, high) = (0, order.Ids.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = values[order.Ids[middle]] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
