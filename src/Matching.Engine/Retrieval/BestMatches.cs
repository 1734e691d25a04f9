using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>Keeps the best <c>k</c> entries offered, in the order of <see cref="RankedMatch.Before"/>; O(log k) an offer that gets in, O(1) one that does not.</summary>
public sealed class BestMatches
{
    private static readonly Comparer<RankedMatch> WorstFirst = Comparer<RankedMatch>.Create((a, b) => a.Before(b));

    private readonly PriorityQueue<RankedMatch, RankedMatch> _kept = new(WorstFirst);
    private readonly int _capacity;

    public BestMatches(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>
    /// Whether an entry of at most <paramref name="bound"/> points could still get in, whatever its verdict, priority and id. Once the list is full of PASS entries
    /// that is so only for a bound that reaches the worst of them.
    /// </summary>
    public bool CouldEnter(int bound) => _kept.Count < _capacity || _kept.Peek() is var worst && (worst.Verdict != Verdict.Pass || bound >= worst.Points);

    public void Offer(RankedMatch match)
    {
        if (match.Points < 1 || match.Verdict == Verdict.Fail)
        {
            return;
        }

        if (_kept.Count < _capacity)
        {
            _kept.Enqueue(match, match);
        }
        else if (match.Before(_kept.Peek()) > 0)
        {
            _kept.DequeueEnqueue(match, match);
        }
    }

    public RankedMatch[] BestFirst() => [.. _kept.UnorderedItems.Select(item => item.Element).OrderDescending(WorstFirst)];
}
