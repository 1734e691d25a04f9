using Matching.Benchmarks.Match.Data;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>The jobs in the order of an index, with what finishing a score reads of them lying side by side.</summary>
internal sealed class JobOrder
{
    public JobOrder(BenchRecords jobs, Comparison<int> order)
    {
        Jobs = jobs;
        Ids = [.. Enumerable.Range(0, jobs.Count)];
        Ids.AsSpan().Sort(order);
        Facts = [.. Ids.Select(id => new JobFacts(id, jobs.Region[id], jobs.Salary[id], jobs.Major(id)))];
    }

    public BenchRecords Jobs { get; }

    public int[] Ids { get; }

    public JobFacts[] Facts { get; }
}

internal readonly record struct JobFacts(int Id, byte Region, byte Salary, byte Major);
