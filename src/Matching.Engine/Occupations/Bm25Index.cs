namespace Matching.Engine.Occupations;

/// <summary>
/// Okapi BM25 over weighted bags (Robertson and Zaragoza 2009): a sequence counts by its rarity, saturates with repetition, and less in a long document.
/// Building is O(total size); a search costs the postings of the query's sequences.
/// </summary>
internal sealed class Bm25Index
{
    private const double Saturation = 1.2;
    private const double LengthShare = 0.6;

    private readonly Dictionary<string, (int[] Documents, double[] Scores)> _postings;
    private readonly int _count;

    public Bm25Index(IReadOnlyList<Dictionary<string, double>> documents)
    {
        _count = documents.Count;
        var lengths = documents.Select(bag => bag.Values.Sum()).ToArray();
        var mean = Math.Max(1e-9, lengths.Sum() / Math.Max(1, _count));
        var postings = new Dictionary<string, List<(int Document, double Frequency)>>();
        for (var document = 0; document < _count; document++)
        {
            foreach (var (gram, frequency) in documents[document])
            {
                if (!postings.TryGetValue(gram, out var list))
                {
                    postings[gram] = list = [];
                }

                list.Add((document, frequency));
            }
        }

        _postings = postings.ToDictionary(entry => entry.Key, entry =>
        {
            var rarity = Math.Log(1 + ((_count - entry.Value.Count + 0.5) / (entry.Value.Count + 0.5)));
            return (entry.Value.Select(hit => hit.Document).ToArray(), entry.Value.Select(hit => Score(hit.Frequency, lengths[hit.Document] / mean) * rarity).ToArray());
        });
    }

    /// <summary>The score of every document, by its place; 0 where nothing is shared.</summary>
    public double[] Search(Dictionary<string, double> query)
    {
        var scores = new double[_count];
        foreach (var (gram, weight) in query)
        {
            if (_postings.TryGetValue(gram, out var hits))
            {
                for (var i = 0; i < hits.Documents.Length; i++)
                {
                    scores[hits.Documents[i]] += weight * hits.Scores[i];
                }
            }
        }

        return scores;
    }

    private static double Score(double frequency, double length) =>
        frequency * (Saturation + 1) / (frequency + (Saturation * (1 - LengthShare + (LengthShare * length))));
}
