namespace Matching.Engine.Retrieval;

/// <summary>The entries of all documents in index order: those of document i stand at Start[i]..Start[i+1], each a term (once a document) and a code of 1–255. Columns: a class of every document each.</summary>
internal sealed record Entries(int[] Start, int[] Term, byte[] Code, params byte[][] Columns)
{
    public int Count => Start.Length - 1;

    /// <summary>Number of the first document in the index.</summary>
    public int First { get; init; }

    /// <summary>Sets of the documents of a single block, see <see cref="Block.Set"/>.</summary>
    public uint[]?[] Sets { get; init; } = [];
}

/// <summary>Turns documents into blocks. O(entries + terms) a block; what it makes is never changed.</summary>
internal static class BlockBuilder
{
    /// <param name="terms">Terms are 0..terms-1.</param>
    /// <param name="firsts">Number of each block's first document, ascending from 0; what is too long for one block is cut.</param>
    /// <param name="entries">The documents.</param>
    /// <param name="linear">By term, whether its units are always the code times a weight: only then can a dense list be capped.</param>
    public static Block[] Build(int terms, IReadOnlyList<int> firsts, Entries entries, bool[] linear)
    {
        var blocks = new List<Block>();
        for (var i = 0; i < firsts.Count; i++)
        {
            // As few as can be, all of about one size: a visit costs as much for a short block.
            var (first, end) = (firsts[i], i + 1 < firsts.Count ? firsts[i + 1] : entries.Count);
            for (var left = (end - first + Block.Size - 1) / Block.Size; left > 0; left--)
            {
                var count = (end - first + left - 1) / left;
                blocks.Add(Build(terms, first, count, entries, linear));
                first += count;
            }
        }

        return [.. blocks];
    }

    private static Block Build(int terms, int first, int count, Entries entries, bool[] linear)
    {
        var (from, to) = (entries.Start[first], entries.Start[first + count]);
        ReadOnlySpan<int> inBlock = entries.Term.AsSpan(from, to - from);
        ReadOnlySpan<byte> codes = entries.Code.AsSpan(from, to - from);
        var caps = DenseCaps.Of(linear, count, inBlock, codes);
        var directory = DirectoryOf(caps, inBlock, codes);
        var groups = new Group[directory.Groups];
        foreach (ref var group in groups.AsSpan())
        {
            ((Span<ushort>)group.Ids).Fill(Block.Size);
        }

        byte[] columnCaps = [.. caps.Where(cap => cap > 0)];
        var dense = new byte[columnCaps.Length * Sums.RoundUp(count)];
        var next = new int[terms];
        for (var local = 0; local < count; local++)
        {
            for (var at = entries.Start[first + local]; at < entries.Start[first + local + 1]; at++)
            {
                var (term, code, cap) = (entries.Term[at], entries.Code[at], caps[entries.Term[at]]);
                if (code > cap)
                {
                    ref var group = ref groups[directory[term].Start + (next[term] / Group.Postings)];
                    var place = next[term]++ % Group.Postings;
                    (group.Ids[place], group.Codes[place]) = ((ushort)local, (byte)(code - cap));
                }

                if (cap > 0)
                {
                    dense[(directory[term].Column * Sums.RoundUp(count)) + local] = Math.Min(code, cap);
                }
            }
        }

        return new Block(entries.First + first, count, directory, groups, dense, columnCaps, [.. entries.Columns.Select(column => Column(column.AsSpan(first, count)))], entries.Sets);
    }

    private static byte[] Column(ReadOnlySpan<byte> classes)
    {
        var column = new byte[Block.Size];
        classes.CopyTo(column);
        return column;
    }

    private static ListDirectory DirectoryOf(byte[] caps, ReadOnlySpan<int> inBlock, ReadOnlySpan<byte> codes)
    {
        var groups = new int[caps.Length];
        for (var at = 0; at < inBlock.Length; at++)
        {
            groups[inBlock[at]] += codes[at] > caps[inBlock[at]] ? 1 : 0;
        }

        foreach (ref var count in groups.AsSpan())
        {
            count = (count + Group.Postings - 1) / Group.Postings;
        }

        return new(groups, term => caps[term] > 0);
    }
}
