using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Skills;

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
