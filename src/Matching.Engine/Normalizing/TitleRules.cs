namespace Matching.Engine.Normalizing;

/// <summary>
/// The market's words. Of the rules whose keywords are all in the title the winner is the one of the higher priority, then with more characters matched,
/// then ending later in the title, then listed first.
/// </summary>
internal sealed class TitleRules
{
    private readonly TitleRule[] _rules;

    public TitleRules(IEnumerable<TitleRule> rules) =>
        _rules = [.. rules.Select(rule => rule with { Keywords = [.. rule.Keywords.Select(TitleText.Key)] })];

    public (string Code, int Confidence, string Words)? Best(string key)
    {
        TitleRule? best = null;
        (int Priority, int Length, int End) bestRank = default;
        foreach (var rule in _rules)
        {
            if (Rank(rule, key) is { } rank && (best is null || rank.CompareTo(bestRank) > 0))
            {
                (best, bestRank) = (rule, rank);
            }
        }

        // A word that covers much of the title says more; one of a field alone is not trusted without a person.
        return best is null ? null : (best.Code, best.Priority >= 2 ? 65 + Math.Min(20, 20 * bestRank.Length / Math.Max(1, TitleText.Core(key).Length)) : 50, string.Join(' ', best.Keywords));
    }

    private static (int Priority, int Length, int End)? Rank(TitleRule rule, string key)
    {
        var (length, end) = (0, 0);
        foreach (var keyword in rule.Keywords)
        {
            var at = Find(key, keyword);
            if (at < 0)
            {
                return null;
            }

            length += keyword.Length;
            end = Math.Max(end, at + keyword.Length);
        }

        return (rule.Priority, length, end);
    }

    // A Latin keyword is a word of its own: "ui" is not in "build", "java" is not in "javascript".
    private static int Find(string key, string keyword)
    {
        for (var at = key.LastIndexOf(keyword, StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : key.LastIndexOf(keyword, at - 1, StringComparison.Ordinal))
        {
            var latin = char.IsAsciiLetter(keyword[0]);
            var inside = latin && ((at > 0 && char.IsAsciiLetter(key[at - 1])) || (at + keyword.Length < key.Length && char.IsAsciiLetter(key[at + keyword.Length])));
            if (!inside)
            {
                return at;
            }
        }

        return -1;
    }
}
