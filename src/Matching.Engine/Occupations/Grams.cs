using Matching.Engine.Normalizing;

namespace Matching.Engine.Occupations;

/// <summary>
/// A text as a bag of its character sequences, which needs no dictionary and serves every language: two and three characters inside a run of letters and digits.
/// </summary>
internal static class Grams
{
    private const int Shortest = 2;
    private const int Longest = 3;

    /// <summary>Adds the sequences of a text, each with the given weight. O(length).</summary>
    public static void Add(Dictionary<string, double> bag, string text, double weight)
    {
        foreach (var run in Runs(text))
        {
            for (var length = Shortest; length <= Longest; length++)
            {
                for (var at = 0; at + length <= run.Length; at++)
                {
                    var gram = run.Substring(at, length);
                    bag[gram] = bag.GetValueOrDefault(gram) + weight;
                }
            }
        }
    }

    public static Dictionary<string, double> Of(IEnumerable<(string Text, double Weight)> fields)
    {
        var bag = new Dictionary<string, double>();
        foreach (var (text, weight) in fields)
        {
            Add(bag, text, weight);
        }

        return bag;
    }

    /// <summary>The runs of letters and digits, each as its key: 会计（电算化）→ 会计, 电算化.</summary>
    public static IEnumerable<string> Runs(string text)
    {
        var from = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && (char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at])))
            {
                continue;
            }

            if (at > from)
            {
                yield return TextKey.Of(text[from..at]);
            }

            from = at + 1;
        }
    }
}
