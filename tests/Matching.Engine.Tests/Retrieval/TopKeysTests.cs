using Matching.Engine.Retrieval;

namespace Matching.Engine.Tests.Retrieval;

/// <summary>The best k of whatever was offered, in order and each once.</summary>
public class TopKeysTests
{
    [Theory]
    [InlineData(1, 100, 50)]
    [InlineData(8, 100, 50)]
    [InlineData(20, 10, 1_000)]
    [InlineData(20, 1_000, 1_000_000)]
    [InlineData(64, 500, 80)]
    public void TheBest_AreKept_InOrder(int k, int offers, int different)
    {
        var random = new Random(k + offers);
        var top = new TopKeys();
        // Twice: what was kept before is forgotten.
        for (var time = 0; time < 2; time++)
        {
            top.Clear(k);
            long[] keys = [.. Enumerable.Range(0, offers).Select(_ => 1 + random.NextInt64(different) + (time == 0 ? different : 0))];
            foreach (var key in keys)
            {
                top.Offer(key);
                top.Offer(0);
            }

            long[] expected = [.. keys.Distinct().OrderDescending().Take(k)];
            Assert.Equal(expected, top.BestFirst().ToArray());
            Assert.Equal(expected.Length == k, top.IsFull);
            Assert.Equal(k - expected.Length, top.Missing);
            Assert.Equal(expected.Length == k ? expected[^1] : 0, top.Worst);
        }
    }

    [Fact]
    public void AListOfNothing_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new TopKeys().Clear(0));
}
