using System.Numerics;

namespace Matching.Benchmarks.Match.Data;

/// <summary>
/// The data set tsd-bench-1: jobs and graduates whose skills follow a long-tailed distribution. Set C draws six of ten skills from a core list of the occupation
/// (as real postings do), set Z draws all of them independently, which is the hardest for pruning. Integers only, so any language makes the same bits.
/// </summary>
internal sealed class BenchGenerator
{
    private const int CoreLength = 64;
    private const ulong Seed = 1;

    private readonly ulong[] _skills = Table(BenchRecords.Skills, 10);
    private readonly ulong[] _occupations = Table(BenchRecords.Occupations, 20);
    private readonly ulong[] _corePositions = Table(CoreLength, 4);
    private readonly ulong[] _regions = Table(BenchRecords.Regions, 3);
    private readonly ushort[][] _cores;
    private readonly int _corePercent;

    public BenchGenerator(char set)
    {
        _corePercent = set == 'C' ? 60 : 0;
        var common = Table(BenchRecords.Skills, 200);
        _cores = [.. Enumerable.Range(0, BenchRecords.Occupations).Select(occupation => Core(occupation, common))];
    }

    /// <summary>Both sides; weights depend on how often the jobs ask for a skill.</summary>
    public (BenchRecords Jobs, BenchRecords Graduates) Create(int jobs, int graduates)
    {
        var (j, g) = (Side(jobs, 1, 26), Side(graduates, 2, 20));
        var rarity = Rarity(j);
        (j.Weight, g.Weight) = (Weights(j, rarity), Weights(g, rarity));
        return (j, g);
    }

    private static ulong[] Table(int count, ulong offset)
    {
        var cumulative = new ulong[count];
        var sum = 0UL;
        for (var i = 0; i < count; i++)
        {
            cumulative[i] = sum += (1UL << 40) / ((ulong)i + offset);
        }

        return cumulative;
    }

    private static ushort SkillOf(int rank) => (ushort)(((rank * 9973) + 12345) & (BenchRecords.Skills - 1));

    private static SplitMix Stream(ulong kind, int i) => new(SplitMix.Mix((Seed * 1_000_003) + (kind << 40) + (ulong)i));

    private static ushort[] Core(int occupation, ulong[] common)
    {
        var random = Stream(3, occupation);
        var core = new List<ushort>();
        while (core.Count < CoreLength)
        {
            var skill = SkillOf(random.Pick(common));
            if (!core.Contains(skill))
            {
                core.Add(skill);
            }
        }

        return [.. core];
    }

    private BenchRecords Side(int count, ulong kind, int spread)
    {
        var records = new BenchRecords
        {
            Start = new int[count + 1], Skill = new ushort[count * (spread + 4)], Level = new byte[count * (spread + 4)], Occupation = new ushort[count],
            Region = new byte[count], Education = new byte[count], Salary = new byte[count], Mask = new uint[count],
        };
        for (var i = 0; i < count; i++)
        {
            Record(records, i, kind, spread);
        }

        return records;
    }

    private void Record(BenchRecords records, int i, ulong kind, int spread)
    {
        var random = Stream(kind, i);
        var occupation = random.Pick(_occupations);
        var region = random.Pick(_regions);
        var education = random.Below(100);
        records.Occupation[i] = (ushort)occupation;
        records.Region[i] = (byte)region;
        ReadOnlySpan<int> steps = kind == 1 ? [20, 50, 85, 97] : [10, 40, 85, 98];
        records.Education[i] = (byte)(education < steps[0] ? 0 : education < steps[1] ? 1 : education < steps[2] ? 2 : education < steps[3] ? 3 : 4);
        records.Salary[i] = (byte)random.Below(16);
        var any = random.Below(100);
        var mask = 1u << region;
        for (var extra = random.Below(4); extra > 0; extra--)
        {
            mask |= 1u << random.Pick(_regions);
        }

        records.Mask[i] = any < 15 ? BenchRecords.AnyRegion : mask;
        records.Start[i + 1] = records.Start[i] + Skills(ref random, _cores[occupation], records, records.Start[i], 5 + random.Below(spread));
    }

    private int Skills(ref SplitMix random, ushort[] core, BenchRecords records, int start, int want)
    {
        var skills = records.Skill.AsSpan(start, want);
        var levels = records.Level.AsSpan(start, want);
        var count = 0;
        for (var attempt = 0; attempt < 4 * want && count < want; attempt++)
        {
            var skill = random.Below(100) < _corePercent ? core[random.Pick(_corePositions)] : SkillOf(random.Pick(_skills));
            var level = (byte)(1 + random.Below(5));
            if (!skills[..count].Contains(skill))
            {
                (skills[count], levels[count]) = (skill, level);
                count++;
            }
        }

        skills[..count].Sort(levels[..count]);
        return count;
    }

    private static int[] Rarity(BenchRecords jobs)
    {
        var frequency = new int[BenchRecords.Skills];
        foreach (var skill in jobs.Skill.AsSpan(0, jobs.Start[^1]))
        {
            frequency[skill]++;
        }

        return [.. frequency.Select(df => Math.Max(1, BitOperations.Log2(((ulong)jobs.Count << 8) / ((ulong)df + 1)) - 7))];
    }

    private static byte[] Weights(BenchRecords records, int[] rarity)
    {
        var weights = new byte[records.Start[^1]];
        for (var i = 0; i < records.Count; i++)
        {
            var sum = 0L;
            for (var at = records.Start[i]; at < records.Start[i + 1]; at++)
            {
                var raw = records.Level[at] * rarity[records.Skill[at]];
                sum += (long)raw * raw;
            }

            for (var at = records.Start[i]; at < records.Start[i + 1]; at++)
            {
                weights[at] = (byte)Math.Max(1, Math.Floor((200.0 * records.Level[at] * rarity[records.Skill[at]] / Math.Sqrt(sum)) + 0.5));
            }
        }

        return weights;
    }
}
