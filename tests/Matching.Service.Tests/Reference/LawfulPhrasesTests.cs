using Matching.Engine.Lawfulness;
using Matching.Service.Reference;

namespace Matching.Service.Tests.Reference;

/// <summary>The table of phrases against a table of cases: what must be found, by category, and what only looks like it.</summary>
public class LawfulPhrasesTests
{
    private static readonly UnlawfulPhrases Phrases = new ReferenceTables().Unlawful;

    private static readonly (string[] Categories, string Phrase, string Text, string? Occupation)[] Cases =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "lawful-cases.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))
            .Select(cells => (cells[0] == "-" ? [] : cells[0].Split(','), Unescape(cells[1]), Unescape(cells[2]), cells.ElementAtOrDefault(3)))];

    private static string Unescape(string cell) => cell.Replace("\\n", "\n", StringComparison.Ordinal);

    [Fact]
    public void Cases_AreManyOnBothSides()
    {
        Assert.True(Cases.Count(known => known.Categories.Length > 0) >= 300);
        Assert.True(Cases.Count(known => known.Categories.Length == 0) >= 280);
    }

    [Fact]
    public void EveryCase_IsFoundInItsCategories_AndNoOther()
    {
        var wrong = Cases
            .Select(known => (known, Found: Phrases.Find(known.Text, known.Occupation)))
            .Where(pair => !Categories(pair.Found).SequenceEqual(pair.known.Categories.Order(StringComparer.Ordinal))
                || (pair.known.Phrase.Length > 0 && pair.Found.All(finding => finding.Phrase != pair.known.Phrase)))
            .Select(pair => $"{pair.known.Text}: {string.Join(' ', pair.Found)}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryFinding_IsTheTextAtItsPlace() => Assert.All(Cases, known => Assert.All(Phrases.Find(known.Text, known.Occupation), finding =>
        Assert.Equal(finding.Phrase, known.Text.Substring(finding.Offset, finding.Length))));

    // What spaces, invisible characters and full-width forms hide from the eye of a program they do not hide from a reader.
    [Fact]
    public void Disguises_HideNothing()
    {
        var random = new Random(20261125);
        foreach (var known in Cases.Where(known => known.Categories.Length > 0))
        {
            for (var round = 0; round < 4; round++)
            {
                var disguised = string.Concat(known.Text.EnumerateRunes().Select(rune => Disguise(rune.ToString(), random)));
                Assert.True(known.Categories.All(Categories(Phrases.Find(disguised, known.Occupation)).Contains), $"{known.Text} as {disguised}");
            }
        }
    }

    [Fact]
    public void LongTexts_TakeNoMoreThanTheirLength_HoweverOftenAPhraseBegins()
    {
        var text = string.Concat(Enumerable.Repeat("年龄要求35岁及及及或含(含", 3_000)) + "以下";

        Assert.All(Phrases.Find(text), finding => Assert.Equal("AGE", finding.Category));
    }

    [Fact]
    public void EveryCategory_HasItsNameBasisAndAdvice() => Assert.Equal(
        ReferenceFile.Rows("lawful_phrases").Select(cells => cells[0]).Where(category => category != "*").Distinct().Order(),
        ReferenceFile.Rows("lawful_categories").Select(cells => cells.Length == 5 ? cells[0] : "").Order());

    [Fact]
    public void ExemptOccupations_Exist() => Assert.All(ReferenceFile.Rows("lawful_phrases").Where(cells => cells[1] == "EXEMPT"), cells =>
        Assert.True(new ReferenceTables().Occupations.Knows(cells[3]), cells[3]));

    private static string Disguise(string sign, Random random) => random.Next(6) switch
    {
        0 => sign + " ",
        1 => "\u3000" + sign,
        2 => sign + "\u200B",
        3 => sign is [> ' ' and <= '~'] ? ((char)(sign[0] + 0xFEE0)).ToString() : sign,
        _ => sign,
    };

    private static IEnumerable<string> Categories(IReadOnlyList<LawfulFinding> findings) =>
        findings.Select(finding => finding.Category).Distinct().Order(StringComparer.Ordinal);
}
