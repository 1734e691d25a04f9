using Matching.Engine.Indicators;

namespace Matching.Engine.Tests.Indicators;

public class DemandCountTests
{
    private static readonly DemandPosting Ten = new(10, new(2026, 2, 10), null, [], [], []);

    [Theory]
    [InlineData("2026-01", 0, 0)]
    [InlineData("2026-02", 0, 10)]
    [InlineData("2026-03", 10, 0)]
    [InlineData("2026Q1", 0, 10)]
    [InlineData("2026Q2", 10, 0)]
    public void OpenDemand_IsNewOnce_AndCarriedOverAfter(string period, long carried, long fresh) => Expect(period, carried, fresh, Ten);

    [Theory]
    [InlineData("2026-03", 10, 0)]
    [InlineData("2026-04", 7, 0)]
    [InlineData("2026-05", 9, 0)]
    public void Fills_CountFromTheNextPeriod_AndSoDoesTakingThemBack(string period, long carried, long fresh) =>
        Expect(period, carried, fresh, Ten with { Fills = [(new(2026, 3, 20), 3), (new(2026, 4, 2), -2)] });

    // 10 asked for in February, 30 from 15 March, 25 from 3 May: today it asks for 25.
    [Theory]
    [InlineData("2026-02", 0, 10)]
    [InlineData("2026-03", 10, 20)]
    [InlineData("2026-04", 30, 0)]
    [InlineData("2026-05", 30, 0)]
    [InlineData("2026-06", 25, 0)]
    [InlineData("2026", 0, 25)]
    public void TodaysHeadcount_DoesNotRewriteThePast(string period, long carried, long fresh) =>
        Expect(period, carried, fresh, Ten with { Headcount = 25, HeadcountChanges = [(new(2026, 3, 15), 20), (new(2026, 5, 3), -5)] });

    [Theory]
    [InlineData("2026-03", 10, 0)]
    [InlineData("2026-04", 0, 0)]
    [InlineData("2026-05", 0, 10)]
    [InlineData("2026-06", 10, 0)]
    [InlineData("2026Q2", 0, 10)]
    public void Reopened_IsNewAgain_WhereItWasClosedWhenThePeriodBegan(string period, long carried, long fresh) =>
        Expect(period, carried, fresh, Ten with { Gaps = [(new(2026, 3, 31), new(2026, 5, 5))] });

    [Theory]
    [InlineData("2026-02", 0, 10)]
    [InlineData("2026-04", 10, 0)]
    [InlineData("2026-05", 10, 0)]
    [InlineData("2026-06", 10, 0)]
    public void Copies_CountOnce_AndGoOnWhenTheFirstIsWithdrawn(string period, long carried, long fresh) => Expect(
        period, carried, fresh, Ten with { ClosedOn = new(2026, 4, 20) }, Ten with { OpenedOn = new(2026, 3, 5) });

    [Fact]
    public void OpenCopy_OfAFilledDemand_AsksForNothing() => Expect(
        "2026-05", 0, 0, Ten with { ClosedOn = new(2026, 4, 20), Fills = [(new(2026, 4, 20), 10)] }, Ten with { OpenedOn = new(2026, 3, 5) });

    [Fact]
    public void Giants_AreCut_InEveryPeriod()
    {
        Expect("2026-02", 0, 50, Ten with { Headcount = 999, Cap = 50 });
        Expect("2026-03", 50, 0, Ten with { Headcount = 999, Cap = 50 });
        Expect("2026-03", 20, 0, Ten with { Headcount = 999, Cap = 50, Fills = [(new(2026, 2, 20), 30)] });
        Expect("2026-03", 10, 40, Ten with { Headcount = 999, Cap = 50, HeadcountChanges = [(new(2026, 3, 20), 989)] });
    }

    private static void Expect(string period, long carried, long fresh, params DemandPosting[] postings)
    {
        Assert.True(Period.TryParse(period, out var parsed));
        Assert.Equal(new DemandCount(carried, fresh), DemandCount.Of(new DemandFact(postings, null, null, null), parsed));
    }
}
