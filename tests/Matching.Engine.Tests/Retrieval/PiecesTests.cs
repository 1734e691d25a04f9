using Matching.Engine.Retrieval;

namespace Matching.Engine.Tests.Retrieval;

public class PiecesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(200)]
    public void Pieces_HoldWhatWasAdded(int count)
    {
        var pieces = Of(Enumerable.Range(0, count), bits: 5);

        Assert.Equal(count, pieces.Count);
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(i => pieces[i]));
        for (var first = 0; first < count; first += 32)
        {
            Assert.Equal(Enumerable.Range(first, Math.Min(32, count - first)), pieces.Slice(first, Math.Min(32, count - first)).ToArray());
        }
    }

    // A piece shorter than what a list begins with.
    [Fact]
    public void Pieces_MayBeShort() => Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, 5).Select(i => Of(Enumerable.Range(0, 5), bits: 1)[i]));

    [Fact]
    public void Reorder_PutsEverythingInItsPlace()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            int[] order = [.. Enumerable.Range(0, random.Next(150))];
            random.Shuffle(order);
            var pieces = Of(Enumerable.Range(1_000, order.Length), bits: 5);
            int[] expected = [.. order.Select(from => 1_000 + from)];

            pieces.Reorder(order);

            Assert.Equal(expected, Enumerable.Range(0, order.Length).Select(i => pieces[i]));
        }
    }

    private static Pieces<int> Of(IEnumerable<int> items, int bits)
    {
        var pieces = new Pieces<int>(bits);
        foreach (var item in items)
        {
            pieces.Add(item);
        }

        return pieces;
    }
}
