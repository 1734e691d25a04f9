using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>One entry of a match list.</summary>
/// <param name="Id">The demand or graduate found.</param>
/// <param name="Points">Hundredths of a point, at least 1.</param>
/// <param name="Verdict">PASS or UNKNOWN; a pair that fails is in no list.</param>
/// <param name="Priority">A member's demand where the region gives members priority.</param>
public readonly record struct RankedMatch(long Id, int Points, Verdict Verdict, bool Priority = false)
{
    /// <summary>The order of every list: PASS before UNKNOWN, more points, priority, lower id. Positive when this one stands before <paramref name="other"/>.</summary>
    public int Before(RankedMatch other) =>
        Verdict != other.Verdict ? other.Verdict.CompareTo(Verdict)
        : Points != other.Points ? Points.CompareTo(other.Points)
        : Priority != other.Priority ? Priority.CompareTo(other.Priority)
        : other.Id.CompareTo(Id);
}
