using System.Globalization;

namespace Matching.Engine.Normalizing;

/// <summary>Something that a name may be another name of.</summary>
/// <param name="Value">What it stands for.</param>
/// <param name="Likeness">0–100; 100 the same key.</param>
public readonly record struct NameSuggestion(long Value, int Likeness);

/// <summary>Likeness of a name to known names by rare character pairs. A few MB for 10,000 names; a question costs the postings of its pairs.</summary>
public sealed class NameSuggestions
{
    private readonly NGramIndex _index;

    public NameSuggestions(IEnumerable<NamedValue> names) =>
        _index = new NGramIndex([.. names.Select(name => (name.Value.ToString(CultureInfo.InvariantCulture), TextKey.Of(name.Name))).Where(pair => pair.Item2.Length > 0)]);

    /// <summary>The most alike, best first, at least <paramref name="least"/>; ties go to the lower value as text.</summary>
    public IReadOnlyList<NameSuggestion> Of(string name, int take, int least) =>
        [.. _index.Search(TextKey.Of(name), take)
            .Select(hit => new NameSuggestion(long.Parse(hit.Code, CultureInfo.InvariantCulture), hit.Likeness * 100 / NGramIndex.Same))
            .Where(suggestion => suggestion.Likeness >= least)];
}
