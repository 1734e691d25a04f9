namespace Matching.Benchmarks.Match.Tasks;

/// <summary>K results a graduate, best first: job -1 and score 0 where there are fewer.</summary>
internal sealed class TopLists
{
    public TopLists(int graduates, int k)
    {
        (K, Job, Score) = (k, new int[graduates * k], new int[graduates * k]);
        Array.Fill(Job, -1);
    }

    public int K { get; }

    public int[] Job { get; }

    public int[] Score { get; }

    public int Graduates => Job.Length / K;

    public void Set(int graduate, int place, int job, int score) => (Job[(graduate * K) + place], Score[(graduate * K) + place]) = (job, score);

    /// <summary>Whether a graduate's list is the same, id for id and score for score.</summary>
    public bool Same(int graduate, TopLists other, int otherGraduate) =>
        Job.AsSpan(graduate * K, K).SequenceEqual(other.Job.AsSpan(otherGraduate * K, K))
        && Score.AsSpan(graduate * K, K).SequenceEqual(other.Score.AsSpan(otherGraduate * K, K));
}
