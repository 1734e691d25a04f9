namespace Matching.Engine.Lawfulness;

/// <summary>
/// Finds what the law forbids to ask of applicants. Look-alikes of a category are crossed out first, then its forbidden phrases are searched in what is left, so that an
/// exception never hides a phrase that stands beside it.
/// </summary>
public sealed class UnlawfulPhrases
{
    private readonly SignTable _signs;
    private readonly CategoryPhrases[] _categories;
    private readonly PhraseTriggers _triggers;

    public UnlawfulPhrases(IEnumerable<LawfulPhrase> table)
    {
        var rows = table.ToArray();
        _signs = new SignTable(rows.Where(row => row.Use == PhraseUse.Sign).Select(row => row.Pattern.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        var macros = Macros(rows);
        _categories = [.. rows.Where(row => row.Use is not (PhraseUse.Sign or PhraseUse.Macro)).GroupBy(row => row.Category)
            .Select(group => new CategoryPhrases(group.Key, [.. group.Select(row => row with { Pattern = Expand(row.Pattern, macros) })]))];
        _triggers = new PhraseTriggers(_signs, _categories.SelectMany((category, i) => category.Triggers.Select(trigger => (trigger, i))));
    }

    /// <summary>False where nothing can be found: the text holds none of the words that every phrase has one of. O(length of the text), and much less than searching.</summary>
    public bool MayFind(string text) => _triggers.In(text) != 0;

    /// <summary>Findings in the order of the text. O(length of the text).</summary>
    /// <param name="text">What the sender wrote.</param>
    /// <param name="occupation">Code of the occupation asked for; in some the law itself keeps women out (女职工禁忌劳动范围).</param>
    public IReadOnlyList<LawfulFinding> Find(string text, string? occupation = null)
    {
        if (_triggers.In(text) is not (not 0 and var told))
        {
            return [];
        }

        var plain = PlainText.Of(text, _signs);
        return [.. _categories.Where((_, i) => (told & (1u << i)) != 0)
            .SelectMany(category => category.Find(plain, occupation).Select(span => Finding(text, category.Name, plain.Original(span.Index, span.Length))))
            .OrderBy(finding => finding.Offset).ThenBy(finding => finding.Category, StringComparer.Ordinal)];
    }

    private static LawfulFinding Finding(string text, string category, (int Offset, int Length) place) =>
        new(category, text.Substring(place.Offset, place.Length), place.Offset, place.Length);

    // A macro may use those that stand before it.
    private static Dictionary<string, string> Macros(IEnumerable<LawfulPhrase> rows)
    {
        var macros = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in rows.Where(row => row.Use == PhraseUse.Macro).Select(row => row.Pattern.Split('=', 2)))
        {
            macros[pair[0]] = Expand(pair[1], macros);
        }

        return macros;
    }

    private static string Expand(string pattern, Dictionary<string, string> macros) =>
        macros.Aggregate(pattern, (text, macro) => text.Replace($"{{{macro.Key}}}", $"({macro.Value})", StringComparison.Ordinal));
}
