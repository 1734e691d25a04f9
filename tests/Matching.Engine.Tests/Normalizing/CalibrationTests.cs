using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class CalibrationTests
{
    [Fact]
    public void Confidence_RisesWithStrength_AndMeetsItAtTheThreshold()
    {
        var all = Enumerable.Range(0, 101).Select(Calibration.Confidence).ToList();

        Assert.Equal(all.Order(), all);
        Assert.All(all.Select((confidence, strength) => (confidence, strength)), pair =>
            Assert.Equal(pair.strength >= OccupationCoder.AcceptFrom, pair.confidence >= OccupationCoder.AcceptFrom));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(55, 35)]
    [InlineData(72, 90)]
    [InlineData(100, 100)]
    public void Confidence_IsWhatWasFoundRight(int strength, int confidence) => Assert.Equal(confidence, Calibration.Confidence(strength));
}
