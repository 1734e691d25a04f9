using Matching.Benchmarks.Match.Data;

namespace Matching.Benchmarks.Match.Tasks;

/// <summary>The jobs in the order of an index, with what finishing a score reads of them lying side by side.</summary>
internal sealed class JobOrder
{
    public JobOrder(BenchRecords jobs, Comparison<int> order)
    {
        Ids = [.. Enumerable.Range(0, jobs.Count)];
        Ids.AsSpan().Sort(order);
        Facts = new JobFacts[Ids.Length];
        Start = new int[Ids.Length + 1];
        (Skill, Weight) = (new ushort[jobs.Start[^1]], new byte[jobs.Start[^1]]);
        for (var i = 0; i < Ids.Length; i++)
        {
            var id = Ids[i];
            Facts[i] = new(id, jobs.Region[id], jobs.Education[id], jobs.Salary[id], jobs.Major(id));
            Start[i + 1] = Start[i] + jobs.SkillsOf(id).Length;
            jobs.SkillsOf(id).CopyTo(Skill.AsSpan(Start[i]));
            jobs.WeightsOf(id).CopyTo(Weight.AsSpan(Start[i]));
        }
    }

    public int[] Ids { get; }

    public JobFacts[] Facts { get; }

    public int[] Start { get; }

    public ushort[] Skill { get; }

    public byte[] Weight { get; }
}

internal readonly record struct JobFacts(int Id, byte Region, byte Education, byte Salary, byte Major);
