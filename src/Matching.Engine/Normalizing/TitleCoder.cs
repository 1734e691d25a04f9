namespace Matching.Engine.Normalizing;

/// <summary>An occupation (细类) as the coder knows it.</summary>
/// <param name="Code">Code of the 职业分类大典.</param>
/// <param name="Name">Its name.</param>
/// <param name="Titles">Its alternative titles (工种).</param>
public sealed record OccupationTitle(string Code, string Name, IReadOnlyList<string> Titles);

/// <summary>A word of the market that names an occupation: all keywords must be in the title.</summary>
/// <param name="Keywords">What the title must contain.</param>
/// <param name="Priority">3: names what is done whatever the field (销售, 测试); 2: names the job; 1: names a field only, and is not trusted without a person.</param>
/// <param name="Code">The occupation.</param>
public sealed record TitleRule(IReadOnlyList<string> Keywords, int Priority, string Code);

/// <summary>How a code was found; the order is the order of trust.</summary>
public enum CodingMethod
{
    /// <summary>The title is the occupation's name.</summary>
    Exact,

    /// <summary>The title is one of the occupation's alternative titles.</summary>
    Alias,

    /// <summary>So it is, once ranks, notes and endings (工程师, 工程技术人员 …) are left aside.</summary>
    Normalized,

    /// <summary>A word of the market says so.</summary>
    Rule,

    /// <summary>Shared character sequences.</summary>
    Similar,
}

/// <summary>A proposal for a title.</summary>
/// <param name="Code">Occupation code.</param>
/// <param name="Confidence">0–100; comparable between methods, and not a probability.</param>
/// <param name="Method">How it was found.</param>
public sealed record CodedTitle(string Code, int Confidence, CodingMethod Method);

/// <summary>
/// Job title → occupations (职业分类大典), best first. Names and alternative titles first, then the market's words, then character n-grams
/// weighted by rarity with the title's head (its last two characters) counted twice, for Chinese titles name the job last.
/// Ties go to the lower code. Building is O(total name length); a title costs O(rules + postings of its n-grams), some tens of microseconds.
/// </summary>
public sealed class TitleCoder
{
    /// <summary>From here on a code may be stored without asking a person.</summary>
    public const int AcceptFrom = 60;

    private const int ExactConfidence = 100;
    private const int AliasConfidence = 96;
    private const int NormalizedConfidence = 88;
    private const int BestSimilarConfidence = 80;

    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _aliases = [];
    private readonly Dictionary<string, string> _cores = [];
    private readonly TitleRules _rules;
    private readonly NGramIndex _similar;

    public TitleCoder(IEnumerable<OccupationTitle> occupations, IEnumerable<TitleRule> rules)
    {
        _rules = new TitleRules(rules);
        var documents = new List<(string Code, string Text)>();
        foreach (var occupation in occupations.OrderBy(occupation => occupation.Code, StringComparer.Ordinal))
        {
            _names.TryAdd(TextKey.Of(occupation.Name), occupation.Code);
            foreach (var title in occupation.Titles.Prepend(occupation.Name))
            {
                _aliases.TryAdd(TextKey.Of(title), occupation.Code);
                _cores.TryAdd(TitleText.Core(TextKey.Of(title)), occupation.Code);
                documents.Add((occupation.Code, TitleText.Core(TextKey.Of(title))));
            }
        }

        _similar = new NGramIndex(documents);
    }

    /// <summary>The best codes of a title, at most <paramref name="take"/>; empty when nothing in it is known.</summary>
    public IReadOnlyList<CodedTitle> Code(string title, int take = 5)
    {
        var found = new Dictionary<string, CodedTitle>();
        var whole = TextKey.Of(title);
        var clean = TextKey.Of(TitleText.Clean(title));
        foreach (var key in (string[])[whole, clean])
        {
            Add(found, _names, key, ExactConfidence, CodingMethod.Exact);
            Add(found, _aliases, key, AliasConfidence, CodingMethod.Alias);
        }

        Add(found, _cores, TitleText.Core(clean), NormalizedConfidence, CodingMethod.Normalized);
        if (_rules.Best(clean) is var (code, confidence))
        {
            Add(found, code, confidence, CodingMethod.Rule);
        }

        foreach (var (similar, likeness) in _similar.Search(TitleText.Core(clean), take))
        {
            Add(found, similar, (int)(likeness * BestSimilarConfidence), CodingMethod.Similar);
        }

        return [.. found.Values.OrderByDescending(coded => coded.Confidence).ThenBy(coded => coded.Method).ThenBy(coded => coded.Code, StringComparer.Ordinal).Take(take)];
    }

    private static void Add(Dictionary<string, CodedTitle> found, Dictionary<string, string> known, string key, int confidence, CodingMethod method)
    {
        if (key.Length > 0 && known.TryGetValue(key, out var code))
        {
            Add(found, code, confidence, method);
        }
    }

    private static void Add(Dictionary<string, CodedTitle> found, string code, int confidence, CodingMethod method)
    {
        if (confidence > 0 && (!found.TryGetValue(code, out var known) || known.Confidence < confidence))
        {
            found[code] = new CodedTitle(code, confidence, method);
        }
    }
}
