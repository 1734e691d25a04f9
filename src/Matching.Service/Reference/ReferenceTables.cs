using Matching.Engine.Lawfulness;
using Matching.Engine.Normalizing;

namespace Matching.Service.Reference;

/// <summary>The national codes in memory (about 9,000 rows, a few MB), built once from the embedded files, and the resolvers over them.</summary>
internal sealed class ReferenceTables
{
    public CodeTable Regions { get; } = new("regions");

    public CodeTable Industries { get; } = new("industries");

    public CodeTable Occupations { get; } = new("occupations");

    public CodeTable Majors { get; } = new("majors");

    public CodeTable EducationLevels { get; } = new("education_levels");

    public CodeTable DestinationKinds { get; } = new("destination_kinds");

    public OccupationCoder Titles { get; }

    public MajorOccupationTable MajorOccupations { get; }

    public RegionText Places { get; }

    /// <summary>What may not be asked of applicants (歧视性要求).</summary>
    public UnlawfulPhrases Unlawful { get; }

    /// <summary>What its categories are called, which rule forbids them and what a sender should do.</summary>
    public IReadOnlyDictionary<string, UnlawfulCategory> UnlawfulCategories { get; } = ReferenceFile.Rows("lawful_categories")
        .ToDictionary(cells => cells[0], cells => new UnlawfulCategory(cells[1], cells[2] == "1", cells[3], cells[4]));

    // Some 3 MB each when full.
    private const int Kept = 20_000;

    private readonly Remembered<(string Text, string? Occupation), IReadOnlyList<LawfulFinding>> _unlawful;
    private readonly Remembered<string, Places> _places;
    private readonly Remembered<string, string?> _placeCodes;
    private readonly Remembered<string, (bool Understood, string? Code)> _educations = new(1_000, text => (EducationText.TryParse(text, out var code), code));

    public ReferenceTables()
    {
        Titles = OccupationFiles.Coder(Occupations);
        MajorOccupations = new MajorOccupationTable(Occupations, Majors);
        Places = new RegionText(Regions.All.Select(code => new RegionName(code.Code, code.Level, code.Name, code.Parent, code.ValidTo is not null, code.Successor)));
        Unlawful = new UnlawfulPhrases(ReferenceFile.Rows("lawful_phrases").Select(cells =>
            new LawfulPhrase(cells[0], Enum.Parse<PhraseUse>(cells[1], ignoreCase: true), cells[2], cells[3])));
        _unlawful = new(Kept, asked => Unlawful.Find(asked.Text, asked.Occupation));
        _places = new(Kept, Places.Read);
        _placeCodes = new(Kept, Places.Find);
    }

    /// <summary>The best occupation of a title when it is sure enough to be stored without asking, and how sure; <paramref name="learned"/> is what the consortium taught. A text beside the title would change nothing: it makes no proposal sure.</summary>
    public (string? Code, int? Confidence) CodeTitle(string title, IReadOnlyDictionary<string, string>? learned = null) =>
        Titles.Code(title, 1, "", learned) is [{ Confidence: >= OccupationCoder.AcceptFrom } best] ? (best.Code, best.Confidence) : (null, null);

    /// <summary>What the text asks of applicants and may not.</summary>
    /// <param name="text">What the sender wrote.</param>
    /// <param name="occupation">The occupation asked for.</param>
    public IReadOnlyList<LawfulFinding> UnlawfulIn(string text, string? occupation) => Unlawful.MayFind(text) ? _unlawful.Of((text, occupation), text) : [];

    /// <summary>Every place the text names.</summary>
    public Places PlacesIn(string text) => _places.Of(text, text);

    /// <summary>The one place a text names; null: none.</summary>
    public string? PlaceOf(string text) => _placeCodes.Of(text, text);

    /// <summary>Whether a text names an education level, and which; none where it asks for nothing.</summary>
    public (bool Understood, string? Code) EducationIn(string text) => _educations.Of(text, text);
}

/// <summary>A category of requirements (歧视类别).</summary>
/// <param name="Name">For people.</param>
/// <param name="Refused">Whether the law forbids it; otherwise the consortium's rule decides.</param>
/// <param name="Basis">Which law; the reading is to be confirmed by counsel.</param>
/// <param name="Advice">What to change.</param>
internal sealed record UnlawfulCategory(string Name, bool Refused, string Basis, string Advice);
