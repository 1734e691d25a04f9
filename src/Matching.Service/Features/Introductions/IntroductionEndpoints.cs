using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Introductions;

internal static class IntroductionEndpoints
{
    private const string Resource = "introduction";

    public static void MapIntroductions(this IEndpointRouteBuilder routes)
    {
        var introductions = routes.MapGroup("/introductions").WithTags("Introductions").AllowRoles([ApiRoles.Company, ApiRoles.School, .. ApiRoles.Staff]);
        introductions.MapGet("/", List).WithName("ListIntroductions").WithSummary("推荐列表（双方各见自己的）");
        introductions.MapGet("/{id:long}", Get).WithName("GetIntroduction").WithSummary("一次推荐");
        introductions.MapGet("/{id:long}/events", Events).WithName("ListIntroductionEvents").WithSummary("推荐的经过");
        introductions.MapPost("/", Create).WithName("CreateIntroduction").WithSummary("把毕业生推荐给需求").WithExample("""{ "demandId": 1, "graduateId": 1 }""");
        introductions.MapPost("/{id:long}/transitions", Move).WithName("MoveIntroduction").WithSummary("推进推荐；入职即占用一个名额");
    }

    internal static async Task<Ok<Page<Introduction>>> List([AsParameters] IntroductionQuery query, IntroductionStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, introduction => introduction.Id));

    internal static async Task<Results<Ok<Introduction>, ProblemHttpResult>> Get(long id, IntroductionStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Results<Ok<Page<IntroductionEvent>>, ProblemHttpResult>> Events(long id, IntroductionStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is null ? Problems.NotFound(Resource, id) : TypedResults.Ok(new Page<IntroductionEvent>(await store.EventsAsync(id, ct), null));

    internal static async Task<Results<Created<Introduction>, ProblemHttpResult>> Create(
        CreateIntroduction request, IntroductionStore store, HttpContext http, CancellationToken ct) =>
        await store.ConsentAsync(request.GraduateId, ct) is not { } consent ? Problems.InvalidField("reference_not_found", "graduateId", "没有这名毕业生，或您无权查看。")
        : !consent ? Problems.Refused("consent_required", "毕业生尚未同意向企业展示，不能推荐。")
        : await store.InsertAsync(request, ct) is { } introduction ? Answers.Created(http, $"/api/v1/introductions/{introduction.Id}", introduction)
        : Problems.InvalidField("reference_not_found", "demandId", "没有这条招聘中的需求，或双方均非本单位。");

    internal static async Task<Results<Ok<Introduction>, ProblemHttpResult>> Move(
        long id, IntroductionStep request, IntroductionStore store, Caller caller, HttpContext http, CancellationToken ct) =>
        await store.FindAsync(id, ct) is not { } introduction ? Problems.NotFound(Resource, id)
        : !IntroductionStates.MayTake(caller.Role, request.To) ? Problems.Forbidden()
        : await store.MoveAsync(id, request, ct) is { } moved ? Answers.Found(http, Resource, id, moved)
        : Problems.Conflict("transition_not_allowed", $"推荐当前为 {introduction.State}，不能变为 {request.To}，或需求已无余额。");
}
