using Matching.Engine.Normalizing;

namespace Matching.Engine.Duplicates;

/// <summary>A text as the set of its runs of three characters, hashed to 32 bits: Chinese needs no words for it, and punctuation, spacing and width say nothing.</summary>
public static class TextShingles
{
    private const int Length = 3;

    /// <summary>The set, sorted. O(length · log length).</summary>
    public static int[] Of(string text)
    {
        var key = TextKey.Of(text);
        if (key.Length < Length)
        {
            return [];
        }

        var all = new int[key.Length - Length + 1];
        for (var i = 0; i < all.Length; i++)
        {
            var run = ((ulong)key[i] << 32) | ((ulong)key[i + 1] << 16) | key[i + 2];
            all[i] = (int)((run * 0x9E3779B97F4A7C15UL) >> 32);
        }

        Array.Sort(all);
        var kept = 1;
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] != all[i - 1])
            {
                all[kept++] = all[i];
            }
        }

        return all[..kept];
    }

    /// <summary>How many both sets hold; both sorted. O(a + b).</summary>
    public static int Shared(int[] a, int[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j])
            {
                (i, j, shared) = (i + 1, j + 1, shared + 1);
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return shared;
    }
}
