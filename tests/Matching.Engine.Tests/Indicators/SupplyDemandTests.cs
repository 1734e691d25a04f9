using Matching.Engine.Indicators;

namespace Matching.Engine.Tests.Indicators;

public class SupplyDemandTests
{
    private static readonly (string Key, long Demand, long Seekers, decimal Published)[] Wuxi2013Q2 =
    [
        ("单位负责人", 5_453, 4_894, 1.01m), ("专业技术人员", 27_387, 23_883, 1.04m), ("办事人员", 24_709, 24_939, 0.91m), ("商业服务人员", 39_052, 31_340, 1.12m),
        ("农林牧渔人员", 1_631, 2_087, 0.73m), ("生产运输工人", 70_927, 74_820, 0.87m), ("其他", 10_672, 8_135, 1.17m),
    ];

    [Fact]
    public void Ratios_ReproduceThePublishedTableOfWuxi_ToTheDigit()
    {
        var table = SupplyDemandTable.Create(Wuxi2013Q2.Select(row => (row.Key, row.Demand, row.Seekers)), 16_556, 0);

        Assert.Equal(Wuxi2013Q2.Select(row => (decimal?)row.Published), table.Rows.Select(row => row.Ratio));
        Assert.Equal((179_831, 186_654, 0.96m), (table.Demand, table.Seekers, table.Ratio));
    }

    [Fact]
    public void Ratio_RoundsAnExactHalfUp() =>
        Assert.Equal(1.38m, SupplyDemandTable.Create([("甲", 1, 0), ("乙", 10, 10)], 8, 0).Rows[0].Ratio);

    [Fact]
    public void Ratio_IsEmpty_WhenThereIsNobody()
    {
        var table = SupplyDemandTable.Create([("甲", 5, 0), ("乙", 0, 0)], 0, 0);

        Assert.All(table.Rows, row => Assert.Null(row.Ratio));
        Assert.Null(table.Ratio);
        Assert.Null(table.Mismatch());
    }

    [Theory]
    [InlineData(50, 50, 50, 50, 0, 0)]
    [InlineData(100, 0, 0, 100, 0, 1)]
    [InlineData(60, 40, 40, 60, 0, 0.2)]
    [InlineData(60, 40, 0, 0, 100, 0)]
    public void Mismatch_IsHalfTheSumOfTheGapsBetweenShares(long demand1, long demand2, long seekers1, long seekers2, long none, double mismatch) =>
        Assert.Equal((decimal)mismatch, SupplyDemandTable.Create([("甲", demand1, seekers1), ("乙", demand2, seekers2)], none, 0).Mismatch());

    [Fact]
    public void ElevenColumns_CompareSharesInPoints_AndRatiosByDifference()
    {
        var now = SupplyDemandTable.Create([("甲", 60, 40), ("乙", 40, 60)], 0, 0);
        var before = SupplyDemandTable.Create([("甲", 50, 50), ("乙", 50, 50)], 0, 0);
        var first = ElevenColumns.Of(now, before, SupplyDemandTable.Create([("乙", 1, 1)], 0, 0))[0];

        Assert.Equal(new ElevenColumns("甲", 60, 60.0m, 10.0m, null, 40, 40.0m, -10.0m, null, 1.50m, 0.50m, null), first);
    }

    [Theory]
    [InlineData(110, 100L, 10L, 10.0)]
    [InlineData(95, 100L, -5L, -5.0)]
    [InlineData(5, 0L, 5L, null)]
    [InlineData(5, null, null, null)]
    public void Change_IsInPersonsAndPercent(long now, long? before, long? persons, double? percent) =>
        Assert.Equal(new Change(persons, (decimal?)percent), Change.Of(now, before));

    [Fact]
    public void Demand_IsCarriedOver_LessWhatWasFilledBefore()
    {
        Assert.True(Period.TryParse("2026Q3", out var period));
        DemandFact Demand(string opened, string? closed, params (string Day, int Count)[] fills) =>
            new([new(10, DateOnly.Parse(opened, null), closed is null ? null : DateOnly.Parse(closed, null), [.. fills.Select(fill => (DateOnly.Parse(fill.Day, null), fill.Count))], [], [])], null, null, null);

        Assert.Equal(new DemandCount(6, 0), DemandCount.Of(Demand("2026-05-01", null, ("2026-06-30", 4), ("2026-07-01", 3)), period));
        Assert.Equal(new DemandCount(10, 0), DemandCount.Of(Demand("2026-06-30", "2026-07-01"), period));
        Assert.Equal(new DemandCount(0, 0), DemandCount.Of(Demand("2026-05-01", "2026-06-30"), period));
        Assert.Equal(new DemandCount(0, 10), DemandCount.Of(Demand("2026-07-01", "2026-07-02"), period));
        Assert.Equal(new DemandCount(0, 10), DemandCount.Of(Demand("2026-09-30", null), period));
        Assert.Equal(new DemandCount(0, 0), DemandCount.Of(Demand("2026-10-01", null), period));
    }

    [Theory]
    [InlineData("2026Q3", "2026-07-01", "2026-09-30", "2026Q2", "2025Q3")]
    [InlineData("2026-01", "2026-01-01", "2026-01-31", "2025-12", "2025-01")]
    [InlineData("2024", "2024-01-01", "2024-12-31", "2023", "2023")]
    public void Period_KnowsItsEndsAndItsComparisons(string text, string start, string end, string previous, string year)
    {
        Assert.True(Period.TryParse(text, out var period));
        Assert.Equal((text, start, end, previous, year),
            (period.ToString(), period.Start.ToString("yyyy-MM-dd", null), period.End.ToString("yyyy-MM-dd", null), period.Previous.ToString(), period.YearBefore.ToString()));
    }

    [Theory]
    [InlineData("2026Q5")]
    [InlineData("2026-13")]
    [InlineData("26")]
    [InlineData("2026q1")]
    [InlineData("")]
    public void Period_RefusesOtherTexts(string text) => Assert.False(Period.TryParse(text, out _));
}
