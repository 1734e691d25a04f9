namespace Matching.Engine.Normalizing;

/// <summary>An occupation (细类) as the coder knows it.</summary>
/// <param name="Code">Code of the 职业分类大典.</param>
/// <param name="Name">Its name.</param>
/// <param name="Titles">Its alternative titles (工种).</param>
public sealed record OccupationTitle(string Code, string Name, IReadOnlyList<string> Titles);

/// <summary>A word of the market that names an occupation: all keywords must be in the title.</summary>
/// <param name="Keywords">What the title must contain.</param>
/// <param name="Priority">4: names what is done whatever the field (销售, 测试); 3: names the job; 2: names it in general and yields to any particular (软件开发); 1: names a field only, and is not trusted without a person.</param>
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

    /// <summary>The title ends with the occupation's name or alternative title, or is most of its end.</summary>
    Ending,

    /// <summary>Shared character sequences.</summary>
    Similar,
}

/// <summary>A proposal for a title.</summary>
/// <param name="Code">Occupation code.</param>
/// <param name="Confidence">0–100; comparable between methods, and not a probability.</param>
/// <param name="Method">How it was found.</param>
public sealed record CodedTitle(string Code, int Confidence, CodingMethod Method);

/// <summary>
/// Job title → occupations (职业分类大典), best first. Names and alternative titles first, then the market's words, then names at the title's end, then character
/// pairs weighted by rarity with the title's head (its last characters) counted twice, for Chinese titles name the job last. A title of several jobs is coded by the
/// first that is sure; the later ones count a little less. Ties go to the earlier method, then to the lower code.
/// Building is O(total name length), a few MB; a title costs O(rules + postings of its pairs), about 0.2 ms with the whole classification.
/// </summary>
public sealed class TitleCoder
{
    /// <summary>From here on a code may be stored without asking a person.</summary>
    public const int AcceptFrom = 60;

    private const int ExactConfidence = 100;
    private const int AliasConfidence = 96;

    // Below a market word that is the whole title: 美工 is a designer to the market and a scene painter to the classification.
    private const int NormalizedConfidence = 84;
    private const int NormalizedAliasConfidence = 70;
    private const int EndingConfidence = 62;

    // What is only like a name, or a part of a longer one, is proposed and never stored unasked: 产品工程师 is not 食品工程技术人员.
    private const int BestUnsureConfidence = AcceptFrom - 1;
    private const int LaterPartDiscount = 5;

    private readonly TitleNames _names;
    private readonly TitleRules _rules;
    private readonly NGramIndex _similar;

    public TitleCoder(IEnumerable<OccupationTitle> occupations, IEnumerable<TitleRule> rules)
    {
        var ordered = occupations.OrderBy(occupation => occupation.Code, StringComparer.Ordinal).ToList();
        _names = new TitleNames(ordered);
        _rules = new TitleRules(rules);
        _similar = new NGramIndex([.. ordered.SelectMany(occupation =>
            occupation.Titles.Prepend(occupation.Name).Select(title => (occupation.Code, TitleText.Core(TitleText.Key(title)))))]);
    }

    /// <summary>The best codes of a title, at most <paramref name="take"/>; empty when nothing in it is known.</summary>
    public IReadOnlyList<CodedTitle> Code(string title, int take = 5)
    {
        var found = new Dictionary<string, CodedTitle>();
        var whole = TitleText.Key(title);
        Add(found, _names.ByName(whole), ExactConfidence, CodingMethod.Exact);
        Add(found, _names.ByAlias(whole), AliasConfidence, CodingMethod.Alias);
        var discount = 0;
        foreach (var part in TitleText.Parts(title))
        {
            CodePart(found, part, discount, take);
            if (found.Values.Any(coded => coded.Confidence >= AcceptFrom))
            {
                break;
            }

            discount = LaterPartDiscount;
        }

        return [.. found.Values.OrderByDescending(coded => coded.Confidence).ThenBy(coded => coded.Method).ThenBy(coded => coded.Code, StringComparer.Ordinal).Take(take)];
    }

    private void CodePart(Dictionary<string, CodedTitle> found, string part, int discount, int take)
    {
        Add(found, _names.ByName(part), ExactConfidence - discount, CodingMethod.Exact);
        Add(found, _names.ByAlias(part), AliasConfidence - discount, CodingMethod.Alias);
        Add(found, _names.ByNameCore(part), NormalizedConfidence - discount, CodingMethod.Normalized);
        Add(found, _names.ByAliasCore(part), NormalizedAliasConfidence - discount, CodingMethod.Normalized);
        if (_rules.Best(part) is var (code, confidence))
        {
            Add(found, code, confidence - discount, CodingMethod.Rule);
        }

        if (_names.AtEnd(part) is var (named, share))
        {
            Add(found, named, EndingConfidence + (int)(20 * share) - discount, CodingMethod.Ending);
        }

        Add(found, _names.EndingWith(part), BestUnsureConfidence - discount, CodingMethod.Ending);

        foreach (var (similar, likeness) in _similar.Search(TitleText.Core(part), take))
        {
            Add(found, similar, likeness * BestUnsureConfidence / NGramIndex.Same - discount, CodingMethod.Similar);
        }
    }

    private static void Add(Dictionary<string, CodedTitle> found, string? code, int confidence, CodingMethod method)
    {
        if (code is not null && confidence > 0 && (!found.TryGetValue(code, out var known) || known.Confidence < confidence))
        {
            found[code] = new CodedTitle(code, confidence, method);
        }
    }
}
