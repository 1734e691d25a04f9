namespace Matching.Service.Features.Matches;

/// <summary>The words of a request as numbers. A word that the vocabulary does not know gets a number below zero, which nobody else has: it counts as asked for, and is held by nobody.</summary>
internal sealed class PreviewWords(IReadOnlyDictionary<string, long> skills, IReadOnlyDictionary<string, long> certificates)
{
    private readonly Dictionary<(bool, string), long> _unknown = [];
    private readonly Dictionary<long, string> _names = [];

    /// <summary>Every word met so far, by its number, as its sender wrote it.</summary>
    public IReadOnlyDictionary<long, string> Names => _names;

    public IReadOnlyList<string> Unknown => [.. _unknown.Keys.Select(word => word.Item2)];

    public long Skill(string name) => Of(skills, name.Trim(), certificate: false);

    public long Certificate(string name) => Of(certificates, name.Trim(), certificate: true);

    private long Of(IReadOnlyDictionary<string, long> known, string name, bool certificate)
    {
        if (!known.TryGetValue(name, out var id) && !_unknown.TryGetValue((certificate, name), out id))
        {
            id = _unknown[(certificate, name)] = -1 - _unknown.Count;
        }

        _names[id] = name;
        return id;
    }
}
