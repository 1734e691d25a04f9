using System.Text.Json;
using Matching.Engine.Normalizing;

namespace Matching.Service.Tests.Features.Search;

/// <summary>The search as its documentation says it, over rows in memory: slow and obviously right.</summary>
internal static class NaiveSearch
{
    /// <summary>A demand as GET shows it, and as a search sees it.</summary>
    public sealed record Row(long Id, string Title, string Text, DateOnly Day, IReadOnlyDictionary<string, string?> Values, int? WageMin, int? WageMax)
    {
        public static Row Of(JsonElement d) => new(
            d.GetProperty("id").GetInt64(), SearchText.Of(d.GetProperty("title").GetString()!), SearchText.Of(d.GetProperty("description").GetString()!),
            DateOnly.Parse(d.GetProperty("openedOn").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            new Dictionary<string, string?>
            {
                ["region"] = d.GetProperty("regionCode").GetString(), ["industry"] = d.GetProperty("industryCode").GetString(), ["occupation"] = d.GetProperty("occupationCode").GetString(),
                ["education"] = d.GetProperty("educationCode").GetString(), ["kind"] = d.GetProperty("kind").GetString(), ["state"] = d.GetProperty("state").GetString(),
                ["wage"] = Number(d, "wageMax") is { } wage ? Band(wage) : null,
            },
            Number(d, "wageMin"), Number(d, "wageMax"));

        private static int? Number(JsonElement d, string name) => d.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
    }

    public static string Band(int wage) => wage < 3000 ? "0" : wage < 5000 ? "1" : wage < 8000 ? "2" : wage < 12000 ? "3" : wage < 20000 ? "4" : "5";

    /// <summary>The value and the groups it belongs to.</summary>
    public static IEnumerable<string> Groups(string facet, string value) => (facet switch
    {
        "region" => [value[..2] + "0000", value[..4] + "00", value],
        "occupation" => new[] { 1, 4, 7, 10 }.Where(length => length <= value.Length).Select(length => value[..length]),
        "education" => [value[..1] + "0", value],
        "industry" => ["C", .. new[] { 2, 3, 4 }.Where(length => length <= value.Length).Select(length => value[..length])],
        _ => [value],
    }).Distinct();

    public static bool Bears(Row row, string[] words) =>
        words.All(word => row.Title.Contains(word, StringComparison.Ordinal) || row.Text.Contains(word, StringComparison.Ordinal));

    public static bool Passes(Row row, string facet, string[] values) => row.Values[facet] is { } value && values.Intersect(Groups(facet, value)).Any();

    public static int Score(Row row, string[] words) => (row.Title == string.Join(' ', words) && words.Length > 0 ? 100 : 0) + words.Sum(word =>
        row.Title == word ? 60
        : row.Title.Contains(word, StringComparison.Ordinal) ? Whole(row.Title, word) ? 50 : 40
        : Whole(row.Text, word) ? 20 : 10);

    private static bool Whole(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || Parts(text[at - 1], word[0])) && (at + word.Length == text.Length || Parts(text[at + word.Length], word[^1])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Parts(char neighbour, char edge) => Sort(edge) == 0 || Sort(neighbour) != Sort(edge);

    private static int Sort(char c) => c is >= '\u3400' and <= '\u9fff' ? 1 : c is >= 'a' and <= 'z' or >= '0' and <= '9' ? 2 : 0;
}
