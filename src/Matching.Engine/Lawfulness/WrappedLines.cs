using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Engine.Lawfulness;

/// <summary>
/// Which line breaks of a text stand inside a sentence: a narrow cell or a copied page breaks 限男性 after 限男. Every other break ends a statement, as the items of a list do.
/// A break is inside when neither side marks an end or an item, and either a word is cut (性, 岁以下 begin nothing) or the line is as full as the fullest of its paragraph.
/// </summary>
internal static partial class WrappedLines
{
    // A paragraph whose fullest line is narrower (in half-widths: eight Chinese characters) is a list of words, not wrapped prose.
    private const int LeastWidth = 16;

    /// <summary>Places of the line-break characters that only wrap. O(length).</summary>
    public static IReadOnlySet<int> Of(string text)
    {
        var wrapped = new HashSet<int>();
        if (!text.AsSpan().ContainsAny('\r', '\n'))
        {
            return wrapped;
        }

        // Paragraphs end at lines without anything.
        var paragraph = new List<(int End, string Line)>();
        foreach (Match line in Line().Matches(text))
        {
            if (string.IsNullOrWhiteSpace(line.Value))
            {
                Judge(text, paragraph, wrapped);
                paragraph.Clear();
            }
            else
            {
                paragraph.Add((line.Index + line.Length, Visible(line.Value)));
            }
        }

        Judge(text, paragraph, wrapped);
        return wrapped;
    }

    private static void Judge(string text, List<(int End, string Line)> paragraph, HashSet<int> wrapped)
    {
        var fullest = paragraph.Select(line => Width(line.Line)).DefaultIfEmpty().Max();
        foreach (var ((end, line), (_, next)) in paragraph.Zip(paragraph.Skip(1)))
        {
            var isFull = fullest >= LeastWidth && Width(line) >= fullest - 2 && !Heading().IsMatch(line);
            if (!Ended().IsMatch(line) && !Item().IsMatch(next) && (isFull || Cut().IsMatch($"{line}\n{next}")))
            {
                wrapped.UnionWith(Enumerable.Range(end, text.AsSpan(end).IndexOfAnyExcept('\r', '\n')));
            }
        }
    }

    // As a reader sees it, in half width: what is put between the characters to hide a word does not hide where a line ends.
    private static string Visible(string line) => string.Concat(line.Where(IsVisible).Select(character => character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character));

    private static bool IsVisible(char character) => !char.IsWhiteSpace(character)
        && char.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark);

    private static int Width(string line) => line.Sum(character => character < '\u2E80' ? 1 : 2);

    [GeneratedRegex(@"[^\r\n]+|(?<=\n)(?=\r?\n)")]
    private static partial Regex Line();

    [GeneratedRegex(@"[\p{P}\p{S}]$")]
    private static partial Regex Ended();

    [GeneratedRegex("(要求|条件|资格|职责|描述|说明|福利|待遇|优先|不限|均可)$")]
    private static partial Regex Heading();

    // 1、 (2) 三. B) • and 3 before a word, but not the 3 of 30岁 or 3年.
    [GeneratedRegex(@"^([\p{P}\p{S}\p{No}]|[0-9]{1,2}([.、):]|(?=[\u4e00-\u9fff])(?![岁周名人年个位至到以元千万届级月天日小]))(?![0-9])|[一二三四五六七八九十]{1,3}[、.):]|[A-Za-z][.、)])")]
    private static partial Regex Item();

    // What no statement ends or begins with.
    [GeneratedRegex(@"((?<![不无有非权上下期年界局受极额时])限|仅|只招?|须|需|必须为?|性别|年龄|户籍|已|未|周)\n|\n(性(?![\u4e00-\u9fff])|性?优先|岁|周岁|以[上下内]|之间|左右|[已未]育|户口|户籍|籍)")]
    private static partial Regex Cut();
}
