using System.Collections.Frozen;
using Matching.Engine.Normalizing;

namespace Matching.Service.Reference;

/// <summary>One classification, resident: a few thousand rows that never change while the process runs.</summary>
internal sealed class CodeTable
{
    private readonly FrozenDictionary<string, ReferenceCode> _byCode;
    private readonly FrozenDictionary<string, ReferenceCode> _byName;
    private readonly string[] _keys;

    public CodeTable(string file)
    {
        All = ReferenceFile.Codes(file);
        // A region that is prefecture and county at once stands twice; the higher level answers for the code.
        _byCode = All.GroupBy(code => code.Code).ToFrozenDictionary(group => group.Key, group => group.MinBy(code => code.Level)!);
        _byName = All.Where(code => code.ValidTo is null).GroupBy(code => TextKey.Of(code.Name)).Where(group => group.Count() == 1)
            .ToFrozenDictionary(group => group.Key, group => group.Single());
        _keys = [.. All.Select(code => string.Join('\n', code.Titles.Prepend(code.Name).Select(TextKey.Of)))];
    }

    /// <summary>All rows in the file's order, parents before children.</summary>
    public IReadOnlyList<ReferenceCode> All { get; }

    public ReferenceCode? Find(string? code) => code is not null && _byCode.TryGetValue(code, out var found) ? found : null;

    /// <summary>By exact name, when exactly one current row bears it.</summary>
    public ReferenceCode? FindByName(string name) => _byName.GetValueOrDefault(TextKey.Of(name));

    public bool Knows(string? code) => code is not null && _byCode.ContainsKey(code);

    public string? NameOf(string? code) => Find(code)?.Name;

    /// <summary>Rows whose name or alternative title contains the text, in any width, case or script; in the file's order. O(rows).</summary>
    public IEnumerable<ReferenceCode> Search(string text)
    {
        var key = TextKey.Of(text);
        return All.Where((_, i) => _keys[i].Contains(key, StringComparison.Ordinal));
    }
}
