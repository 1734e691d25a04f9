using Matching.Engine.Indicators;

namespace Matching.Engine.Tests.Indicators;

public class PlacementRatesTests
{
    private static readonly string[] Served = ["6-18-01-07"];

    [Fact]
    public void Rates_AreThoseOfTheFormulas()
    {
        DestinationFact[] graduates =
        [
            new("CONTRACT", "440306", true, "6-18-01-07", Served, 6_000),
            new("AGREEMENT", "440305", false, "6-18-01-01", Served, 5_000),
            new("FREELANCE", "440106", null, "6-18-02-04", Served, null),
            new("STARTUP", null, null, null, Served, null),
            new("MILITARY", "110105", null, null, Served, 4_000),
            new("FURTHER_STUDY", "440306", null, null, Served, null),
            new("SEEKING", null, null, null, Served, null),
            new("PAUSED", null, null, null, Served, null),
            new(null, null, null, null, Served, null),
            new("CONTRACT", "440306", true, "2-02-07-01", Served, 7_000),
        ];
        var rates = PlacementRates.Of(graduates, "440306");

        Assert.Equal((10, 1), (rates.Graduates, rates.Unknown));
        Assert.Equal(
            [70m, 30m, 10m, 10m, 10m, 10m, 20m, 10m],
            new[] { rates.Placed, rates.Contract, rates.Flexible, rates.Startup, rates.OtherEmployed, rates.Study, rates.Seeking, rates.Paused }.Select(rate => rate.Percent!.Value));
        Assert.Equal([(2m, 5L), (3m, 5L), (4m, 5L)], new[] { rates.LocalCounty, rates.LocalPrefecture, rates.LocalProvince }.Select(rate => (rate.Numerator, rate.Denominator)));
        Assert.Equal((2m, 3L, 66.67m), (rates.Alliance.Numerator, rates.Alliance.Denominator, rates.Alliance.Percent));
        Assert.Equal((2.1m, 4L, 52.5m), (rates.Relevant.Numerator, rates.Relevant.Denominator, rates.Relevant.Percent));
        Assert.Equal([4_000, 5_000, 6_000], rates.Wages);
        Assert.Equal(4, rates.WagesKnown);
    }

    [Fact]
    public void TheRatesOfAll_AddUp_OnRandomCohorts()
    {
        string?[] kinds =
        [
            "AGREEMENT", "CONTRACT", "OTHER_EMPLOYMENT", "RESEARCH_ASSISTANT", "MILITARY", "NATIONAL_PROJECT", "LOCAL_PROJECT", "STARTUP", "FREELANCE",
            "FURTHER_STUDY", "ABROAD", "SEEKING", "PLANNING_STUDY", "PAUSED", null,
        ];
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var graduates = Enumerable.Range(0, random.Next(1, 50)).Select(_ => new DestinationFact(kinds[random.Next(kinds.Length)], null, null, null, [], null)).ToArray();
            var rates = PlacementRates.Of(graduates, "440306");
            Rate[] parts = [rates.Contract, rates.Flexible, rates.Startup, rates.OtherEmployed, rates.Study, rates.Seeking, rates.Paused];

            Assert.Equal(graduates.Length, parts.Sum(part => part.Numerator));
            Assert.Equal(rates.Placed.Numerator, parts[..5].Sum(part => part.Numerator));
        }
    }

    [Fact]
    public void Rates_AreEmpty_WithoutGraduates()
    {
        var rates = PlacementRates.Of([], "440306");

        Assert.Null(rates.Placed.Percent);
        Assert.Equal([null, null, null], rates.Wages);
    }
}
