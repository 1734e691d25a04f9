namespace Matching.Engine.Normalizing;

/// <summary>
/// Job title and, where there is one, the posting's text → occupations (职业分类大典), best first. What the consortium has taught comes first, then names and
/// alternative titles, then the market's words, then names at the title's end, then character pairs weighted by rarity with the title's head (its last characters)
/// counted twice, for Chinese titles name the job last. A title of several jobs is coded by the first that is sure; the later ones count a little less.
/// A text lifts a proposal that it speaks of, but never over the threshold: what is not in the title is not stored unasked.
/// Within, proposals have a strength; what goes out is the confidence that was found to belong to it. Ties of strength go to the earlier method, then to the lower code.
/// Building is O(total name length), a few MB; a title costs O(rules + postings of its pairs), about 0.2 ms with the whole classification.
/// </summary>
public sealed class OccupationCoder
{
    /// <summary>From here on a code may be stored without asking a person; strengths and confidences meet here.</summary>
    public const int AcceptFrom = 60;

    /// <summary>Nothing was taught.</summary>
    public static readonly IReadOnlyDictionary<string, string> NothingLearned = new Dictionary<string, string>();

    private const int LearnedConfidence = 100;

    // Taught of the title's core (渠道专员), and met with a note or rank around it (高级渠道专员（深圳）).
    private const int LearnedPartConfidence = 90;

    private const int ExactConfidence = 100;
    private const int AliasConfidence = 96;

    // Below a market word that is the whole title: 美工 is a designer to the market and a scene painter to the classification.
    private const int NormalizedConfidence = 84;
    private const int NormalizedAliasConfidence = 70;
    private const int EndingConfidence = 62;

    // What is only like a name, or a part of a longer one, is proposed and never stored unasked: 产品工程师 is not 食品工程技术人员.
    private const int BestUnsureConfidence = AcceptFrom - 1;
    private const int LaterPartDiscount = 5;

    // A text speaks of many things: alone it proposes and no more, and what it confirms moves by this much.
    private const int TextAloneConfidence = 35;
    private const int TextLift = 15;

    private readonly OccupationNames _names;
    private readonly TitleRules _rules;
    private readonly NGramIndex _similar;
    private readonly PostingText _texts;

    public OccupationCoder(IEnumerable<OccupationTitle> occupations, IEnumerable<TitleRule> rules)
    {
        var ordered = occupations.OrderBy(occupation => occupation.Code, StringComparer.Ordinal).ToList();
        _names = new OccupationNames(ordered);
        _rules = new TitleRules(rules);
        _similar = new NGramIndex([.. ordered.SelectMany(occupation =>
            occupation.Titles.Prepend(occupation.Name).Select(title => (occupation.Code, TitleText.Core(TitleText.Key(title)))))]);
        _texts = new PostingText(ordered);
    }

    /// <summary>The key of a title as a whole: spellings of one title have one.</summary>
    public static string TitleKey(string title) => TitleText.Key(title);

    /// <summary>The keys under which a correction of a title may stand: the whole title's, and those of the jobs it names.</summary>
    public static IReadOnlyList<string> LearningKeys(string title) => [.. TitleText.Parts(title).Prepend(TitleText.Key(title)).Where(key => key.Length > 0).Distinct()];

    /// <summary>The best codes of a title, at most <paramref name="take"/>; empty when nothing in it is known.</summary>
    /// <param name="title">The job title as posted.</param>
    /// <param name="take">Most proposals.</param>
    /// <param name="text">The posting's text; may be empty.</param>
    /// <param name="learned">What the consortium has taught: <see cref="LearningKeys"/> → code.</param>
    public IReadOnlyList<CodedTitle> Code(string title, int take = 5, string text = "", IReadOnlyDictionary<string, string>? learned = null)
    {
        var found = new Dictionary<string, CodedTitle>();
        var (whole, parts) = (TitleText.Key(title), TitleText.Parts(title));
        AddLearned(found, whole, parts, learned ?? NothingLearned);
        Add(found, _names.ByName(whole), ExactConfidence, CodingMethod.Exact, whole);
        Add(found, _names.ByAlias(whole), AliasConfidence, CodingMethod.Alias, whole);
        var discount = 0;
        foreach (var part in parts)
        {
            CodePart(found, part, discount, take);
            if (found.Values.Any(coded => coded.Confidence >= AcceptFrom))
            {
                break;
            }

            discount = LaterPartDiscount;
        }

        if (text.Length > 0 && !found.Values.Any(coded => coded.Confidence >= AcceptFrom))
        {
            AddText(found, text);
        }

        return [.. found.Values.OrderByDescending(coded => coded.Confidence).ThenBy(coded => coded.Method).ThenBy(coded => coded.Code, StringComparer.Ordinal).Take(take)
            .Select(coded => coded with { Confidence = Calibration.Confidence(coded.Confidence) })];
    }

    private static void AddLearned(Dictionary<string, CodedTitle> found, string whole, IReadOnlyList<string> parts, IReadOnlyDictionary<string, string> learned)
    {
        if (learned.TryGetValue(whole, out var code))
        {
            Add(found, code, LearnedConfidence, CodingMethod.Learned, whole);
        }
        else if (parts.FirstOrDefault(learned.ContainsKey) is { } part)
        {
            Add(found, learned[part], LearnedPartConfidence, CodingMethod.Learned, part);
        }
    }

    // Confirmed proposals keep their method; what only the text names stands below them.
    private void AddText(Dictionary<string, CodedTitle> found, string text)
    {
        foreach (var (code, share, spoken) in _texts.Speaks(text))
        {
            if (found.TryGetValue(code, out var known))
            {
                found[code] = known with { Confidence = Math.Min(BestUnsureConfidence, known.Confidence + (int)(TextLift * share)), Matched = $"{known.Matched} {spoken}" };
            }
            else
            {
                Add(found, code, (int)(TextAloneConfidence * share), CodingMethod.Text, spoken);
            }
        }
    }

    private void CodePart(Dictionary<string, CodedTitle> found, string part, int discount, int take)
    {
        Add(found, _names.ByName(part), ExactConfidence - discount, CodingMethod.Exact, part);
        Add(found, _names.ByAlias(part), AliasConfidence - discount, CodingMethod.Alias, part);
        Add(found, _names.ByNameCore(part), NormalizedConfidence - discount, CodingMethod.Normalized, part);
        Add(found, _names.ByAliasCore(part), NormalizedAliasConfidence - discount, CodingMethod.Normalized, part);
        if (_rules.Best(part) is var (code, confidence, words))
        {
            Add(found, code, confidence - discount, CodingMethod.Rule, words);
        }

        if (_names.AtEnd(part) is var (named, share))
        {
            Add(found, named, EndingConfidence + (int)(20 * share) - discount, CodingMethod.Ending, part);
        }

        Add(found, _names.EndingWith(part), BestUnsureConfidence - discount, CodingMethod.Ending, part);

        foreach (var (similar, likeness) in _similar.Search(TitleText.Core(part), take))
        {
            Add(found, similar, likeness * BestUnsureConfidence / NGramIndex.Same - discount, CodingMethod.Similar, part);
        }
    }

    private static void Add(Dictionary<string, CodedTitle> found, string? code, int confidence, CodingMethod method, string matched)
    {
        if (code is not null && confidence > 0 && (!found.TryGetValue(code, out var known) || (known.Confidence, known.Method == CodingMethod.Learned).CompareTo((confidence, method == CodingMethod.Learned)) < 0))
        {
            found[code] = new CodedTitle(code, confidence, method, matched);
        }
    }
}
