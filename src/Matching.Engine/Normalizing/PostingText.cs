namespace Matching.Engine.Normalizing;

/// <summary>
/// Which occupations a posting's text speaks of: their names, alternative titles and work functions as whole phrases of at least three characters.
/// A phrase counts by its rarity, so what many standards share (培训与指导) says little. Building is O(total length); a text costs O(its length × the longest phrase).
/// </summary>
internal sealed class PostingText
{
    private const int Shortest = 3;
    private const int Longest = 12;
    private const int LongestText = 2_000;
    private const int MostProposals = 10;

    private readonly Dictionary<string, string[]> _phrases;
    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly HashSet<(char First, char Second)> _beginnings;

    public PostingText(IReadOnlyList<OccupationTitle> occupations)
    {
        _phrases = occupations
        .SelectMany(occupation => occupation.Titles.Prepend(occupation.Name).Concat(occupation.Functions ?? []).Select(TextKey.Of).Distinct()
            .Where(phrase => phrase.Length is >= Shortest and <= Longest).Select(phrase => (phrase, occupation.Code)))
        .GroupBy(pair => pair.phrase).ToDictionary(group => group.Key, group => group.Select(pair => pair.Code).Order(StringComparer.Ordinal).ToArray());
        _bySpan = _phrases.GetAlternateLookup<ReadOnlySpan<char>>();
        _beginnings = [.. _phrases.Keys.Select(phrase => (phrase[0], phrase[1]))];
    }

    /// <summary>Occupations with their share of the best one's weight, 0–1, and the phrase that says most; best first, ties to the lower code.</summary>
    public IEnumerable<(string Code, double Share, string Phrase)> Speaks(string text)
    {
        var key = TextKey.Of(text.Length > LongestText ? text[..LongestText] : text);
        var weights = new Dictionary<string, (double Weight, double Best, string Phrase)>();
        foreach (var phrase in Phrases(key).Distinct())
        {
            var codes = _phrases[phrase];
            var weight = 1.0 / codes.Length;
            foreach (var code in codes)
            {
                var known = weights.GetValueOrDefault(code);
                weights[code] = (known.Weight + weight, Math.Max(known.Best, weight), weight > known.Best ? phrase : known.Phrase);
            }
        }

        var most = weights.Count == 0 ? 1 : Math.Max(1, weights.Values.Max(entry => entry.Weight));
        return weights.Select(entry => (entry.Key, entry.Value.Weight / most, entry.Value.Phrase))
            .OrderByDescending(entry => entry.Item2).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(MostProposals);
    }

    private List<string> Phrases(string key)
    {
        var found = new List<string>();
        for (var from = 0; from + Shortest <= key.Length; from++)
        {
            if (!_beginnings.Contains((key[from], key[from + 1])))
            {
                continue;
            }

            for (var length = Shortest; length <= Longest && from + length <= key.Length; length++)
            {
                if (_bySpan.TryGetValue(key.AsSpan(from, length), out var phrase, out _))
                {
                    found.Add(phrase);
                }
            }
        }

        return found;
    }
}
