using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Matching.Engine.Retrieval;

namespace Matching.Engine.Tests.Retrieval;

/// <summary>What the unchecked loops of the engine rely on: groups that name real documents or the trash, whole vectors, sums that are clear between blocks.</summary>
public class BlockTests
{
    private const int Terms = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(5_000)]
    [InlineData(Block.Size)]
    [InlineData(Block.Size + 1)]
    public void Lists_AddUpToTheirEntries_WhateverTheirLength(int documents)
    {
        var entries = Entries(documents);
        var sums = new Sums();
        var (query, lists) = (new BlockQuery(), new QueryLists());
        query.Begin(1, 1, mustShareTerm: false);
        for (var term = 0; term < Terms; term++)
        {
            query.AddLinear(term, (ushort)(1 + term));
        }

        foreach (var block in BlockBuilder.Build(Terms, [0], entries, [.. Enumerable.Range(0, Terms).Select(term => term % 2 == 0)]))
        {
            lists.Find(block, query);
            PostingAdder.Add(sums, block, query, lists);
            Assert.Equal(block.Count >= 5_000, !lists.Dense.IsEmpty);
            sums.Add(block, block.Count, lists.Dense);

            for (var local = 0; local < Sums.RoundUp(block.Count); local++)
            {
                var expected = local < block.Count ? Sum(entries, block.First + local) : 0;
                Assert.Equal(expected, sums.At(local / Sums.Lanes * Sums.Lanes)[local % Sums.Lanes]);
            }

            Assert.Equal(Sums.RoundUp(block.Count), sums.NextStepClearing(0, Sums.RoundUp(block.Count), ushort.MaxValue));
            Assert.Equal(Sums.RoundUp(block.Count), sums.NextStep(0, Sums.RoundUp(block.Count), 1));
        }
    }

    [Fact]
    public void Groups_NameDocumentsAscendingAndOnce_ThenTheTrash()
    {
        foreach (var block in BlockBuilder.Build(Terms, [0], Entries(20_000), new bool[Terms]))
        {
            for (var term = 0; term < Terms; term++)
            {
                var previous = -1;
                foreach (ref readonly var group in block.GroupsOf(term))
                {
                    foreach (var id in (ReadOnlySpan<ushort>)group.Ids)
                    {
                        Assert.True(id == Block.Size || (id > previous && id < block.Count));
                        previous = id;
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(Block.Size)]
    public void Sets_GiveTheirMembersUnits_AndWhoIsOutsideHasNothing(int documents)
    {
        var random = new Random(documents);
        uint[] given = [.. Enumerable.Range(0, Block.Size / Sums.Lanes).Select(_ => (uint)random.NextInt64(1L << 32))];
        uint[] kept = [.. given.Select(_ => (uint)random.NextInt64(1L << 32))];
        var sums = new Sums();
        sums.Add(given, documents, 700);
        sums.Add(default, documents, 9);
        sums.Keep(kept, documents);

        for (var local = 0; local < documents; local++)
        {
            var expected = Has(kept, local) ? 1 + (Has(given, local) ? 700 : 0) : 0;
            Assert.Equal(expected, sums.At(local / Sums.Lanes * Sums.Lanes)[local % Sums.Lanes]);
        }

        static bool Has(uint[] set, int local) => (set[local / 32] >> (local % 32) & 1) != 0;
    }

    // With vectors of half the width, as on a processor without AVX-512. What a process may use is settled when it starts, so the same tests run in another.
    [Fact]
    public async Task Searches_AreTheSame_WithNarrowerVectors()
    {
        string[] tests =
        [
            nameof(Vectors_AreNotWider_ThanTheProcessMayUse), nameof(Lists_AddUpToTheirEntries_WhateverTheirLength), nameof(Sets_GiveTheirMembersUnits_AndWhoIsOutsideHasNothing),
            nameof(IndexTests.Search_IsExact_WithOtherWeights), nameof(BenchTasksTests.Lists_AreThoseOfComparingEveryPair),
        ];
        var filter = string.Join('|', tests.Select(test => $"FullyQualifiedName~{test}"));
        var start = new ProcessStartInfo("dotnet", ["vstest", typeof(BlockTests).Assembly.Location, $"--TestCaseFilter:{filter}"]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableAVX512"] = "0";
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();

        Assert.True(child.ExitCode == 0 && Regex.IsMatch(said, @"Passed: +12,"), said);
    }

    [Fact]
    public void Vectors_AreNotWider_ThanTheProcessMayUse() => Assert.False(Vector512.IsHardwareAccelerated && Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0");

    private static int Sum(Entries entries, int document)
    {
        var sum = 0;
        for (var at = entries.Start[document]; at < entries.Start[document + 1]; at++)
        {
            sum += entries.Code[at] * (1 + entries.Term[at]);
        }

        return sum;
    }

    // From terms that every document has to terms that one has; each document has few, so that sums stay below 65,536.
    private static Entries Entries(int documents)
    {
        var random = new Random(documents);
        var (start, terms, codes) = (new List<int> { 0 }, new List<int>(), new List<byte>());
        for (var document = 0; document < documents; document++)
        {
            for (var term = 0; term < Terms; term++)
            {
                if (random.NextDouble() < Math.Pow(0.7, term) || document == (term * 131) % documents)
                {
                    terms.Add(term);
                    codes.Add((byte)random.Next(1, 40));
                }
            }

            start.Add(terms.Count);
        }

        return new([.. start], [.. terms], [.. codes]);
    }
}
