namespace Matching.Engine.Normalizing;

/// <summary>A skill found in a text.</summary>
/// <param name="SkillId">The skill.</param>
/// <param name="Offset">Where it stands in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Must">Required (true) or welcome (false).</param>
/// <param name="Level">1 了解 to 5 精通; null: none said.</param>
public readonly record struct FoundSkill(long SkillId, int Offset, int Length, bool Must, int? Level);

/// <summary>
/// Text of a posting → skills (技能) it asks for, in the order of the text. A skill is required where the text says how well it is to be known (熟悉 and more) or that it
/// must be (必须, 具备), and anywhere under 任职要求; it is welcome where 优先 or its like stands, where it is only to be known of (了解), where one of several is enough, and
/// in what the job does (岗位职责). 无需 and its like remove it. What 工作地点, 福利 and the like head is left out.
/// About O(length of the text).
/// </summary>
public static class SkillReader
{
    /// <summary>Every mention; a later automaton answers before an earlier one that knows the same name.</summary>
    public static IReadOnlyList<FoundSkill> Read(string text, params ReadOnlySpan<NameAutomaton> vocabularies)
    {
        var keyed = KeyedText.Of(text);
        var names = NameAutomaton.Find(keyed, vocabularies);
        if (names.Count == 0)
        {
            return [];
        }

        var found = new List<FoundSkill>(names.Count);
        var section = MarkerKind.Nothing;
        var clause = new List<SkillToken>();
        foreach (var token in SkillToken.Of(keyed, names))
        {
            if (token.Kind is TokenKind.Clause or TokenKind.Heading)
            {
                SkillClause.Read(keyed, clause, section, found);
                clause.Clear();
                section = token.Kind == TokenKind.Heading ? token.Marker : section;
            }
            else
            {
                clause.Add(token);
            }
        }

        SkillClause.Read(keyed, clause, section, found);
        return found;
    }

    /// <summary>One per skill, the strictest wording of its mentions: required before welcome, then the higher level; in the order of the text.</summary>
    public static IReadOnlyList<FoundSkill> Strictest(IReadOnlyList<FoundSkill> mentions) =>
        mentions.Count < 2 ? mentions : [.. mentions.GroupBy(skill => skill.SkillId).Select(group => group.First() with { Must = group.Any(skill => skill.Must), Level = group.Max(skill => skill.Level) })];
}
