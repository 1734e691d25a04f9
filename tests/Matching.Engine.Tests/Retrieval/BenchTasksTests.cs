using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Matching.Benchmarks.Match.Data;
using Matching.Benchmarks.Match.Tasks;

namespace Matching.Engine.Tests.Retrieval;

/// <summary>The published data set is made bit for bit, and the engine finds what its publisher found.</summary>
public class BenchTasksTests
{
    private const int K = 20;

    [Fact]
    public void Generator_MakesThePublishedRecords_AndTheEngineThePublishedLists()
    {
        var (jobs, graduates) = new BenchGenerator('C').Create(100_000, 2_000);

        Assert.Equal([302, 1366, 1459, 1770, 3085, 4146, 4367, 6990, 7561, 7630, 10013, 13199, 13861, 14467, 14547, 15907, 15916], jobs.SkillsOf(0).ToArray().Select(skill => (int)skill));
        Assert.Equal([2, 5, 3, 4, 1, 5, 5, 4, 4, 2, 2, 5, 2, 2, 3, 4, 1], jobs.Level[..17]);
        Assert.Equal([19, 69, 50, 50, 6, 76, 89, 66, 55, 25, 30, 62, 22, 33, 37, 22, 8], jobs.WeightsOf(0).ToArray());
        Assert.Equal((121, 1, 1, 7, 15), (jobs.Occupation[0], jobs.Region[0], jobs.Education[0], jobs.Salary[0], jobs.Major(0)));

        var index = new BenchIndex(jobs);
        var (u, f) = (Lists(index, graduates, BenchTask.U), Lists(index, graduates, BenchTask.F));
        Assert.Equal(("6360b721b6832faa", "1943dcee32354471"), (Hash(u.Job), Hash(u.Score)));
        Assert.Equal(("e6ff840a39e0cc2a", "a241db813f5adc08"), (Hash(f.Job), Hash(f.Score)));
        Assert.Equal([(11949, 19692), (20760, 12544), (20589, 12400)], f.Job.Zip(f.Score).Take(3));
    }

    [Theory]
    [InlineData('C', 300)]
    [InlineData('Z', 2_000)]
    public void Lists_AreThoseOfComparingEveryPair(char set, int count)
    {
        var (jobs, graduates) = new BenchGenerator(set).Create(count, 100);
        var index = new BenchIndex(jobs);
        foreach (var task in Enum.GetValues<BenchTask>())
        {
            var lists = Lists(index, graduates, task);
            for (var graduate = 0; graduate < graduates.Count; graduate++)
            {
                var expected = Enumerable.Range(0, jobs.Count)
                    .Select(job => (Job: job, Product: Product(jobs, job, graduates, graduate)))
                    .Where(pair => pair.Product > 0 && (task == BenchTask.U || FilteredScore.Eligible(jobs, pair.Job, graduates, graduate)))
                    .Select(pair => (pair.Job, Score: pair.Product + (task == BenchTask.U ? 0 : FilteredScore.Beside(jobs, pair.Job, graduates, graduate))))
                    .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Job).Concat(Enumerable.Repeat((Job: -1, Score: 0), K)).Take(K);
                Assert.Equal(expected, lists.Job.Zip(lists.Score).Skip(graduate * K).Take(K));
            }
        }
    }

    private static TopLists Lists(BenchIndex index, BenchRecords graduates, BenchTask task)
    {
        var lists = new TopLists(graduates.Count, K);
        new BenchSearch(index, graduates).Find(task, [.. Enumerable.Range(0, graduates.Count)], lists);
        return lists;
    }

    private static int Product(BenchRecords jobs, int job, BenchRecords graduates, int graduate)
    {
        var sum = 0;
        for (var at = jobs.Start[job]; at < jobs.Start[job + 1]; at++)
        {
            var other = graduates.SkillsOf(graduate).BinarySearch(jobs.Skill[at]);
            sum += other < 0 ? 0 : jobs.Weight[at] * graduates.WeightsOf(graduate)[other];
        }

        return sum;
    }

    private static string Hash(int[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(values)))[..16];
}
