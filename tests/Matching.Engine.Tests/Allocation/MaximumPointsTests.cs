using Matching.Engine.Allocation;

namespace Matching.Engine.Tests.Allocation;

public class MaximumPointsTests
{
    [Fact]
    public void Plan_HasTheMostPointsOfAllPlans()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var lists = new RandomLists(seed, graduates: 1 + (seed % 5), demands: 1 + (seed % 3), pointLevels: 1 + (seed % 9)).Build();

            Assert.Equal(EveryPlan.Of(lists).Max(chosen => EveryPlan.Points(lists, chosen)), PlanFigures.Of(MaximumPoints.Solve(lists)!.Plan).Points);
        }
    }

    // Too large to try every plan; the prices prove it.
    [Fact]
    public void Plan_ReachesTheBoundOfItsPrices_AndNoSeatIsTakenTwice()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var lists = new RandomLists(seed, graduates: 20 + (seed % 80), demands: 1 + (seed % 25), pointLevels: 1 + (seed % 60)).Build();
            var best = MaximumPoints.Solve(lists)!;
            var report = StabilityCheck.Check(best.Plan);

            Assert.Equal(best.Bound(), PlanFigures.Of(best.Plan).Points);
            Assert.All(best.Prices, price => Assert.True(price >= 0));
            Assert.Equal((0, 0), (report.Overfilled, report.Unlisted));
            Assert.True(PlanFigures.Of(DeferredAcceptance.Solve(lists)).Points <= best.Bound());
        }
    }

    [Fact]
    public void Solve_GivesUp_AfterTheStepsAllowed() =>
        Assert.Null(MaximumPoints.Solve(new RandomLists(1, graduates: 50, demands: 10).Build(), mostSteps: 20));

    [Fact]
    public void Total_CountsMoreThanWhoIsBestAtOnePlace()
    {
        // 90 + 80 is more than 95 and nobody: the best at the first demand goes where only he can.
        var lists = DeferredAcceptanceTests.Lists([new(1, 1), new(2, 1)], new(0, 0, 95_00), new(0, 1, 90_00), new(1, 0, 80_00));

        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(MaximumPoints.Solve(lists)!.Plan.Demand));
        Assert.Equal([0, Plan.None], Enumerable.Range(0, 2).Select(DeferredAcceptance.Solve(lists).Demand));
    }
}
