using Matching.Service.Http;
using Matching.Service.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Plans;

internal static class PlanEndpoints
{
    private const string Resource = "plan";

    public static void AddPlans(this IServiceCollection services)
    {
        services.AddScoped<PlanStore>();
        services.AddScoped<PlanDefaultStore>();
        services.AddScoped<PlanRowStore>();
        services.AddJob<PlanJob>();
    }

    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup("/plans").WithTags("Plans").AllowRoles(ApiRoles.Staff);
        plans.MapPost("/", Create).WithName("CreatePlan").WithSummary("按存有的匹配结果生成分配方案（后台任务）").WithExample(Example);
        plans.MapGet("/{id:long}", Get).WithName("GetPlan").WithSummary("分配方案及其指标：稳定分配、总分最大与各自推荐前 k 名对照");
        plans.MapDelete("/{id:long}", Delete).WithName("DeletePlan").WithSummary("删除分配方案");
        plans.MapGet("/rules", Rules).WithName("GetPlanRules").WithSummary("本联合体的分配规则");
        plans.MapPut("/rules", SetRules).WithName("SetPlanRules").WithSummary("设定本联合体的分配规则").WithExample("""{ "orderClass": "MEMBERS", "localFirst": "PREFECTURE" }""");

        var shared = routes.MapGroup("/plans").WithTags("Plans");
        shared.MapGet("/", List).WithName("ListPlans").WithSummary("分配方案列表，新的在前").AllowRoles([ApiRoles.Company, ApiRoles.School, .. ApiRoles.Staff]);
        shared.MapGet("/{id:long}/assignments", Assignments).WithName("ListPlanAssignments").AllowRoles([ApiRoles.Company, ApiRoles.School, .. ApiRoles.Staff])
            .WithSummary("谁得到哪个岗位（学校只见本校毕业生，企业只见本单位需求与已授权的毕业生）");
        shared.MapGet("/{id:long}/unmatched-graduates", UnmatchedGraduates).WithName("ListUnmatchedGraduates").AllowRoles([ApiRoles.School, .. ApiRoles.Staff])
            .WithSummary("没有得到岗位的毕业生及原因（学校只见本校）");
        shared.MapGet("/{id:long}/unmatched-demands", UnmatchedDemands).WithName("ListUnmatchedDemands").AllowRoles([ApiRoles.Company, .. ApiRoles.Staff])
            .WithSummary("名额有余的需求及原因（企业只见本单位）");
    }

    private const string Example = """
        { "title": "2026 届就业分配测算", "k": 20, "scope": { "cohort": 2026, "kinds": ["EMPLOYMENT", "ORDER_CLASS"] }, "rules": { "localFirst": "PREFECTURE" } }
        """;

    internal static async Task<Results<Accepted<Plan>, ProblemHttpResult>> Create(CreatePlan request, PlanStore store, PlanDefaultStore defaults, CancellationToken ct)
    {
        if (request.Scope?.SchoolId is { } school && !await store.IsSchoolAsync(school, ct))
        {
            return Problems.InvalidField("reference_not_found", "scope.schoolId", "没有这所学校。");
        }

        if (!await store.HasMatchesAsync(ct))
        {
            return Problems.Conflict("no_matches", "还没有匹配结果；请先运行后台任务 recompute-matches。");
        }

        var rules = (request.Rules ?? new()).Over((await defaults.FindAsync(ct)).Rules);
        var plan = await store.InsertAsync(request, (request.Scope ?? new()).Complete(), rules, ct);
        return TypedResults.Accepted($"/api/v1/plans/{plan.Id}", plan);
    }

    internal static async Task<Ok<Page<Plan>>> List([AsParameters] PlanQuery query, PlanStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, plan => plan.Id));

    internal static async Task<Results<Ok<PlanDetail>, ProblemHttpResult>> Get(long id, PlanStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } plan ? TypedResults.Ok(plan) : Problems.NotFound(Resource, id);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Delete(long id, PlanStore store, CancellationToken ct) =>
        await store.DeleteAsync(id, ct) ? TypedResults.NoContent() : Problems.NotFound(Resource, id);

    internal static async Task<Ok<PlanDefaults>> Rules(PlanDefaultStore store, HttpContext http, CancellationToken ct)
    {
        var defaults = await store.FindAsync(ct);
        ETags.Set(http, defaults.Version);
        return TypedResults.Ok(defaults);
    }

    internal static Task<Results<Ok<PlanDefaults>, ProblemHttpResult>> SetRules(WritePlanRules request, PlanDefaultStore store, HttpContext http, CancellationToken ct) =>
        Answers.ChangeAsync(http, "plan_rules", 0, async () => await store.FindAsync(ct), version => store.SetAsync(version, request, ct));

    internal static async Task<Results<Ok<Page<PlanAssignment>>, ProblemHttpResult>> Assignments(
        long id, [AsParameters] PlanRowQuery query, PlanStore plans, PlanRowStore store, CancellationToken ct) =>
        !await plans.IsThereAsync(id, ct) ? Problems.NotFound(Resource, id)
        : TypedResults.Ok(Page.Of(await store.AssignmentsAsync(id, query, ct), query.Take, row => row.GraduateId));

    internal static async Task<Results<Ok<Page<UnmatchedGraduate>>, ProblemHttpResult>> UnmatchedGraduates(
        long id, [AsParameters] UnmatchedQuery query, PlanStore plans, PlanRowStore store, CancellationToken ct) =>
        !await plans.IsThereAsync(id, ct) ? Problems.NotFound(Resource, id)
        : TypedResults.Ok(Page.Of(await store.GraduatesAsync(id, query, ct), query.Take, row => row.GraduateId));

    internal static async Task<Results<Ok<Page<UnmatchedDemand>>, ProblemHttpResult>> UnmatchedDemands(
        long id, [AsParameters] UnmatchedQuery query, PlanStore plans, PlanRowStore store, CancellationToken ct) =>
        !await plans.IsThereAsync(id, ct) ? Problems.NotFound(Resource, id)
        : TypedResults.Ok(Page.Of(await store.DemandsAsync(id, query, ct), query.Take, row => row.DemandId));
}
