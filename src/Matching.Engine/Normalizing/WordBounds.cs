namespace Matching.Engine.Normalizing;

/// <summary>
/// Whether a name stands by itself where it was found. Chinese does not part its words, so only an end that is a Latin letter or digit is looked at:
/// go is not in mongo, C is neither in C++ nor in C#, js is not in Vue.js; Python3 and C++11 are Python and C++.
/// </summary>
internal static class WordBounds
{
    private const int LongestVersion = 8;

    public static bool Hold(KeyedText text, int from, int to, string name) =>
        (name[0] == '.' ? DotStandsBefore(text, from) : !KeyedText.IsWordPart(text[from]) || BeginsWord(text, from)) && EndsWord(text, from, to);

    /// <summary>A name that is written with a dot (.NET) is meant only where the dot is, and that dot ends no other word (ADO.NET).</summary>
    private static bool DotStandsBefore(KeyedText text, int from) => text.Touches(from) && text[from - 1] == '.' && BeginsWord(text, from);

    private static bool BeginsWord(KeyedText text, int from)
    {
        if (!text.Touches(from))
        {
            return from == 0 || text.Start(from) == 0 || text.Text[text.Start(from) - 1] is not ('@' or '&' or '_');
        }

        var before = text[from - 1];
        return before == '.'
            // "1.Java" counts, "能力.Java" ends a sentence; "x.js" is one word.
            ? !(text.Touches(from - 1) && char.IsLetter(text[from - 2]) && KeyedText.IsWordPart(text[from - 2]))
            : !KeyedText.IsWordPart(before) && before is not ('+' or '#');
    }

    private static bool EndsWord(KeyedText text, int from, int to)
    {
        var last = text[to - 1];
        var sign = last is '+' or '#';
        if (!(sign || KeyedText.IsWordPart(last)))
        {
            return true;
        }

        if (to == text.Length || !text.Touches(to))
        {
            return to == text.Length || text.Text[text.End(to - 1)] is not ('@' or '&' or '_');
        }

        return text[to] switch
        {
            '+' or '#' => false,
            '.' => !(to + 1 < text.Length && text.Touches(to + 1) && char.IsLetter(text[to + 1]) && KeyedText.IsWordPart(text[to + 1])),
            var next when char.IsDigit(next) && KeyedText.IsWordPart(next) => (sign || (char.IsLetter(last) && to - from >= 3)) && VersionEnds(text, to),
            var next => !KeyedText.IsWordPart(next),
        };
    }

    private static bool VersionEnds(KeyedText text, int at)
    {
        var end = at;
        while (end < text.Length && end < at + LongestVersion && text.Touches(end) && (char.IsDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        return end == text.Length || !text.Touches(end) || !KeyedText.IsWordPart(text[end]);
    }
}
