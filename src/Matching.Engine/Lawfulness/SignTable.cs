using System.Globalization;
using System.Text;

namespace Matching.Engine.Lawfulness;

/// <summary>What each character of a text stands for: itself, another one, several, or nothing.</summary>
internal sealed class SignTable
{
    /// <summary>Stands for nothing: spaces, invisible characters, ornaments put between characters to keep words from being found.</summary>
    public const char Dropped = '\0';

    private const string Ornaments = "·•*_";
    private const char Several = '\uFFFE';

    private readonly Dictionary<string, string> _signs;
    private readonly char[] _single = new char[char.MaxValue + 1];

    public SignTable(IEnumerable<KeyValuePair<string, string>> signs)
    {
        _signs = new Dictionary<string, string>(signs, StringComparer.Ordinal);
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var text = char.IsSurrogate((char)code) ? "" : Look(((char)code).ToString());
            _single[code] = char.IsSurrogate((char)code) || text.Length > 1 ? Several : text.Length == 0 ? Dropped : text[0];
        }
    }

    /// <summary>The one character it stands for; null: ask for the text that begins with it.</summary>
    public char? Plain(char character) => _single[character] == Several ? null : _single[character];

    /// <summary>What the first rune of the text stands for, and its length there.</summary>
    public (string Text, int Length) Plain(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out var length);
        return (Look(rune.ToString()), length);
    }

    private string Look(string sign)
    {
        if (sign is "\n" or "\r")
        {
            return "\n";
        }

        var text = sign[0] is < (char)128 or (>= '\u4E00' and <= '\u9FFF') or '\uFFFE' or '\uFFFF' ? sign : sign.Normalize(NormalizationForm.FormKC);
        return _signs.TryGetValue(text, out var meant) ? meant : text.All(IsDropped) ? "" : text.ToLowerInvariant();
    }

    private static bool IsDropped(char character) =>
        char.IsWhiteSpace(character) || Ornaments.Contains(character, StringComparison.Ordinal)
        || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark;
}
