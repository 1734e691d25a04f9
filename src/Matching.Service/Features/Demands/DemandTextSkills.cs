using Matching.Engine.Normalizing;
using Matching.Service.Data;

namespace Matching.Service.Features.Demands;

/// <summary>Skills that a demand's text asks for and its sender did not name (origin TEXT). They are written after the sender's, whose word stands.</summary>
internal static class DemandTextSkills
{
    private const string AddSql = "SELECT add_text_skills(array_fill(@Id, ARRAY[cardinality(@Skills)]), @Skills, @Musts, @Levels)";

    public static Task AddAsync(TenantSession session, long id, IReadOnlyList<FoundSkill> skills, CancellationToken ct) => skills.Count == 0
        ? Task.CompletedTask
        : session.ExecuteAsync(AddSql, new { Id = id, Skills = Ids(skills), Musts = Musts(skills), Levels = Levels(skills) }, ct);

    public static long[] Ids(IReadOnlyList<FoundSkill> skills) => [.. skills.Select(skill => skill.SkillId)];

    public static bool[] Musts(IReadOnlyList<FoundSkill> skills) => [.. skills.Select(skill => skill.Must)];

    /// <summary>0 where none is said.</summary>
    public static short[] Levels(IReadOnlyList<FoundSkill> skills) => [.. skills.Select(skill => (short)(skill.Level ?? 0))];
}
