using System.Globalization;

namespace Matching.Engine.Normalizing;

/// <summary>
/// Two spellings of one name have one key: NFKC (full-width forms, ligatures), lower case, common traditional characters as simplified,
/// no spaces, no punctuation but what tells names apart (C++, C#, .NET).
/// </summary>
public static class TextKey
{
    private const string Kept = "+#.";
    private const int ShortText = 256;

    // What every character is in a key, \0 where it is not in one; 128 kB, made once.
    private static readonly char[] Signs = [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => SignOf((char)code))];

    /// <summary>The key of a name; empty when nothing but punctuation is left. O(length).</summary>
    public static string Of(string text)
    {
        var normal = Nfkc.Of(text);
        var key = normal.Length <= ShortText ? stackalloc char[ShortText] : new char[normal.Length];
        var length = 0;
        foreach (var character in normal)
        {
            if (Signs[character] is not '\0' and var sign)
            {
                key[length++] = sign;
            }
        }

        var trimmed = key[..length].Trim('.');
        return trimmed.SequenceEqual(text) ? text : new string(trimmed);
    }

    /// <summary>Whether the key is empty. O(length), and mostly told by the first character.</summary>
    public static bool IsEmpty(string text)
    {
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is >= '\u4E00' and <= '\u9FFF')
            {
                return false;
            }
        }

        return Of(text).Length == 0;
    }

    /// <summary>What a character in normal form is in a key; \0: it is not in one.</summary>
    internal static char Sign(char character) => Signs[character];

    private static char SignOf(char character) =>
        char.IsLetterOrDigit(character) || char.IsSurrogate(character) || Kept.Contains(character, StringComparison.Ordinal)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            ? Simplified.Of(char.ToLowerInvariant(character)) : '\0';
}
