using Matching.Engine.Allocation;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Allocation;

public class DeferredAcceptanceTests
{
    [Fact]
    public void Plan_IsTheStableOneThatEveryGraduateLikesBest_AmongAllPlans()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var lists = new RandomLists(seed, graduates: 1 + (seed % 5), demands: 1 + (seed % 3)).Build();
            var plan = DeferredAcceptance.Solve(lists);
            var stable = EveryPlan.Of(lists).Where(chosen => EveryPlan.IsStable(lists, chosen)).ToArray();
            var best = Enumerable.Range(0, lists.GraduateCount).Select(graduate => stable.Min(chosen => Rank(chosen[graduate])));

            Assert.Equal(best, Chosen(plan).Select(Rank));
        }
    }

    [Fact]
    public void Plan_HasNoBlockingPair_KeepsToTheSeats_AndAssignsListedPairsOnly()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var lists = new RandomLists(seed, graduates: 60, demands: 15, pointLevels: 1 + (seed % 30)).Build();

            Assert.Equal(new StabilityReport(0, 0, 0), StabilityCheck.Check(DeferredAcceptance.Solve(lists)));
        }
    }

    [Fact]
    public void Check_CountsWhatTheDefinitionCounts_OnPlansOfAnyKind()
    {
        var unstable = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var lists = new RandomLists(seed, graduates: 4, demands: 2).Build();
            foreach (var chosen in EveryPlan.Of(lists))
            {
                var report = StabilityCheck.Check(new Plan(lists, chosen));
                Assert.Equal(EveryPlan.IsStable(lists, chosen), report is { BlockingPairs: 0, Overfilled: 0, Unlisted: 0 });
                unstable += report.BlockingPairs > 0 ? 1 : 0;
            }
        }

        Assert.True(unstable > 1_000);
    }

    [Fact]
    public void Check_SeesTooManyOnADemand_AndEntriesOfOthers()
    {
        var lists = Lists([new(1, 1)], new ListedPair(0, 0, 100), new ListedPair(1, 0, 200));

        Assert.Equal(1, StabilityCheck.Check(new Plan(lists, [0, 1])).Overfilled);
        Assert.Equal(1, StabilityCheck.Check(new Plan(lists, [1, Plan.None])).Unlisted);
    }

    [Fact]
    public void Plan_DoesNotDependOnTheOrderOfInput()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomLists(seed, graduates: 40, demands: 10);
            var expected = random.Build();
            var lists = random.BuildShuffled();

            Assert.Equal(expected.PairCount, lists.PairCount);
            Assert.Equal(Chosen(DeferredAcceptance.Solve(expected)), Chosen(DeferredAcceptance.Solve(lists)));
            Assert.Equal(Chosen(MaximumPoints.Solve(expected)!.Plan), Chosen(MaximumPoints.Solve(lists)!.Plan));
        }
    }

    // By points alone, best pair first, the stranger of 90 points would have the seat and everything would end there.
    [Fact]
    public void Priorities_MakeMoreOfIt_ThanTakingTheBestPairsFirst()
    {
        var pairs = new[]
        {
            new ListedPair(0, 0, 90_00), new ListedPair(0, 1, 60_00),
            new ListedPair(1, 0, 50_00, OrderClass: true),
            new ListedPair(2, 1, 70_00, Class: 1), new ListedPair(2, 2, 40_00),
        };
        var lists = Lists([new(1, 1, Reserved: 1), new(2, 1), new(3, 1)], pairs);

        // The order class has its seat; its loser has priority over 70 points at the next demand; that one's graduate goes on to the third. All three are placed.
        Assert.Equal([1, 0, 2], Enumerable.Range(0, 3).Select(DeferredAcceptance.Solve(lists).Demand));

        var greedy = Lists([new(1, 1), new(2, 1), new(3, 1)], [.. pairs.Select(pair => pair with { OrderClass = false, Class = 0 })]);
        Assert.Equal([0, Plan.None, 1], Enumerable.Range(0, 3).Select(DeferredAcceptance.Solve(greedy).Demand));
    }

    [Fact]
    public void ReservedSeats_AreOpenToAll_WhenTheOrderClassLeavesThem_AndNoMoreThanReservedGoFirst()
    {
        var (member, stranger) = (new ListedPair(0, 0, 10_00, OrderClass: true), new ListedPair(1, 0, 90_00));
        Assert.Equal([0, 0], Demands(Lists([new(1, 2, Reserved: 2)], member, stranger)));
        Assert.Equal([0, Plan.None], Demands(Lists([new(1, 1, Reserved: 1)], member, stranger)));
        Assert.Equal([Plan.None, 0], Demands(Lists([new(1, 1)], member, stranger)));

        // One seat reserved of two: the second of the order class competes by points.
        Assert.Equal([0, Plan.None, 0], Demands(Lists([new(1, 2, Reserved: 1)], member with { Points = 20_00 }, member with { Graduate = 1 }, stranger with { Graduate = 2 })));
    }

    [Fact]
    public void EqualPoints_GoByTheGraduatesWishes_ThenByTheLowerId()
    {
        var lists = Lists([new(1, 1), new(2, 1), new(3, 1)], new(0, 0, 50_00, Wish: 2), new(0, 1, 50_00, Wish: 0), new(0, 2, 50_00, Wish: 0), new(1, 1, 50_00));

        Assert.Equal([1, Plan.None], Demands(lists));
    }

    [Fact]
    public void Unknown_IsAssignedOnlyWhereThePlanAllowsIt_AndAfterPass()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomLists(seed, graduates: 20, demands: 8);
            var strict = random.Build(unknownAllowed: false);
            Assert.All(Enumerable.Range(0, strict.PairCount), entry => Assert.Equal(Verdict.Pass, strict.Verdict(entry)));
        }

        Assert.Equal([Plan.None, 0], Demands(Lists([new(1, 1)], new(0, 0, 90_00, Verdict.Unknown, OrderClass: true), new(1, 0, 10_00))));
    }

    [Fact]
    public void Add_RefusesAPairThatFails()
    {
        var builder = new PairListsBuilder([new(1, 1)], unknownAllowed: true);
        builder.AddGraduate(1);

        Assert.Throws<ArgumentException>(() => builder.Add(new ListedPair(0, 0, 100, Verdict.Fail)));
        Assert.Throws<ArgumentException>(() => builder.Add(new ListedPair(0, 0, 0)));
        Assert.Throws<ArgumentException>(() => builder.AddGraduate(1));
    }

    internal static PairLists Lists(OfferedDemand[] demands, params ListedPair[] pairs)
    {
        var builder = Builder(demands, pairs.Max(pair => pair.Graduate) + 1, unknownAllowed: true);
        foreach (var pair in pairs)
        {
            builder.Add(pair);
        }

        return builder.Build();
    }

    internal static PairListsBuilder Builder(OfferedDemand[] demands, int graduates, bool unknownAllowed)
    {
        var builder = new PairListsBuilder(demands, unknownAllowed);
        for (var id = 1; id <= graduates; id++)
        {
            builder.AddGraduate(id);
        }

        return builder;
    }

    internal static int[] Chosen(Plan plan) => [.. Enumerable.Range(0, plan.Lists.GraduateCount).Select(plan.Entry)];

    private static int[] Demands(PairLists lists) => [.. Enumerable.Range(0, lists.GraduateCount).Select(DeferredAcceptance.Solve(lists).Demand)];

    // A graduate's entries stand in his order; none comes last.
    private static int Rank(int entry) => entry == Plan.None ? int.MaxValue : entry;
}
