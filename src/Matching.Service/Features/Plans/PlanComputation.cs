using Matching.Engine.Allocation;
using Allocated = Matching.Engine.Allocation.Plan;

namespace Matching.Service.Features.Plans;

/// <summary>What a run found: the plan to be stored, and the figures of all three ways.</summary>
internal sealed record ComputedPlan(Allocated Plan, PlanFigureTable Figures);

/// <summary>Computes both objectives on the same lists. Everything worth arguing about happens in Matching.Engine.</summary>
internal static class PlanComputation
{
    // Entries looked at, some ten nanoseconds each; a plan that was asked for may take ten times as much as one for comparison only.
    private const long ComparedSteps = 3_000_000_000;
    private const long AskedSteps = 30_000_000_000;

    /// <exception cref="InvalidOperationException">The most points were asked for and cannot be found with the effort allowed.</exception>
    public static ComputedPlan Compute(PlanInput input, string objective, int k)
    {
        var lists = input.Market.Build();
        var stable = DeferredAcceptance.Solve(lists);
        var asked = objective == PlanTexts.Maximum;
        var maximum = MaximumPoints.Solve(lists, asked ? AskedSteps : ComparedSteps)?.Plan;
        var stored = !asked ? stable : maximum ?? throw new InvalidOperationException("The plan of most points is too large to compute; narrow its scope or take a smaller k.");
        var outcomes = new List<PlanOutcome> { Outcome(PlanTexts.Stable, k, stable) };
        if (maximum is not null)
        {
            outcomes.Add(Outcome(PlanTexts.Maximum, k, maximum));
        }

        outcomes.Add(Outcome(PlanTexts.TopK, k, PlanFigures.OfTopLists(lists, k), null));
        return new ComputedPlan(stored, new PlanFigureTable(
            lists.GraduateCount, lists.Demands.Count, lists.Demands.Sum(demand => (long)demand.Seats), lists.PairCount, input.StaleLists, outcomes, Unmatched(stored)));
    }

    private static PlanOutcome Outcome(string objective, int k, Allocated plan) => Outcome(objective, k, PlanFigures.Of(plan), StabilityCheck.Check(plan));

    private static PlanOutcome Outcome(string objective, int k, PlanFigures of, StabilityReport? check) => new(
        objective, PlanTexts.Objective(objective, k), of.Names, of.Graduates, of.GraduateCoverage, of.Demands, of.DemandCoverage, of.Seats, of.SeatCoverage, of.Points / 100m,
        of.AveragePoints is { } average ? decimal.Round(average / 100, 2) : null, of.AverageChoice, of.Gini, of.Concentration, check?.BlockingPairs, check?.Overfilled);

    private static UnmatchedCount[] Unmatched(Allocated plan) =>
    [
        .. UnmatchedReasons.OfGraduates(plan).CountBy(one => one.Reason).OrderBy(group => group.Key).Select(group => (Code: PlanTexts.Of(group.Key), group.Value))
            .Select(group => new UnmatchedCount("GRADUATE", group.Code, PlanTexts.OfGraduate(group.Code), group.Value, null)),
        .. UnmatchedReasons.OfDemands(plan).GroupBy(one => one.Reason).OrderBy(group => group.Key).Select(group => (Code: PlanTexts.Of(group.Key), Rows: group.ToArray()))
            .Select(group => new UnmatchedCount("DEMAND", group.Code, PlanTexts.OfDemand(group.Code), group.Rows.Length, group.Rows.Sum(one => (long)one.SeatsLeft))),
    ];
}
