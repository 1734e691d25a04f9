namespace Matching.Engine.Normalizing;

/// <summary>
/// Likeness of short texts by character pairs: shared weight over all weight (Dice), where a pair weighs by its rarity and pairs in the last three
/// characters count twice. 0 nothing shared, 10,000 the same pairs, rounded to whole numbers before they are ranked; ties go to the lower code.
/// Several texts may stand for one code; the best one counts. A search costs the postings of the query's pairs.
/// </summary>
internal sealed class NGramIndex
{
    public const int Same = 10_000;

    private readonly Dictionary<string, List<(int Document, double Weight)>> _postings = [];
    private readonly List<(string Code, double Total)> _documents = [];
    private readonly Dictionary<string, int> _frequency = [];

    public NGramIndex(IReadOnlyList<(string Code, string Text)> documents)
    {
        foreach (var (_, text) in documents)
        {
            foreach (var pair in Pairs(text).Select(pair => pair.Text).Distinct())
            {
                _frequency[pair] = _frequency.GetValueOrDefault(pair) + 1;
            }
        }

        foreach (var (code, text) in documents)
        {
            var weights = Weights(text);
            foreach (var (pair, weight) in weights)
            {
                if (!_postings.TryGetValue(pair, out var list))
                {
                    _postings[pair] = list = [];
                }

                list.Add((_documents.Count, weight));
            }

            _documents.Add((code, weights.Values.Sum()));
        }
    }

    public IEnumerable<(string Code, int Likeness)> Search(string text, int take)
    {
        var weights = Weights(text);
        var total = weights.Values.Sum();
        var shared = new Dictionary<int, double>();
        foreach (var (pair, weight) in weights)
        {
            foreach (var (document, other) in _postings.GetValueOrDefault(pair) ?? [])
            {
                shared[document] = shared.GetValueOrDefault(document) + Math.Min(weight, other);
            }
        }

        return shared
            .Select(hit => (_documents[hit.Key].Code, Likeness: (int)Math.Round(Same * 2 * hit.Value / (total + _documents[hit.Key].Total))))
            .GroupBy(hit => hit.Code)
            .Select(group => (group.Key, group.Max(hit => hit.Likeness)))
            .OrderByDescending(hit => hit.Item2).ThenBy(hit => hit.Key, StringComparer.Ordinal)
            .Take(take);
    }

    private Dictionary<string, double> Weights(string text)
    {
        var weights = new Dictionary<string, double>();
        foreach (var (pair, head) in Pairs(text))
        {
            var rarity = Math.Log(1 + (_frequency.Count / (1.0 + _frequency.GetValueOrDefault(pair))));
            weights[pair] = Math.Max(weights.GetValueOrDefault(pair), head ? 2 * rarity : rarity);
        }

        return weights;
    }

    private static IEnumerable<(string Text, bool Head)> Pairs(string text)
    {
        for (var i = 0; i + 2 <= text.Length; i++)
        {
            yield return (text.Substring(i, 2), i >= text.Length - 3);
        }

        if (text.Length == 1)
        {
            yield return (text, true);
        }
    }
}
