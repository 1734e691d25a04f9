using System.Globalization;

namespace Matching.Engine.Normalizing;

/// <summary>
/// A text as a row of key characters (<see cref="TextKey"/>), each with its place in the original, so that what is found in the keys can be shown in the text.
/// Punctuation that parts things stays as one of three marks, which no name holds, so no name is found across it; other punctuation and spaces leave a gap only.
/// About 10 bytes a character of the original.
/// </summary>
public sealed class KeyedText
{
    /// <summary>Ends a clause: 。；！？ and their like, a line's end, a number that counts the points of a list.</summary>
    public const char Clause = '\u0001';

    /// <summary>Parts a clause: ，.</summary>
    public const char Part = '\u0002';

    /// <summary>Parts the entries of a list or what it is about: 、 | and :.</summary>
    public const char Entry = '\u0003';

    private readonly char[] _keys;
    private readonly int[] _starts;
    private readonly int[] _ends;

    private KeyedText(string text, char[] keys, int[] starts, int[] ends, int length) =>
        (Text, _keys, _starts, _ends, Length) = (text, keys, starts, ends, length);

    public string Text { get; }

    /// <summary>How many key characters there are.</summary>
    public int Length { get; }

    /// <summary>The key characters.</summary>
    public ReadOnlySpan<char> Keys => _keys.AsSpan(0, Length);

    public char this[int i] => _keys[i];

    /// <summary>Where the key character begins in the original.</summary>
    public int Start(int i) => _starts[i];

    /// <summary>Where the original goes on after the key character.</summary>
    public int End(int i) => _ends[i];

    /// <summary>Nothing stands between the key character and the one before it.</summary>
    public bool Touches(int i) => i > 0 && _starts[i] <= _ends[i - 1];

    /// <summary>A letter or digit of a script that parts its words (Latin, Greek, Cyrillic).</summary>
    public static bool IsWordPart(char character) => character < '\u2E80' && char.IsLetterOrDigit(character);

    /// <summary>O(length).</summary>
    public static KeyedText Of(string text)
    {
        var builder = new Builder(text);
        for (var i = 0; i < text.Length;)
        {
            i = builder.Add(i);
        }

        return builder.Build();
    }

    private sealed class Builder(string text)
    {
        private char[] _keys = new char[text.Length + 1];
        private int[] _starts = new int[text.Length + 1];
        private int[] _ends = new int[text.Length + 1];
        private int _length;

        public KeyedText Build() => new(text, _keys, _starts, _ends, _length);

        /// <summary>Takes the character at <paramref name="i"/> with the marks that combine with it; returns where the next one begins.</summary>
        public int Add(int i)
        {
            // Most characters of a posting are ideographs with another behind them: nothing to count, to compose or to look up.
            if (IsIdeograph(text[i]) && (i + 1 == text.Length || text[i + 1] < '\u0300' || IsIdeograph(text[i + 1])))
            {
                Put(TextKey.Sign(text[i]), i, i + 1);
                return i + 1;
            }

            var end = ListNumberEnd(i);
            if (end > i)
            {
                Put(Clause, i, end);
                return end;
            }

            end = i + (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1);
            while (end < text.Length && text[end] >= '\u0300' && IsMark(text[end]))
            {
                end++;
            }

            if (end == i + 1 && (char.IsAscii(text[i]) || IsIdeograph(text[i])))
            {
                Put(Mark(text[i], i), i, end);
                return end;
            }

            foreach (var character in Normal(i, end))
            {
                Put(Mark(character, i), i, end);
            }

            return end;
        }

        // A lone surrogate has no normal form; it stands for itself.
        private string Normal(int start, int end) => Nfkc.Of(text[start..end]);

        private void Put(char key, int start, int end)
        {
            if (key == '\0')
            {
                return;
            }

            if (_length == _keys.Length)
            {
                Array.Resize(ref _keys, _length * 2);
                Array.Resize(ref _starts, _length * 2);
                Array.Resize(ref _ends, _length * 2);
            }

            (_keys[_length], _starts[_length], _ends[_length]) = (key, start, end);
            _length++;
        }

        private char Mark(char character, int at) => character switch
        {
            '。' or ';' or '!' or '?' or '\n' or '\r' or '●' or '•' or '◆' or '■' => Clause,
            // A full stop of an English sentence; any other belongs to a name (Node.js, .NET).
            '.' when at > 0 && char.IsAsciiLetter(text[at - 1]) && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])) => Clause,
            ',' => Part,
            '、' or '|' or ':' => Entry,
            _ => TextKey.Sign(character),
        };

        // "1、" "2." "（3）" "④" at the head of a point. A number that goes on a word or a decimal (Python3.7) is none.
        private int ListNumberEnd(int i)
        {
            if (text[i] is >= '\u2460' and <= '\u2473')
            {
                return i + 1;
            }

            if (!char.IsAsciiDigit(text[i]) && text[i] is not ('(' or '（'))
            {
                return i;
            }

            var from = text[i] is '(' or '（' ? i + 1 : i;
            var to = from;
            while (to < text.Length && to < from + 2 && char.IsAsciiDigit(text[to]))
            {
                to++;
            }

            var standsAlone = i == 0 || !(char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '-' or '+');
            if (to == from || to == text.Length || !standsAlone)
            {
                return i;
            }

            var closes = from > i ? text[to] is ')' or '）' : text[to] is '、' or '.' or '．' or ')' or '）';
            return closes && !(to + 1 < text.Length && char.IsAsciiDigit(text[to + 1])) ? to + 1 : i;
        }

        private static bool IsIdeograph(char character) => character is >= '\u4E00' and <= '\u9FFF';

        private static bool IsMark(char character) =>
            char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
