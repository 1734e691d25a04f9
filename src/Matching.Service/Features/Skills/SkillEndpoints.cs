using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Skills;

internal static class SkillEndpoints
{
    private const string Resource = "skill";

    public static void AddSkills(this IServiceCollection services)
    {
        JsonHandler<SkillAlias>.Register();
        JsonHandler<BroaderSkill>.Register();
        services.AddSingleton<SkillVocabulary>();
        services.AddScoped<SkillStore>();
        services.AddScoped<SkillReviewStore>();
    }

    public static void MapSkills(this IEndpointRouteBuilder routes)
    {
        var skills = routes.MapGroup("/skills").WithTags("Skills");
        skills.MapGet("/", List).WithName("ListSkills").WithSummary("技能与证书词表").AllowRoles(ApiRoles.Members);
        skills.MapGet("/{id:long}", Get).WithName("GetSkill").WithSummary("一项技能或证书：别名、上位技能与使用情况").AllowRoles(ApiRoles.Members);
        skills.MapGet("/review", Review).WithName("ReviewSkills").WithSummary("待审的新词：按使用次数排列，附合并建议").AllowRoles(ApiRoles.Staff);
        skills.MapPost("/extract", Extract).WithName("ExtractSkills").WithSummary("从文本中识别技能").AllowRoles(ApiRoles.Members).WithExample(Text);
        skills.MapPost("/", Create).WithName("CreateSkill").WithSummary("新增本联合体的技能或证书").AllowRoles(ApiRoles.Staff).WithExample("""{ "name": "激光熔覆", "kind": "SKILL" }""");
        skills.MapPut("/{id:long}", Update).WithName("UpdateSkill").WithSummary("改名或调整上位技能").AllowRoles(ApiRoles.Staff);
        skills.MapPost("/{id:long}/aliases", AddAlias).WithName("AddSkillAlias").WithSummary("增加别名").AllowRoles(ApiRoles.Staff).WithExample("""{ "name": "激光堆焊" }""");
        skills.MapDelete("/{id:long}/aliases/{alias}", RemoveAlias).WithName("RemoveSkillAlias").WithSummary("删除别名").AllowRoles(ApiRoles.Staff);
        skills.MapPost("/{id:long}/promote", Promote).WithName("PromoteSkill").WithSummary("将新词转为正式词").AllowRoles(ApiRoles.Staff);
        skills.MapPost("/{id:long}/merge", Merge).WithName("MergeSkill").WithSummary("并入另一词：所有引用随之改变，原名成为别名").AllowRoles(ApiRoles.Staff).WithExample("""{ "into": 1 }""");
    }

    private const string Text = """{ "text": "任职要求：1、精通Java，熟悉MySQL；2、会Docker者优先。" }""";

    internal static async Task<Ok<Page<Skill>>> List([AsParameters] SkillQuery query, SkillStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, skill => skill.Id));

    internal static async Task<Results<Ok<SkillDetail>, ProblemHttpResult>> Get(long id, SkillStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Ok<Page<ProvisionalSkill>>> Review([AsParameters] SkillReviewQuery query, SkillReviewStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(
            await store.ListAsync(query, ct), query.Take, skill => new Cursor(skill.Id, skill.Uses.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    internal static async Task<Ok<Page<ExtractedSkill>>> Extract(ExtractSkills request, SkillVocabulary vocabulary, TenantSession session, CancellationToken ct)
    {
        var words = await vocabulary.OfAsync(session, ct);
        return TypedResults.Ok(new Page<ExtractedSkill>(
            [.. words.Mentions(request.Text).Select(found => new ExtractedSkill(
                found.SkillId, words.NameOf(found.SkillId)!, found.Must, found.Level, found.Offset, found.Length, request.Text.Substring(found.Offset, found.Length)))],
            null));
    }

    internal static async Task<Results<Created<SkillDetail>, ProblemHttpResult>> Create(CreateSkill request, SkillStore store, HttpContext http, CancellationToken ct)
    {
        if (await store.WhyNotAsync(0, request.Kind, request.Name, request.BroaderId, ct) is { } problem)
        {
            return problem;
        }

        var id = await store.InsertAsync(request, ct);
        return Answers.Created(http, $"/api/v1/skills/{id}", (await store.FindAsync(id, ct))!);
    }

    internal static async Task<Results<Ok<SkillDetail>, ProblemHttpResult>> Update(
        long id, UpdateSkill request, SkillStore store, Caller caller, HttpContext http, CancellationToken ct)
    {
        var known = await store.FindAsync(id, ct);
        if (known is not null && (WhyFixed(known, caller) ?? await store.WhyNotAsync(id, known.Kind, request.Name, request.BroaderId, ct)) is { } problem)
        {
            return problem;
        }

        return await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => store.UpdateAsync(known!, version, request, ct));
    }

    internal static async Task<Results<Ok<SkillDetail>, ProblemHttpResult>> AddAlias(
        long id, AddSkillAlias request, SkillStore store, HttpContext http, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } skill)
        {
            return Problems.NotFound(Resource, id);
        }

        if ((skill.State == "MERGED" ? Merged(skill) : await store.WhyNotAsync(id, skill.Kind, request.Name, null, ct)) is { } problem)
        {
            return problem;
        }

        await store.AddAliasAsync(skill, request.Name, ct);
        return Answers.Found(http, Resource, id, await store.FindAsync(id, ct));
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAlias(long id, string alias, SkillStore store, CancellationToken ct) =>
        await store.RemoveAliasAsync(id, alias, ct) ? TypedResults.NoContent() : Problems.NotFound("skill_alias", alias);

    internal static async Task<Results<Ok<SkillDetail>, ProblemHttpResult>> Promote(long id, SkillStore store, Caller caller, HttpContext http, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } skill)
        {
            return Problems.NotFound(Resource, id);
        }

        if (WhyFixed(skill, caller) is { } problem)
        {
            return problem;
        }

        await store.PromoteAsync(id, ct);
        return Answers.Found(http, Resource, id, await store.FindAsync(id, ct));
    }

    internal static async Task<Results<Ok<SkillDetail>, ProblemHttpResult>> Merge(
        long id, MergeSkill request, SkillStore store, HttpContext http, CancellationToken ct) => await store.MergeAsync(id, request.Into, ct) switch
        {
            "MERGED" => Answers.Found(http, Resource, request.Into, await store.FindAsync(request.Into, ct)),
            "NOT_FOUND" => Problems.NotFound(Resource, id),
            "SHARED" => SharedVocabulary(),
            "SAME" => Problems.InvalidField("same_skill", "into", "不能并入自身。"),
            "OTHER_KIND" => Problems.InvalidField("other_kind", "into", "技能与证书不能互相合并。"),
            "NO_TARGET" => Problems.InvalidField("reference_not_found", "into", "目标词不存在，或已并入其他词。"),
            _ => Problems.Conflict("skill_merged", "该词已并入另一词；请查看其 mergedIntoId。"),
        };

    private static ProblemHttpResult? WhyFixed(SkillDetail skill, Caller caller) =>
        skill.Shared && caller.ConsortiumId is not (null or 0) ? SharedVocabulary() : skill.State == "MERGED" ? Merged(skill) : null;

    private static ProblemHttpResult SharedVocabulary() =>
        Problems.Create(StatusCodes.Status403Forbidden, "shared_vocabulary", "共享词表由平台运营方维护；本联合体可为共享词增加自己的别名。");

    private static ProblemHttpResult Merged(SkillDetail skill) => Problems.Conflict("skill_merged", $"该词已并入编号为 {skill.MergedIntoId} 的词。");
}
