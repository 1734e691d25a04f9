using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Benchmarks.Match.Peers;

/// <summary>
/// What a good programmer writes first, and the oracle of the other engines: an inverted index, a sum per job, the list of jobs touched, a heap. Floats hold these sums exactly.
/// </summary>
internal sealed class TermAtATime
{
    private readonly BenchRecords _jobs;
    private readonly BenchRecords _graduates;
    private readonly int[] _start = new int[BenchRecords.Skills + 1];
    private readonly int[] _job;
    private readonly float[] _weight;

    public TermAtATime(BenchRecords jobs, BenchRecords graduates)
    {
        (_jobs, _graduates) = (jobs, graduates);
        (_job, _weight) = (new int[jobs.Start[^1]], new float[jobs.Start[^1]]);
        foreach (var skill in jobs.Skill.AsSpan(0, jobs.Start[^1]))
        {
            _start[skill + 1]++;
        }

        for (var i = 0; i < BenchRecords.Skills; i++)
        {
            _start[i + 1] += _start[i];
        }

        var next = (int[])_start.Clone();
        for (var job = 0; job < jobs.Count; job++)
        {
            for (var at = jobs.Start[job]; at < jobs.Start[job + 1]; at++)
            {
                var place = next[jobs.Skill[at]]++;
                (_job[place], _weight[place]) = (job, jobs.Weight[at]);
            }
        }
    }

    public Scratch NewScratch() => new(_jobs.Count);

    public void Find(BenchTask task, int graduate, int k, TopLists lists, int place, Scratch scratch)
    {
        var (sums, touched, best) = (scratch.Sums, scratch.Touched, scratch.Best);
        touched.Clear();
        best.Clear();
        var skills = _graduates.SkillsOf(graduate);
        var weights = _graduates.WeightsOf(graduate);
        for (var i = 0; i < skills.Length; i++)
        {
            for (var at = _start[skills[i]]; at < _start[skills[i] + 1]; at++)
            {
                var job = _job[at];
                if (sums[job] == 0)
                {
                    touched.Add(job);
                }

                sums[job] += _weight[at] * weights[i];
            }
        }

        foreach (var job in touched)
        {
            var score = (int)sums[job];
            sums[job] = 0;
            if (task == BenchTask.F)
            {
                if (!FilteredScore.Eligible(_jobs, job, _graduates, graduate))
                {
                    continue;
                }

                score += FilteredScore.Beside(_jobs, job, _graduates, graduate);
            }

            var key = ((long)score << 32) | (uint)(int.MaxValue - job);
            if (best.Count < k)
            {
                best.Enqueue(key, key);
            }
            else if (key > best.Peek())
            {
                best.DequeueEnqueue(key, key);
            }
        }

        for (var i = best.Count - 1; i >= 0; i--)
        {
            var key = best.Dequeue();
            lists.Set(place, i, int.MaxValue - (int)(key & 0xFFFF_FFFF), (int)(key >> 32));
        }
    }

    internal sealed class Scratch(int jobs)
    {
        public float[] Sums { get; } = new float[jobs];

        public List<int> Touched { get; } = [];

        public PriorityQueue<long, long> Best { get; } = new();
    }
}
