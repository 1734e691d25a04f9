using Matching.Engine.Normalizing;

namespace Matching.Service.Reference;

/// <summary>The tags of a posting (职位标签), sorted. Boards mix skills, benefits and job titles in one list; only the first are skills.</summary>
/// <param name="Skills">Names the vocabulary knows, as written; they resolve to its skills.</param>
/// <param name="Benefits">Welfare words (五险一金, 周末双休): no skills.</param>
/// <param name="Titles">Job titles (销售代表): no skills.</param>
/// <param name="Unknown">The rest: new words, or nothing; who imports decides.</param>
internal sealed record SkillTags(IReadOnlyList<string> Skills, IReadOnlyList<string> Benefits, IReadOnlyList<string> Titles, IReadOnlyList<string> Unknown)
{
    private static readonly string[] TitleEnds = ["师", "员", "经理", "代表", "主管", "总监", "专家", "助理", "岗", "工", "人才", "者", "顾问", "人员", "司机", "学徒"];

    private static readonly (string Phrase, string Place)[] Welfare = [.. ReferenceFile.Rows("welfare_phrases").Select(cells => (cells[0], cells[1]))];

    /// <summary>Each tag once, in order. The vocabulary is asked first: what it knows is a skill, whatever it looks like (钳工, 团队管理).</summary>
    public static SkillTags Of(IEnumerable<string> tags, SkillReading vocabulary)
    {
        var (skills, benefits, titles, unknown) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var tag in tags.Where(tag => TextKey.Of(tag).Length > 0).DistinctBy(TextKey.Of))
        {
            (vocabulary.Find(tag) is not null && !IsWelfare(tag, "WHOLE") ? skills : IsWelfare(tag) ? benefits
                : TitleEnds.Any(end => tag.EndsWith(end, StringComparison.Ordinal)) ? titles : unknown).Add(tag);
        }

        return new SkillTags(skills, benefits, titles, unknown);
    }

    private static bool IsWelfare(string tag, string? only = null) => Array.Exists(Welfare, welfare => (only is null || welfare.Place == only) && welfare.Place switch
    {
        "WHOLE" => tag == welfare.Phrase,
        "START" => tag.StartsWith(welfare.Phrase, StringComparison.Ordinal),
        "END" => tag.EndsWith(welfare.Phrase, StringComparison.Ordinal),
        _ => tag.Contains(welfare.Phrase, StringComparison.Ordinal),
    });
}
