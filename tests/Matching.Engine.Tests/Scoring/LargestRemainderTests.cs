using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

public class LargestRemainderTests
{
    [Theory]
    [InlineData(10, new[] { 1, 1, 1 }, 10, 3, new[] { 4, 3, 3 })] // 3⅓ each: the odd point goes to the first
    [InlineData(17, new[] { 2, 3, 5 }, 17, 10, new[] { 3, 5, 9 })] // 3.4, 5.1, 8.5
    [InlineData(0, new[] { 0, 0 }, 35, 5, new[] { 0, 0 })]
    [InlineData(0, new int[0], 35, 0, new int[0])]
    public void Rest_GoesToTheLargestRemainders(int total, int[] amounts, int weight, int whole, int[] expected)
    {
        var points = new int[amounts.Length];

        LargestRemainder.Split(total, amounts, weight, whole, points);

        Assert.Equal(expected, points);
    }

    [Fact]
    public void Points_AreTheWholePartOrOneMore_AndAddUp_ForManyItems()
    {
        var random = new Random(1);
        for (var times = 0; times < 200; times++)
        {
            var amounts = Enumerable.Range(0, 1 + random.Next(150)).Select(_ => random.Next(1_001)).ToArray();
            var whole = 1_000 * amounts.Length;
            var total = (int)Math.Round(3_500.0 * amounts.Sum() / whole, MidpointRounding.AwayFromZero);
            var points = new int[amounts.Length];

            LargestRemainder.Split(total, amounts, 3_500, whole, points);

            Assert.Equal(total, points.Sum());
            Assert.All(amounts.Zip(points), pair => Assert.InRange(pair.Second - (3_500 * pair.First / whole), 0, 1));
        }
    }
}
