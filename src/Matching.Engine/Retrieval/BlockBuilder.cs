namespace Matching.Engine.Retrieval;

/// <summary>The entries of all documents in index order: those of document i stand at Start[i]..Start[i+1], each a term (once a document) and a code of 1–255. Columns: a class of every document each.</summary>
internal sealed record Entries(int[] Start, int[] Term, byte[] Code, params byte[][] Columns)
{
    public int Count => Start.Length - 1;
}

/// <summary>Turns documents into blocks. O(entries + terms) a block; what it makes is never changed.</summary>
internal static class BlockBuilder
{
    /// <param name="terms">Terms are 0..terms-1.</param>
    /// <param name="firsts">Number of each block's first document, ascending from 0; what is too long for one block is cut.</param>
    /// <param name="entries">The documents.</param>
    /// <param name="linear">Whether a table's units are proportional to the code: only then can a dense list be capped.</param>
    public static Block[] Build(int terms, IReadOnlyList<int> firsts, Entries entries, bool linear)
    {
        var blocks = new List<Block>();
        for (var i = 0; i < firsts.Count; i++)
        {
            var end = i + 1 < firsts.Count ? firsts[i + 1] : entries.Count;
            for (var first = firsts[i]; first < end; first += Block.Size)
            {
                blocks.Add(Build(terms, first, Math.Min(Block.Size, end - first), entries, linear));
            }
        }

        return [.. blocks];
    }

    private static Block Build(int terms, int first, int count, Entries entries, bool linear)
    {
        var (from, to) = (entries.Start[first], entries.Start[first + count]);
        ReadOnlySpan<int> inBlock = entries.Term.AsSpan(from, to - from);
        ReadOnlySpan<byte> codesInBlock = entries.Code.AsSpan(from, to - from);
        var caps = linear ? DenseCaps.Of(terms, count, inBlock, codesInBlock) : new byte[terms];
        var bounds = Bounds(terms, inBlock, codesInBlock, caps);
        var (ids, codes) = (new ushort[bounds[^1]], new byte[bounds[^1]]);
        Array.Fill(ids, (ushort)Block.Size);

        var next = (int[])bounds.Clone();
        for (var local = 0; local < count; local++)
        {
            for (var at = entries.Start[first + local]; at < entries.Start[first + local + 1]; at++)
            {
                var (term, code, cap) = (entries.Term[at], entries.Code[at], caps[entries.Term[at]]);
                if (code > cap)
                {
                    var place = next[2 * term]++;
                    (ids[place], codes[place]) = ((ushort)local, (byte)(code - cap));
                }

                if (cap > 0)
                {
                    var place = next[(2 * term) + 1]++;
                    (ids[place], codes[place]) = ((ushort)local, Math.Min(code, cap));
                }
            }
        }

        var dense = caps.AsSpan().ContainsAnyExcept((byte)0) ? new Dense(caps, Enumerable.Range(0, terms).Where(term => caps[term] > 0).ToDictionary(term => term, term => bounds[(2 * term) + 1])) : null;
        return new Block(first, count, [.. Enumerable.Range(0, terms + 1).Select(term => bounds[2 * term])], ids, codes, dense, [.. entries.Columns.Select(column => Column(column.AsSpan(first, count)))]);
    }

    private static byte[] Column(ReadOnlySpan<byte> classes)
    {
        var column = new byte[Block.Size];
        classes.CopyTo(column);
        return column;
    }

    // Where the two parts of each list start, every part a whole number of fours.
    private static int[] Bounds(int terms, ReadOnlySpan<int> inBlock, ReadOnlySpan<byte> codes, byte[] caps)
    {
        var bounds = new int[(2 * terms) + 1];
        for (var at = 0; at < inBlock.Length; at++)
        {
            var (term, cap) = (inBlock[at], caps[inBlock[at]]);
            bounds[2 * term] += codes[at] > cap ? 1 : 0;
            bounds[(2 * term) + 1] += cap > 0 ? 1 : 0;
        }

        var sum = 0;
        for (var i = 0; i < bounds.Length; i++)
        {
            var whole = (bounds[i] + Block.Pad - 1) / Block.Pad * Block.Pad;
            bounds[i] = sum;
            sum += whole;
        }

        return bounds;
    }
}
