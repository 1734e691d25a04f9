using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class NGramIndexTests
{
    private const string Letters = "电气焊工机械";

    [Fact]
    public void Search_GivesWhatComparingEveryDocumentGives()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var documents = Enumerable.Range(0, random.Next(1, 25)).Select(_ => ($"{random.Next(12):00}", Text(random))).ToArray();
            var (query, take) = (Text(random), random.Next(1, 6));

            Assert.Equal(Exhaustive(documents, query).Take(take), new NGramIndex(documents).Search(query, take));
        }
    }

    [Fact]
    public void Search_FindsTheSameText() => Assert.Equal(NGramIndex.Same, new NGramIndex([("1", "电气焊工"), ("2", "机械")]).Search("电气焊工", 1).Single().Likeness);

    // The definition, pair by pair: the shared part of each pair's weight, over the mean of both sums.
    private static IEnumerable<(string Code, int Likeness)> Exhaustive((string Code, string Text)[] documents, string query)
    {
        var pairs = documents.Select(document => Pairs(document.Text).Keys.ToHashSet()).ToArray();
        var known = pairs.SelectMany(set => set).Distinct().Count();
        double Rarity(string pair) => Math.Log(1 + (known / (1.0 + pairs.Count(set => set.Contains(pair)))));
        double Sum(string text) => Pairs(text).Sum(pair => pair.Value * Rarity(pair.Key));
        double Shared(string one, string other) => Pairs(one).Join(Pairs(other), pair => pair.Key, pair => pair.Key, (a, b) => Math.Min(a.Value, b.Value) * Rarity(a.Key)).Sum();

        return documents
            .Select(document => (document.Code, Shared: Shared(query, document.Text), All: Sum(query) + Sum(document.Text)))
            .Where(hit => hit.Shared > 0).Select(hit => (hit.Code, Likeness: (int)Math.Round(NGramIndex.Same * 2 * hit.Shared / hit.All)))
            .GroupBy(hit => hit.Code).Select(group => (Code: group.Key, Likeness: group.Max(hit => hit.Likeness)))
            .OrderByDescending(hit => hit.Likeness).ThenBy(hit => hit.Code, StringComparer.Ordinal);
    }

    // Each pair once; one that also stands in the last three characters counts twice.
    private static Dictionary<string, int> Pairs(string text) => Enumerable.Range(0, text.Length - 1)
        .Select(at => (Pair: text.Substring(at, 2), Weight: at >= text.Length - 3 ? 2 : 1))
        .GroupBy(pair => pair.Pair).ToDictionary(group => group.Key, group => group.Max(pair => pair.Weight));

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 8)).Select(_ => Letters[random.Next(Letters.Length)]));
}
