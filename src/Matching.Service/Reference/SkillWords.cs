using System.Collections.Frozen;
using Matching.Engine.Normalizing;

namespace Matching.Service.Reference;

/// <summary>A name of an accepted skill: its own or another.</summary>
internal sealed record SkillWord(long Id, string Name, string Word, string Source);

/// <summary>Accepted words of one vocabulary, shared or a consortium's own, resident and never changed once built. The shared one takes some 6 MB, a consortium's a few kB.</summary>
internal sealed class SkillWords
{
    /// <summary>Names from standards and courses shorter than this are everyday words (管理, 设备, 整理).</summary>
    private const int LeastCourseKey = 4;

    private static readonly FrozenDictionary<string, string> Rules =
        ReferenceFile.Rows("skill_text_rules").ToFrozenDictionary(cells => TextKey.Of(cells[0]), cells => cells[1]);

    private readonly FrozenDictionary<string, long> _byKey;
    private readonly FrozenDictionary<long, string> _names;

    public SkillWords(long version, IReadOnlyList<SkillWord> words)
    {
        Version = version;
        Automaton = new NameAutomaton(words.Where(IsLookedFor).Select(word => new NamedValue(word.Word, word.Id, Rule(word) == "WEAK")));
        _byKey = words.GroupBy(word => TextKey.Of(word.Word)).ToFrozenDictionary(group => group.Key, group => group.First().Id);
        _names = words.GroupBy(word => word.Id).ToFrozenDictionary(group => group.Key, group => group.First().Name);
        Suggestions = new Lazy<NameSuggestions>(() => new NameSuggestions(words.Select(word => new NamedValue(word.Word, word.Id))));
    }

    /// <summary>The vocabulary's counter when it was read.</summary>
    public long Version { get; }

    /// <summary>The words looked for in texts.</summary>
    public NameAutomaton Automaton { get; }

    /// <summary>Likeness to these words; built when first asked for.</summary>
    public Lazy<NameSuggestions> Suggestions { get; }

    /// <summary>The skill that bears exactly this name, in any spelling.</summary>
    public long? Find(string name) => _byKey.TryGetValue(TextKey.Of(name), out var id) ? id : null;

    public string? NameOf(long id) => _names.GetValueOrDefault(id);

    // Whatever a person has put into the vocabulary is looked for, but for what the rules name; of courses and work functions only what is long enough to mean something.
    private static bool IsLookedFor(SkillWord word) =>
        Rule(word) switch { "STOP" => false, null => word.Source is not ("STANDARD" or "COURSE") || TextKey.Of(word.Word).Length >= LeastCourseKey, _ => true };

    private static string? Rule(SkillWord word) => Rules.GetValueOrDefault(TextKey.Of(word.Word));
}
