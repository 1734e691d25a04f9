namespace Matching.Engine.Normalizing;

/// <summary>
/// The classification's names and alternative titles, looked up whole, without their endings, and as the end of a longer title.
/// What two occupations share names neither of them, except that a name is stronger than another occupation's alternative title.
/// </summary>
internal sealed class OccupationNames
{
    // Two characters without their ending (化工, 电气) stand at the end of too many titles to name one occupation.
    private const int ShortestTelling = 3;

    private readonly Dictionary<string, string?> _names = [];
    private readonly Dictionary<string, string?> _aliases = [];
    private readonly Dictionary<string, string?> _nameCores = [];
    private readonly Dictionary<string, string?> _aliasCores = [];
    private readonly Dictionary<string, string?> _endings = [];

    public OccupationNames(IReadOnlyList<OccupationTitle> occupations)
    {
        foreach (var occupation in occupations)
        {
            Add(_names, TitleText.Key(occupation.Name), occupation.Code);
            Add(_nameCores, TitleText.Core(TitleText.Key(occupation.Name)), occupation.Code);
            AddEndings(TitleText.Key(occupation.Name), occupation.Code);
            foreach (var title in occupation.Titles)
            {
                var (key, core) = (TitleText.Key(title), TitleText.Core(TitleText.Key(title)));
                Add(_aliases, key, occupation.Code);
                AddEndings(key, occupation.Code);
                if (core.Length >= ShortestTelling)
                {
                    Add(_aliasCores, core, occupation.Code);
                }
            }
        }
    }

    public string? ByName(string key) => _names.GetValueOrDefault(key);

    public string? ByAlias(string key) => _aliases.GetValueOrDefault(key);

    public string? ByNameCore(string key) => _nameCores.GetValueOrDefault(TitleText.Core(key));

    public string? ByAliasCore(string key) => _aliasCores.GetValueOrDefault(TitleText.Core(key));

    /// <summary>Chinese puts the job last: the longest name of at least three characters that ends the title (门店收银员 → 收银员), and its share of the title.</summary>
    public (string Code, double Share)? AtEnd(string key)
    {
        for (var from = 1; from <= key.Length - ShortestTelling; from++)
        {
            var end = key[from..];
            if ((_names.GetValueOrDefault(end) ?? _aliases.GetValueOrDefault(end)) is { } code)
            {
                return (code, (double)end.Length / key.Length);
            }
        }

        return null;
    }

    /// <summary>The one occupation with a name that the title is the end of (验光师 → 眼镜验光师).</summary>
    public string? EndingWith(string key) => _endings.GetValueOrDefault(key);

    private static void Add(Dictionary<string, string?> known, string key, string code)
    {
        if (!known.TryAdd(key, code) && known[key] != code)
        {
            known[key] = null;
        }
    }

    private void AddEndings(string key, string code)
    {
        for (var from = 1; from <= key.Length - ShortestTelling; from++)
        {
            Add(_endings, key[from..], code);
        }
    }
}
