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
        introductions.MapPost("/", Create).WithName("CreateIntroduction").WithSummary("把毕业生推荐给需求").WithExample("""{ "demandId": 1, "graduateId": 1, "reason": "校内双选会上双方有意" }""");
        introductions.MapGet("/reminders", Reminders).WithName("ListIntroductionReminders").WithSummary("停滞待跟进的推荐");
        introductions.MapGet("/patience", Patience).WithName("GetIntroductionPatience").WithSummary("各状态停留多少天后提醒");
        introductions.MapPut("/patience", SetPatience).WithName("SetIntroductionPatience").WithSummary("设定各状态停留多少天后提醒").AllowRoles(ApiRoles.Staff)
            .WithExample("""{ "suggested": 5, "contacted": 7, "applied": 7, "interviewed": 10, "offered": 30 }""");
        introductions.MapGet("/funnel", Funnel).WithName("GetIntroductionFunnel").WithSummary("推荐漏斗：各步人数（各方只计自己的）");
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
        : await store.IsMatchAsync(request, ct) is var match && !match && request.Reason is null
            ? Problems.InvalidField("reason_required", "reason", "两者不在当前匹配结果中，请说明推荐理由。")
        : await store.InsertAsync(request, match, ct) is { } introduction ? Answers.Created(http, $"/api/v1/introductions/{introduction.Id}", introduction)
        : Problems.InvalidField("reference_not_found", "demandId", "没有这条招聘中的需求，或双方均非本单位。");

    internal static async Task<Results<Ok<Introduction>, ProblemHttpResult>> Move(
        long id, IntroductionStep request, IntroductionStore store, Caller caller, HttpContext http, CancellationToken ct) =>
        await store.FindAsync(id, ct) is not { } introduction ? Problems.NotFound(Resource, id)
        : !IntroductionStates.MayTake(caller.Role, request.To) ? Problems.Forbidden()
        : await store.MoveAsync(id, request, ct) is { } moved ? Answers.Found(http, Resource, id, moved)
        : Problems.Conflict("transition_not_allowed", $"推荐当前为 {introduction.State}，不能变为 {request.To}，或毕业生已撤回同意，或需求已无余额。");

    internal static async Task<Ok<Page<IntroductionReminder>>> Reminders([AsParameters] ReminderQuery query, IntroductionFollowUpStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.RemindersAsync(query, ct), query.Take, reminder => reminder.Id));

    internal static async Task<Ok<IntroductionPatience>> Patience(IntroductionFollowUpStore store, CancellationToken ct) => TypedResults.Ok(await store.PatienceAsync(ct));

    internal static async Task<Ok<IntroductionPatience>> SetPatience(IntroductionPatience request, IntroductionFollowUpStore store, CancellationToken ct)
    {
        await store.SetPatienceAsync(request, ct);
        return TypedResults.Ok(await store.PatienceAsync(ct));
    }

    internal static async Task<Ok<Page<FunnelRow>>> Funnel([AsParameters] FunnelQuery query, IntroductionFollowUpStore store, CancellationToken ct) =>
        TypedResults.Ok(new Page<FunnelRow>(await store.FunnelAsync(query, ct), null));
}
