using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Skills;

/// <summary>A skill (技能) or certificate (证书) of the vocabulary.</summary>
/// <param name="Id">Number of the skill; the same for everybody when shared.</param>
/// <param name="Kind">SKILL or CERTIFICATE.</param>
/// <param name="Name">Its name as first written.</param>
/// <param name="BroaderId">The skill it is a part of.</param>
/// <param name="Source">STANDARD 职业标准, COURSE 课程, INPUT 录入, EDITOR 编辑.</param>
/// <param name="State">ACCEPTED, or PROVISIONAL until somebody has looked at it.</param>
/// <param name="Shared">Known to all consortia.</param>
public sealed record Skill(long Id, string Kind, string Name, long? BroaderId, string Source, string State, bool Shared);

/// <summary>Filters of the vocabulary, all optional and combined with AND.</summary>
public sealed record SkillQuery(
    [property: Text(50)] string? Q = null,
    [property: OneOf("SKILL", "CERTIFICATE")] string? Kind = null,
    [property: OneOf("ACCEPTED", "PROVISIONAL")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

internal static class SkillEndpoints
{
    public static void MapSkills(this IEndpointRouteBuilder routes)
    {
        var skills = routes.MapGroup("/skills").WithTags("Skills");
        skills.MapGet("/", List).WithName("ListSkills").WithSummary("技能与证书词表").AllowRoles(ApiRoles.Members);
        skills.MapGet("/{id:long}", Get).WithName("GetSkill").WithSummary("一项技能或证书").AllowRoles(ApiRoles.Members);
    }

    internal static async Task<Ok<Page<Skill>>> List([AsParameters] SkillQuery query, SkillStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, skill => skill.Id));

    internal static async Task<Results<Ok<Skill>, ProblemHttpResult>> Get(long id, SkillStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } skill ? TypedResults.Ok(skill) : Problems.NotFound("skill", id);
}

internal sealed class SkillStore(TenantSession session)
{
    private const string Columns = "id, kind, name, broader_id, source, state, consortium_id = 0 AS shared";

    private const string ListSql = $"""
        SELECT {Columns}
        FROM skill
        WHERE id > @After
          AND (@Kind::text IS NULL OR kind = @Kind)
          AND (@State::text IS NULL OR state = @State)
          AND (@Q::text IS NULL OR position(lower(@Q) IN lower(name)) > 0)
        ORDER BY id
        LIMIT @Take + 1
        """;

    private const string FindSql = $"SELECT {Columns} FROM skill WHERE id = @Id";

    public Task<IReadOnlyList<Skill>> ListAsync(SkillQuery query, CancellationToken ct) =>
        session.QueryAsync<Skill>(ListSql, new { After = query.After?.Id ?? 0, query.Kind, query.State, query.Q, query.Take }, ct);

    public Task<Skill?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Skill>(FindSql, new { Id = id }, ct);
}
