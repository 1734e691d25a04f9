using Matching.Engine.Indicators;

namespace Matching.Engine.Tests.Indicators;

public class SuppressionTests
{
    [Theory]
    [InlineData(new long[] { 100, 50, 30 }, new bool[] { false, false, false })]
    [InlineData(new long[] { 100, 5, 30 }, new bool[] { false, true, true })]
    [InlineData(new long[] { 100, 5, 8, 30 }, new bool[] { false, true, true, false })]
    [InlineData(new long[] { 100, 2, 3, 30 }, new bool[] { false, true, true, true })]
    [InlineData(new long[] { 100, 0, 30 }, new bool[] { false, false, false })]
    public void Hide_TakesSmallCells_AndWhatWouldGiveThemAway(long[] counts, bool[] expected)
    {
        Assert.Equal(expected, Suppression.Hide(counts, Suppression.Threshold, out var total));
        Assert.False(total);
    }

    [Fact]
    public void Hide_TakesTheTotalToo_WhenNothingElseHelps()
    {
        Assert.Equal([true, true], Suppression.Hide([3, 0], Suppression.Threshold, out var total));
        Assert.True(total);
    }

    // An attacker who knows the total and the shown cells tries every assignment of the hidden ones.
    [Fact]
    public void HiddenCells_CannotBeWorkedOut_OnRandomTables()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var counts = Enumerable.Range(0, random.Next(1, 7)).Select(_ => (long)random.Next(random.Next(2) == 0 ? 12 : 60)).ToArray();
            var hidden = Suppression.Hide(counts, Suppression.Threshold, out var totalHidden);

            Assert.All(Enumerable.Range(0, counts.Length).Where(i => counts[i] is > 0 and < Suppression.Threshold), i => Assert.True(hidden[i]));
            if (!totalHidden)
            {
                var rest = counts.Where((_, i) => hidden[i]).Sum();
                foreach (var cell in Enumerable.Range(0, counts.Length).Where(i => hidden[i]))
                {
                    var possible = Enumerable.Range(0, (int)rest + 1).Where(value => hidden.Count(isHidden => isHidden) > 1 || value == rest).ToArray();
                    Assert.True(possible.Length >= 3 && possible.Max() >= Suppression.Threshold, $"seed {seed}");
                    Assert.Equal((possible.Min(), possible.Max()), ((int)Suppression.Interval(counts, hidden, cell).Low, (int)Suppression.Interval(counts, hidden, cell).High));
                }
            }
        }
    }
}
