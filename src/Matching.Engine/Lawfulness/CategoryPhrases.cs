using System.Text.RegularExpressions;

namespace Matching.Engine.Lawfulness;

/// <summary>
/// The phrases of one category. Every repetition in the table is bounded, so what is tried at one place of a text does not depend on how long the text is.
/// (Expressions that never backtrack find the same, but took 6 s of CPU to warm up against 0.1 s, for 20 µs a text either way.)
/// </summary>
internal sealed partial class CategoryPhrases
{
    private const char CrossedOut = '\uFFFF';
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private readonly Lazy<Regex?> _allowed;
    private readonly (string Bars, Lazy<Regex?> Pattern)[] _forbidden;
    private readonly (string Bars, string Occupation)[] _exempt;

    public CategoryPhrases(string name, LawfulPhrase[] rows)
    {
        Name = name;
        Triggers = [.. Patterns(rows, PhraseUse.Trigger).SelectMany(words => words.Split('|'))];
        if (rows.FirstOrDefault(row => row.Use is PhraseUse.Allow or PhraseUse.Forbid && Unbounded().IsMatch(row.Pattern)) is { } endless)
        {
            throw new ArgumentException($"The pattern {endless.Pattern} repeats without bound.", nameof(rows));
        }

        _allowed = Any(Patterns(rows, PhraseUse.Allow));
        _forbidden = [.. rows.Where(row => row.Use == PhraseUse.Forbid).GroupBy(row => row.Bars).Select(group => (group.Key, Any(group.Select(row => row.Pattern))))];
        _exempt = [.. rows.Where(row => row.Use == PhraseUse.Exempt).Select(row => (row.Bars, row.Pattern))];
    }

    public string Name { get; }

    /// <summary>Every forbidden phrase of the category holds one of these.</summary>
    public IReadOnlyList<string> Triggers { get; }

    /// <summary>Places of the forbidden phrases in a plain text that holds a trigger; of two that overlap the one that begins first, then the longer one.</summary>
    public IEnumerable<(int Index, int Length)> Find(PlainText plain, string? occupation)
    {
        var open = CrossOut(plain.Text);
        var spans = _forbidden.Where(forbidden => !IsExempt(forbidden.Bars, occupation)).SelectMany(forbidden => Spans(forbidden.Pattern.Value, open, plain));
        var end = 0;
        foreach (var (index, length) in spans.OrderBy(span => span.Index).ThenByDescending(span => span.Length))
        {
            if (index >= end && length > 0)
            {
                yield return (index, length);
                end = index + length;
            }
        }
    }

    private string CrossOut(string text)
    {
        char[]? open = null;
        foreach (Match match in _allowed.Value?.Matches(text) ?? Enumerable.Empty<Match>())
        {
            open ??= text.ToCharArray();
            Array.Fill(open, CrossedOut, match.Index, match.Length);
        }

        return open is null ? text : new string(open);
    }

    private static IEnumerable<(int Index, int Length)> Spans(Regex? pattern, string open, PlainText plain)
    {
        foreach (Match match in pattern?.Matches(open) ?? Enumerable.Empty<Match>())
        {
            var phrase = match.Groups["p"] is { Success: true } marked ? marked : match;
            if (!CutsANumber(open, phrase.Index, plain) && !CutsANumber(open, phrase.Index + phrase.Length, plain))
            {
                yield return (phrase.Index, phrase.Length);
            }
        }
    }

    // 135岁 holds no 35岁; but what only lost the space between two numbers is two numbers.
    private static bool CutsANumber(string text, int at, PlainText plain) =>
        at > 0 && at < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at]) && plain.Touches(at);

    private bool IsExempt(string bars, string? occupation) =>
        bars.Length > 0 && occupation is not null && _exempt.Any(row => row.Bars == bars && occupation.StartsWith(row.Occupation, StringComparison.Ordinal));

    private static IEnumerable<string> Patterns(LawfulPhrase[] rows, PhraseUse use) => rows.Where(row => row.Use == use).Select(row => row.Pattern);

    [GeneratedRegex(@"(?<!\\)[*+]|\{[0-9]*,\}")]
    private static partial Regex Unbounded();

    private static Lazy<Regex?> Any(IEnumerable<string> patterns)
    {
        var pattern = string.Join('|', patterns.Select(pattern => $"({pattern})"));
        return new Lazy<Regex?>(() => pattern.Length == 0 ? null : new Regex(pattern, Options));
    }
}
