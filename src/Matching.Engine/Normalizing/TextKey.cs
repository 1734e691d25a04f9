using System.Globalization;
using System.Text;

namespace Matching.Engine.Normalizing;

/// <summary>
/// Two spellings of one name have one key: NFKC (full-width forms, ligatures), lower case, common traditional characters as simplified,
/// no spaces, no punctuation but what tells names apart (C++, C#, .NET).
/// </summary>
public static class TextKey
{
    private const string Kept = "+#.";

    /// <summary>The key of a name; empty when nothing but punctuation is left. O(length).</summary>
    public static string Of(string text)
    {
        var normal = text.Normalize(NormalizationForm.FormKC);
        var key = new StringBuilder(normal.Length);
        foreach (var character in normal)
        {
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character) || Kept.Contains(character, StringComparison.Ordinal)
                || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                key.Append(Simplified.Of(char.ToLowerInvariant(character)));
            }
        }

        return key.ToString().Trim('.');
    }
}
