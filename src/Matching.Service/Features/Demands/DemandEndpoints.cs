using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Exports;
using Matching.Service.Http;
using Matching.Service.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

internal static class DemandEndpoints
{
    private const string Resource = "demand";
    private static readonly string[] Writers = [ApiRoles.Company, ApiRoles.Department, .. ApiRoles.Staff];

    public static void AddDemands(this IServiceCollection services)
    {
        JsonHandler<AskedSkill>.Register();
        JsonHandler<AskedCertificate>.Register();
        JsonObjectHandler.Register();
        services.AddExportSheet(DemandSheet.Create());
        services.AddSingleton<JobPostingReader>();
        services.AddScoped<JobPostingIntake>();
        services.AddScoped<DemandStore>();
        services.AddScoped<DemandIntake>();
        services.AddScoped<DuplicateStore>();
        services.AddScoped<DemandRuleStore>();
        services.AddJob<ExpireDemandsJob>();
        services.AddScoped<DemandLaw>();
    }

    public static void MapDemands(this IEndpointRouteBuilder routes)
    {
        var demands = routes.MapGroup("/demands").WithTags("Demands");
        demands.MapGet("/", List).WithName("ListDemands").WithSummary("需求列表").AllowRoles(ApiRoles.Members);
        demands.MapGet("/changes", Changes).WithName("ListDemandChanges").WithSummary("需求的变更流：新增、修改、删除，可从上次的位置续读").AllowRoles(ApiRoles.Members);
        demands.MapGet("/{id:long}", Get).WithName("GetDemand").WithSummary("一条需求（Accept: application/ld+json 时为 schema.org JobPosting）").AllowRoles(ApiRoles.Members)
            .AddEndpointFilter(JobPostingEndpoints.AnswerAsync);
        demands.MapGet("/{id:long}/events", Events).WithName("ListDemandEvents").WithSummary("需求的状态与录用经过").AllowRoles(ApiRoles.Members);
        demands.MapPost("/", Create).WithName("CreateDemand").WithSummary("发布需求").AllowRoles(Writers).WithExample(Example)
            .WithExample(JobPostingEndpoints.Example, JobPostingWriter.ContentType);
        demands.MapPost("/", JobPostingEndpoints.Create).WithName("CreateDemandFromJobPosting").WithSummary("以 schema.org JobPosting（JSON-LD）发布需求，一条或多条").AllowRoles(Writers)
            .Accepts<JobPostingBody>(JobPostingWriter.ContentType).WithOrder(-1).ExcludeFromDescription();
        demands.MapGet("/jobpostings", JobPostingEndpoints.List).WithName("ListJobPostings").WithSummary("需求列表，schema.org JobPosting（JSON-LD）").AllowRoles(ApiRoles.Members);
        demands.MapPost("/batch", CreateBatch).WithName("CreateDemands").WithSummary("批量发布需求：全部成功或全部不入库").AllowRoles(Writers);
        demands.MapPost("/check", Check).WithName("CheckDemand").WithSummary("发布前检查：歧视性要求与地方规则，不入库").AllowRoles(Writers)
            .WithExample("""{ "title": "前台（限女性）", "description": "要求35岁以下。", "kind": "EMPLOYMENT" }""");
        demands.MapPut("/{id:long}", Update).WithName("UpdateDemand").WithSummary("修改需求").AllowRoles(Writers);
        demands.MapDelete("/{id:long}", Delete).WithName("DeleteDemand").WithSummary("删除误录的需求").AllowRoles(Writers);
        demands.MapPost("/{id:long}/transitions", Move).WithName("MoveDemand").WithSummary("变更需求状态").AllowRoles(Writers);
        demands.MapPost("/{id:long}/fills", Fill).WithName("FillDemand").WithSummary("登记录用人数").AllowRoles(Writers);
        demands.MapPost("/{id:long}/fill-corrections", Unfill).WithName("CorrectDemandFill").WithSummary("冲正误报的录用人数").AllowRoles(Writers);
        demands.MapPost("/{id:long}/confirm", Confirm).WithName("ConfirmDemand").WithSummary("确认需求仍有效").AllowRoles(Writers);
        demands.MapPut("/{id:long}/shares/{consortiumId:long}", Share).WithName("ShareDemand").WithSummary("共享给另一联合体").AllowRoles(Writers);
        demands.MapDelete("/{id:long}/shares/{consortiumId:long}", Unshare).WithName("UnshareDemand").WithSummary("取消共享").AllowRoles(Writers);
    }

