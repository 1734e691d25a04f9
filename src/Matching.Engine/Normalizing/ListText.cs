using System.Buffers;
using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>A list in one cell → its entries.</summary>
public static partial class ListText
{
    // Of so few it is cheaper to look at all than to keep a set.
    private const int Few = 32;

    private const string Blank = " \t\r\u00A0\u3000\u200B\uFEFF";

    private static readonly SearchValues<char> LineEnd = SearchValues.Create("\n");
    private static readonly SearchValues<char> Signs = SearchValues.Create("、，,;；|｜\t");

    /// <summary>
    /// The entries without empty ones and repetitions. Separators are 、，,；;| and line ends; a slash separates only between
    /// Chinese signs or beside a space, for C/C++ and TCP/IP are one entry. A cell with line ends (an array of NDJSON) is separated by these alone.
    /// </summary>
    public static string[] Split(string text)
    {
        var entries = new List<string>();
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            Add(entries, text, LineEnd);
        }
        else if (!text.Contains('/', StringComparison.Ordinal))
        {
            Add(entries, text, Signs);
        }
        else
        {
            foreach (var part in Separator().Split(text))
            {
                Add(entries, part);
            }
        }

        return [.. entries.Count > Few ? entries.Distinct(StringComparer.Ordinal) : entries.Where((entry, i) => entries.IndexOf(entry) == i)];
    }

    private static void Add(List<string> entries, ReadOnlySpan<char> text, SearchValues<char> separators)
    {
        for (int end; (end = text.IndexOfAny(separators)) >= 0; text = text[(end + 1)..])
        {
            Add(entries, text[..end]);
        }

        Add(entries, text);
    }

    private static void Add(List<string> entries, ReadOnlySpan<char> part)
    {
        var entry = part.Trim(Blank);
        if (!entry.IsEmpty)
        {
            entries.Add(entry.ToString());
        }
    }

    [GeneratedRegex(@"[、，,;；|｜\t]|(?<=[\p{IsCJKUnifiedIdeographs}）)\s])/(?=[\p{IsCJKUnifiedIdeographs}（(\s])|\s/|/\s")]
    private static partial Regex Separator();
}
