using System.Buffers;
using System.Text;

namespace Matching.Engine.Normalizing;

/// <summary>Normal form KC. The runtime is asked only where a text has a sign that could change; most texts of postings have none.</summary>
public static class Nfkc
{
    /// <summary>The text in normal form KC; the text itself where it is so already, or where it has none (half a surrogate pair, U+FFFE). O(length).</summary>
    public static string Of(string text) => IsKept(text) || !HasForm(text) ? text : text.Normalize(NormalizationForm.FormKC);

    /// <summary>Whether all signs are such as stay what they are whatever stands beside them: ASCII, the ideographs of the first block, 、。《》【】 and their like.</summary>
    public static bool IsKept(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (sign >= 0x80 && sign is not (>= '\u4E00' and <= '\u9FFF') and not (>= '\u3001' and <= '\u3011') and not (>= '\u2018' and <= '\u201D'))
            {
                return false;
            }
        }

        return true;
    }

    // What the runtime would throw at.
    private static bool HasForm(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || rune.Value == 0xFFFE)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