    private const string Example = """
        { "title": "数控车床操作工", "regionCode": "440306", "headcount": 5, "organizationId": 1, "educationCode": "41", "wageMin": 6000, "wageMax": 8000,
          "skills": [ { "name": "数控编程", "must": true, "level": 3 }, { "name": "机械制图", "must": false } ],
          "certificates": [ { "name": "数控车铣加工", "compulsory": false } ], "startsOn": "2026-12-01", "validThrough": "2027-02-28" }
        """;

    internal static async Task<Ok<Page<Demand>>> List([AsParameters] DemandQuery query, DemandStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, demand => demand.Id));

    internal static Task<Results<Ok<ChangePage<Demand>>, ProblemHttpResult>> Changes(
        [AsParameters] ChangeQuery query, ChangeReader reader, DemandStore store, CancellationToken ct) =>
        ChangeAnswers.ReadAsync(reader, Resource, query, store.FindAllAsync, demand => demand.Id, ct);

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Get(long id, DayOrInstant? asOf, DemandStore store, HttpContext http, CancellationToken ct) =>
        asOf is null ? Answers.Found(http, Resource, id, await store.FindAsync(id, ct))
        // What is past has no ETag: it cannot be changed.
        : await store.FindAsync(id, asOf.End, ct) is { } past ? TypedResults.Ok(past) : Problems.NotFound(Resource, id);

    internal static async Task<Results<Ok<Page<DemandEvent>>, ProblemHttpResult>> Events(long id, DemandStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is null ? Problems.NotFound(Resource, id) : TypedResults.Ok(new Page<DemandEvent>(await store.EventsAsync(id, ct), null));

    internal static async Task<Results<Created<Demand>, ProblemHttpResult>> Create(
        WriteDemand request, DemandIntake intake, DemandLaw law, DemandStore store, DuplicateStore duplicates, HttpContext http, CancellationToken ct)
    {
        if (await law.WhyRefusedAsync([request], batch: false, ct) is { } refusal)
        {
            return refusal;
        }

        if (await intake.PrepareAsync(request, ct) is not { } demand)
        {
            return DemandIntake.NoCompany("organizationId");
        }

        var id = await store.InsertAsync(demand, ct);
        await duplicates.LinkAsync([id], ct);
        return Answers.Created(http, $"/api/v1/demands/{id}", (await store.FindAsync(id, ct))!);
    }

    internal static Task<Results<Ok<Page<Demand>>, ProblemHttpResult>> CreateBatch(DemandBatch request, DemandIntake intake, CancellationToken ct) =>
        intake.StoreAllAsync(request.Items, ct);

    internal static async Task<Ok<DemandVerdict>> Check(DemandText request, DemandLaw law, CancellationToken ct) => TypedResults.Ok(await law.JudgeAsync(request, ct));

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Update(
        long id, WriteDemand request, DemandIntake intake, DemandLaw law, DemandStore store, DuplicateStore duplicates, HttpContext http, CancellationToken ct)
    {
        var known = await FindOwnAsync(id, intake, store, ct);
        if (known is not null && DemandIntake.WhyFixed(known, request) is { } problem)
        {
            return problem;
        }

        if (known is not null && await law.WhyRefusedAsync([request], batch: false, ct) is { } refusal)
        {
            return refusal;
        }

        var demand = known is null ? null : await intake.CodeAsync(request, known.OrganizationId, known.PostedById, known.Source, ct);
        return await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => duplicates.RelinkAsync(known!, version, demand!, store, ct));
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        long id, DemandIntake intake, DemandStore store, HttpContext http, CancellationToken ct)
    {
        var known = await FindOwnAsync(id, intake, store, ct);
        return known is { Filled: > 0 }
            ? Problems.Conflict("demand_has_fills", "已有录用记录的需求不能删除，请改为撤回。")
            : await Answers.DeleteAsync(http, Resource, id, () => Task.FromResult(known), version => store.DeleteAsync(id, version, ct));
    }

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Move(
        long id, DemandTransition request, DemandIntake intake, DemandStore store, DuplicateStore duplicates, HttpContext http, CancellationToken ct)
    {
        if (await FindOwnAsync(id, intake, store, ct) is not { } demand)
        {
            return Problems.NotFound(Resource, id);
        }

        if (await DemandTaking.BeforeMoveAsync(demand, request, store, ct) is { } refusal)
        {
            return refusal;
        }

        if (!await store.MoveAsync(id, request, ct))
        {
            return MoveRefused(demand, request);
        }

        if (demand.State == "DRAFT")
        {
            await duplicates.LinkAsync([id], ct);
        }

        return Answers.Found(http, Resource, id, await store.FindAsync(id, ct));
    }

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Unfill(
        long id, DemandFillCorrection request, DemandIntake intake, DemandStore store, HttpContext http, CancellationToken ct) =>
        await FindOwnAsync(id, intake, store, ct) is not { } demand ? Problems.NotFound(Resource, id)
        : await store.UnfillAsync(id, request, ct) ? Answers.Found(http, Resource, id, await store.FindAsync(id, ct))
        : Problems.Conflict("correction_not_possible", $"该日以前登记的录用不足 {request.Count} 人（现共 {demand.Filled} 人），无法冲正。");

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Confirm(
        long id, DemandConfirmation request, DemandIntake intake, DemandStore store, HttpContext http, CancellationToken ct) =>
        await FindOwnAsync(id, intake, store, ct) is not { } demand ? Problems.NotFound(Resource, id)
        : await store.ConfirmAsync(id, request.ValidThrough, ct) ? Answers.Found(http, Resource, id, await store.FindAsync(id, ct))
        : demand.State is not ("OPEN" or "PAUSED") ? Problems.Conflict("demand_closed", $"需求当前为 {demand.State}，只能确认招聘中或暂停的需求。")
        : Problems.InvalidField("validity_passed", "validThrough", "有效期已过，请给出不早于今天的新有效期。");

    private static ProblemHttpResult MoveRefused(Demand demand, DemandTransition request) =>
        Problems.Conflict("transition_not_allowed", $"需求当前为 {demand.State}，发布于 {demand.OpenedOn:yyyy-MM-dd}，有效至 {demand.ValidThrough:yyyy-MM-dd}；不能变为 {request.To}。");

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Fill(
        long id, DemandFill request, DemandIntake intake, DemandStore store, HttpContext http, CancellationToken ct) =>
        await FindOwnAsync(id, intake, store, ct) is not { } demand ? Problems.NotFound(Resource, id)
        : await DemandTaking.BeforeFillAsync(demand, request, store, ct) is { } refusal ? refusal
        : await store.FillAsync(id, request, ct) ? Answers.Found(http, Resource, id, await store.FindAsync(id, ct))
        : Problems.Conflict("fill_not_possible", $"需求当前为 {demand.State}，尚余 {demand.Headcount - demand.Filled} 人，发布于 {demand.OpenedOn:yyyy-MM-dd}；无法登记 {request.Count} 人。");

    internal static async Task<Results<NoContent, ProblemHttpResult>> Share(
        long id, long consortiumId, DemandIntake intake, DemandStore store, CancellationToken ct)
    {
        if (await FindOwnAsync(id, intake, store, ct) is null)
        {
            return Problems.NotFound(Resource, id);
        }

        await store.ShareAsync(id, consortiumId, ct);
        return TypedResults.NoContent();
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> Unshare(
        long id, long consortiumId, DemandIntake intake, DemandStore store, CancellationToken ct)
    {
        if (await FindOwnAsync(id, intake, store, ct) is null)
        {
            return Problems.NotFound(Resource, id);
        }

        await store.UnshareAsync(id, consortiumId, ct);
        return TypedResults.NoContent();
    }

    // Everybody in the consortium reads open demands, but for writing another's does not exist.
    private static async Task<Demand?> FindOwnAsync(long id, DemandIntake intake, DemandStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { Shared: false } demand && intake.Owns(demand) ? demand : null;
}
