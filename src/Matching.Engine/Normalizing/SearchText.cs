using System.Globalization;
using System.Text;

namespace Matching.Engine.Normalizing;

/// <summary>
/// A text in the form in which it is searched: NFKC (full width, ligatures), ASCII in lower case, common traditional characters as simplified. Spaces and punctuation stay,
/// unlike in <see cref="TextKey"/>, for they are the edges of words. The SQL function <c>search_text</c> is the same function.
/// </summary>
public static class SearchText
{
    /// <summary>The searched form of a text. O(length).</summary>
    public static string Of(string text)
    {
        var plain = Nfkc.Of(text);
        return string.Create(plain.Length, plain, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Simplified.Of(source[i] is >= 'A' and <= 'Z' ? (char)(source[i] | 0x20) : source[i]);
            }
        });
    }

    /// <summary>The words of a query, each once, in its order: what spaces and control characters separate.</summary>
    public static string[] Words(string query) =>
        [.. Of(query).Split([.. Of(query).Where(c => char.IsWhiteSpace(c) || char.IsControl(c))], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Where any of the words stands in the text, in UTF-16 units of the text as it was written, left to right, overlaps joined. Words are in their searched form.
    /// O(length · words).
    /// </summary>
    public static IReadOnlyList<(int Start, int Length)> Find(string text, IReadOnlyList<string> words)
    {
        var (plain, origins) = Mapped(text);
        var marked = new bool[text.Length];
        foreach (var word in words)
        {
            for (var at = plain.IndexOf(word, StringComparison.Ordinal); at >= 0; at = plain.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                Array.Fill(marked, true, origins[at].Start, origins[at + word.Length - 1].End - origins[at].Start);
            }
        }

        return Runs(marked);
    }

    // A character and the marks that compose with it are put into the searched form together, so that each result knows whence it came.
    private static (string Plain, List<(int Start, int End)> Origins) Mapped(string text)
    {
        var plain = new StringBuilder(text.Length);
        var origins = new List<(int Start, int End)>(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, start);
            plain.Append(Of(text.Substring(start, length)));
            while (origins.Count < plain.Length)
            {
                origins.Add((start, start + length));
            }

            start += length;
        }

        return (plain.ToString(), origins);
    }

    private static List<(int Start, int Length)> Runs(bool[] marked)
    {
        var runs = new List<(int, int)>();
        for (var start = 0; start < marked.Length; start++)
        {
            if (marked[start])
            {
                var end = Array.IndexOf(marked, false, start);
                end = end < 0 ? marked.Length : end;
                runs.Add((start, end - start));
                start = end;
            }
        }

        return runs;
    }
}
