namespace Matching.Engine.Indicators;

/// <summary>One posting of a demand.</summary>
/// <param name="Headcount">Seats it asks for today, persons.</param>
/// <param name="OpenedOn">First day open.</param>
/// <param name="ClosedOn">Day it was filled, withdrawn or expired; null: open.</param>
/// <param name="Fills">Seats filled, by day; negative where a report was taken back.</param>
/// <param name="HeadcountChanges">By how many seats the headcount was changed, by day.</param>
/// <param name="Gaps">Times in which it was closed before it was reopened.</param>
/// <param name="Cap">Most seats that are counted of it; null: all.</param>
public sealed record DemandPosting(
    int Headcount, DateOnly OpenedOn, DateOnly? ClosedOn, IReadOnlyList<(DateOnly Day, int Count)> Fills,
    IReadOnlyList<(DateOnly Day, int Count)> HeadcountChanges, IReadOnlyList<(DateOnly Closed, DateOnly Reopened)> Gaps, int? Cap = null)
{
    /// <summary>Seats asked for as they were counted at the end of that day.</summary>
    public int HeadcountAfter(DateOnly day) => Math.Min(Headcount - HeadcountChanges.Where(change => change.Day > day).Sum(change => change.Count), Cap ?? int.MaxValue);

    /// <summary>Seats reported filled before that day.</summary>
    public int FilledBefore(DateOnly day) => Fills.Where(fill => fill.Day < day).Sum(fill => fill.Count);

    /// <summary>Whether it was open before that day and on it; the day it closes counts as open.</summary>
    public bool IsCarriedInto(DateOnly day) =>
        OpenedOn < day && (ClosedOn is null || ClosedOn >= day) && !Gaps.Any(gap => gap.Closed < day && gap.Reopened >= day);

    /// <summary>The first day in the period on which it was opened or reopened.</summary>
    public DateOnly? OpenedIn(Period period) =>
        Gaps.Select(gap => gap.Reopened).Append(OpenedOn).Where(day => day >= period.Start && day <= period.End).Select(day => (DateOnly?)day).Min();
}

/// <summary>What indicators know of a demand that counts (of kind EMPLOYMENT or ORDER_CLASS, never a draft, not a labour agency's).</summary>
/// <param name="Postings">Its postings in the order in which they are counted: the one that is counted first, copies after it.</param>
/// <param name="Occupation">Occupation code; null: 未归类.</param>
/// <param name="Education">Group of the least education (first digit of GB/T 4658); null: any.</param>
/// <param name="ClusterId">Industry cluster.</param>
public sealed record DemandFact(IReadOnlyList<DemandPosting> Postings, string? Occupation, char? Education, long? ClusterId);

/// <summary>What indicators know of a seeker (求职者): a graduate looking for work, or a registered person.</summary>
/// <param name="From">First day he looks.</param>
/// <param name="Until">From then on he does not; null: still looking.</param>
/// <param name="Occupation">First wished occupation, else the programme's main one; null: no requirement (无要求).</param>
/// <param name="Education">Group of the education reached.</param>
public sealed record SeekerFact(DateOnly From, DateOnly? Until, string? Occupation, char? Education)
{
    /// <summary>One person counts once in a period in which he looks on any day.</summary>
    public bool CountsIn(Period period) => From <= period.End && (Until is null || Until > period.Start);
}
