using System.Runtime.Intrinsics;
using Matching.Engine.Retrieval;

namespace Matching.Engine.Tests.Retrieval;

/// <summary>Whatever the processor can do, a class is looked up in the same table.</summary>
public class ClassTableTests
{
    private const int From = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryClass_FindsItsNumber_ByWordsAndByBytes(int seed)
    {
        var random = new Random(seed);
        ushort[] numbers = [.. Enumerable.Range(0, Block.Classes).Select(_ => (ushort)random.Next(1 << 16))];
        byte[] classes = [.. Enumerable.Range(0, Block.Classes).OrderBy(_ => random.Next()).Select(own => (byte)own)];
        byte[] column = [.. new byte[From], .. classes, .. new byte[32]];
        ushort[] expected = [.. classes.Select(own => numbers[own])];

        Assert.Equal(expected, Numbers(new ClassTable(Vector512.Create(numbers)).Of(ref column[0], From)));
        Assert.Equal(expected, Numbers(new ByteTables(Vector512.Create(numbers)).Of(ref column[0], From)));
    }

    private static ushort[] Numbers(Vector512<ushort> vector) => [.. Enumerable.Range(0, Block.Classes).Select(lane => vector[lane])];
}
