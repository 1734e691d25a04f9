namespace Matching.Engine.Indicators;

/// <summary>What indicators know of a demand that counts (canonical, of kind EMPLOYMENT or ORDER_CLASS, never a draft).</summary>
/// <param name="Headcount">Seats, persons.</param>
/// <param name="OpenedOn">First day open.</param>
/// <param name="ClosedOn">Day it was filled, withdrawn or expired; null: open.</param>
/// <param name="Fills">Seats filled, by day.</param>
/// <param name="Occupation">Occupation code; null: 未归类.</param>
/// <param name="Education">Group of the least education (first digit of GB/T 4658); null: any.</param>
/// <param name="ClusterId">Industry cluster.</param>
public sealed record DemandFact(int Headcount, DateOnly OpenedOn, DateOnly? ClosedOn, IReadOnlyList<(DateOnly Day, int Count)> Fills, string? Occupation, char? Education, long? ClusterId);

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
