namespace Matching.Engine.Occupations;

/// <summary>A title of a corpus that is like the one asked for.</summary>
/// <param name="Title">Its place in the corpus.</param>
/// <param name="Score">Likeness, millionths of the best possible; above 0.</param>
public readonly record struct RankedTitle(int Title, int Score);

/// <summary>
/// Job titles of a corpus by likeness to a title, in any language: cosine over words and character sequences weighted by the square of their rarity, where the last
/// characters of a script without spaces count more (Chinese names the job last; where words are spaced, languages differ), followed by a round of
/// pseudo-relevance feedback (Rocchio 1971): the nearest titles lend the query their words. Ties go to the earlier title.
/// </summary>
public sealed class TitleRanking
{
    private const double HeadWeight = 1.5;
    private const double PartWeight = 1.0 / 3;
    private const double FeedbackShare = 1;
    private const int FeedbackTitles = 10;
    private const int Scale = 1_000_000;

    private readonly Dictionary<string, double> _rarity = [];
    private readonly Dictionary<string, List<(int Title, double Weight)>> _postings = [];
    private readonly Dictionary<string, double>[] _vectors;
    private readonly double _rarest;

    public TitleRanking(IReadOnlyList<string> titles)
    {
        var bags = titles.Select(Bag).ToArray();
        foreach (var gram in bags.SelectMany(bag => bag.Keys))
        {
            _rarity[gram] = _rarity.GetValueOrDefault(gram) + 1;
        }

        _rarest = Square(Math.Log(1 + titles.Count));
        foreach (var (gram, count) in _rarity.ToList())
        {
            _rarity[gram] = Square(Math.Log(1 + (titles.Count / count)));
        }

        _vectors = Array.ConvertAll(bags, Weigh);
        for (var title = 0; title < _vectors.Length; title++)
        {
            foreach (var (gram, weight) in _vectors[title])
            {
                if (!_postings.TryGetValue(gram, out var list))
                {
                    _postings[gram] = list = [];
                }

                list.Add((title, weight));
            }
        }
    }

    /// <summary>All titles that share anything with it, best first.</summary>
    public IReadOnlyList<RankedTitle> Rank(string title)
    {
        var query = Weigh(Bag(title));
        var first = Search(query);
        var near = Enumerable.Range(0, first.Length).Where(i => first[i] > 0).OrderByDescending(i => first[i]).Take(FeedbackTitles).ToList();
        var all = near.Sum(i => first[i]);
        foreach (var i in near)
        {
            foreach (var (gram, weight) in _vectors[i])
            {
                query[gram] = query.GetValueOrDefault(gram) + (FeedbackShare * weight * first[i] / all);
            }
        }

        var scores = Search(query);
        return [.. Enumerable.Range(0, scores.Length).Select(i => new RankedTitle(i, (int)Math.Round(Scale * scores[i]))).Where(hit => hit.Score > 0)
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Title)];
    }

    private double[] Search(Dictionary<string, double> query)
    {
        var scores = new double[_vectors.Length];
        foreach (var (gram, weight) in query)
        {
            foreach (var (title, other) in _postings.GetValueOrDefault(gram) ?? [])
            {
                scores[title] += weight * other;
            }
        }

        return scores;
    }

    private Dictionary<string, double> Weigh(Dictionary<string, double> bag)
    {
        var values = bag.ToDictionary(entry => entry.Key, entry => Math.Sqrt(entry.Value) * _rarity.GetValueOrDefault(entry.Key, _rarest));
        var length = Math.Sqrt(values.Values.Sum(value => value * value));
        return length == 0 ? values : values.ToDictionary(entry => entry.Key, entry => entry.Value / length);
    }

    private static double Square(double value) => value * value;

    // Words stand between spaces; a mark in front keeps a word apart from the same letters inside another.
    private static Dictionary<string, double> Bag(string title)
    {
        var bag = new Dictionary<string, double>();
        var words = Grams.Runs(title).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            bag["=" + words[i]] = bag.GetValueOrDefault("=" + words[i]) + 1;
            var padded = $"^{words[i]}$";
            for (var length = 3; length <= 5; length++)
            {
                for (var at = 0; at + length <= padded.Length; at++)
                {
                    var gram = padded.Substring(at, length);
                    bag[gram] = bag.GetValueOrDefault(gram) + PartWeight;
                }
            }

            // A script without spaces names the job in its last characters.
            if (words[i].Length > 1 && words[i][^1] >= '\u2E80')
            {
                Grams.Add(bag, words[i], 0.5);
                bag["$" + words[i][^2..]] = HeadWeight;
            }
        }

        return bag;
    }
}
