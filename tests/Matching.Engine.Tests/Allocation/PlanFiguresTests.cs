using Matching.Engine.Allocation;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Allocation;

public class PlanFiguresTests
{
    [Fact]
    public void Figures_AreThoseWorkedOutByHand()
    {
        // Three graduates, demands of 1, 2 and 1 seats; nobody lists the third.
        var lists = DeferredAcceptanceTests.Lists([new(1, 1), new(2, 2), new(3, 1)], new(0, 0, 90_00), new(0, 1, 40_00), new(1, 0, 80_00), new(1, 1, 50_00), new(2, 0, 70_00));

        // Graduate 0 on demand 1, graduate 1 on demand 2 by his second choice, graduate 2 nowhere. p = ½, ½ of three demands.
        var plan = PlanFigures.Of(DeferredAcceptance.Solve(lists));
        Assert.Equal((2, 2, 2, 2L, 140_00L), (plan.Names, plan.Graduates, plan.Demands, plan.Seats, plan.Points));
        Assert.Equal((0.6667m, 0.6667m, 0.5m, 70_00m, 1.5m), (plan.GraduateCoverage, plan.DemandCoverage, plan.SeatCoverage, plan.AveragePoints, plan.AverageChoice));
        Assert.Equal(0.3691m, plan.Concentration); // 1 − ln 2 / ln 3

        // Loads of the four seats 0, ½, ½, 1: differences of all ordered pairs 6, over 2 · 4 seats · 2 names.
        Assert.Equal(0.375m, plan.Gini);

        // Plain lists of one: all on demand 1.
        var top = PlanFigures.OfTopLists(lists, 1);
        Assert.Equal((3, 3, 1, 1L, 1m), (top.Names, top.Graduates, top.Demands, top.Seats, top.Concentration));
        Assert.Equal(0.75m, top.Gini);
        Assert.Equal(5, PlanFigures.OfTopLists(lists, 9).Names);
    }

    [Fact]
    public void Gini_IsTheMeanDifferenceOfAllSeats_OnRandomPlans()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var lists = new RandomLists(seed, graduates: 30, demands: 2 + (seed % 10)).Build();
            var plan = DeferredAcceptance.Solve(lists);
            var counts = plan.CountByDemand();
            var loads = lists.Demands.SelectMany((demand, i) => Enumerable.Repeat(counts[i] / (double)demand.Seats, demand.Seats)).ToArray();
            var expected = loads.Sum(one => loads.Sum(other => Math.Abs(one - other))) / (2 * loads.Length * loads.Sum());

            Assert.Equal(expected, (double)PlanFigures.Of(plan).Gini!.Value, 3);
        }
    }

    [Fact]
    public void Figures_AreNull_WhereThereIsNobodyToCountOver()
    {
        var figures = PlanFigures.Of(DeferredAcceptance.Solve(new PairListsBuilder([], unknownAllowed: false).Build()));

        Assert.Equal((null, null, null, null), (figures.GraduateCoverage, figures.Gini, figures.Concentration, figures.AveragePoints));
    }

    [Fact]
    public void Reasons_TellWhyNobodyWasFound()
    {
        var builder = DeferredAcceptanceTests.Builder([new(1, 1, Reserved: 1), new(2, 1), new(3, 2), new(4, 1), new(5, 1)], graduates: 6, unknownAllowed: false);
        foreach (var pair in (ListedPair[])[
            new(0, 0, 50_00, OrderClass: true), new(1, 0, 60_00), new(2, 1, 70_00), new(3, 1, 60_00), new(2, 2, 40_00), new(4, 3, 50_00, Verdict.Unknown)])
        {
            builder.Add(pair);
        }

        var plan = DeferredAcceptance.Solve(builder.Build());

        Assert.Equal(
            [(1, GraduateReason.LostToPriority), (3, GraduateReason.LostToPoints), (4, GraduateReason.AwaitsAnswers), (5, GraduateReason.NotQualified)],
            UnmatchedReasons.OfGraduates(plan));
        Assert.Equal(
            [(2, DemandReason.Wishes, 2, 1), (3, DemandReason.AwaitsAnswers, 1, 0), (4, DemandReason.NobodyQualified, 1, 0)], UnmatchedReasons.OfDemands(plan));
    }

    [Theory]
    [InlineData(false, LocalArea.None, 0)]
    [InlineData(true, LocalArea.None, 2)]
    [InlineData(false, LocalArea.County, 1)]
    [InlineData(false, LocalArea.Prefecture, 1)]
    [InlineData(true, LocalArea.Province, 2)]
    public void Class_PutsMemberSchoolsBeforeLocalGraduates(bool members, LocalArea local, int expected)
    {
        var rules = new PriorityRules(members, local);

        Assert.Equal(expected, rules.ClassOf(memberSchool: false, new RegionId(440100), null, new RegionId(440306)));
        Assert.Equal(0, rules.ClassOf(memberSchool: true, new RegionId(110100), new RegionId(440306), new RegionId(440306)));
    }
}
