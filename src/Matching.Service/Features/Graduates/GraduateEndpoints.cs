using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Exports;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Graduates;

internal static class GraduateEndpoints
{
    private const string Resource = "graduate";
    private static readonly string[] Schools = [ApiRoles.School, .. ApiRoles.Staff];

    public static void AddGraduates(this IServiceCollection services)
    {
        JsonHandler<GraduateSkill>.Register();
        services.AddExportSheet(GraduateSheet.Create());
        services.AddScoped<GraduateStore>();
    }

    public static void MapGraduates(this IEndpointRouteBuilder routes)
    {
        var graduates = routes.MapGroup("/graduates").WithTags("Graduates").AllowRoles(Schools);
        graduates.MapGet("/", List).WithName("ListGraduates").WithSummary("毕业生列表（学校只见本校）");
        graduates.MapGet("/changes", Changes).WithName("ListGraduateChanges").WithSummary("毕业生的变更流：新增、修改、删除，可从上次的位置续读");
        graduates.MapGet("/{id:long}", Get).WithName("GetGraduate").WithSummary("一名毕业生");
        graduates.MapPost("/", Create).WithName("CreateGraduate").WithSummary("录入毕业生（代号，不含姓名与证件号）").WithExample(Example);
        graduates.MapPost("/batch", CreateBatch).WithName("CreateGraduates").WithSummary("批量录入毕业生：全部成功或全部不入库");
        graduates.MapPut("/{id:long}", Update).WithName("UpdateGraduate").WithSummary("修改毕业生");
        graduates.MapDelete("/{id:long}", Delete).WithName("DeleteGraduate").WithSummary("删除毕业生及其全部个人数据");
    }

    private const string Example = """
        { "programId": 1, "reference": "2026-0001", "cohort": 2026, "graduatesOn": "2026-06-30", "consent": true, "wishedOccupations": ["6-18-01-07"],
          "wishedRegions": ["440300"], "wageWish": 6000, "skills": [ { "name": "数控编程", "evidence": "COURSE", "level": 3 } ], "certificates": ["数控车铣加工"] }
        """;

    internal static async Task<Ok<Page<Graduate>>> List([AsParameters] GraduateQuery query, GraduateStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, graduate => graduate.Id));

    internal static Task<Results<Ok<ChangePage<Graduate>>, ProblemHttpResult>> Changes(
        [AsParameters] ChangeQuery query, ChangeReader reader, GraduateStore store, CancellationToken ct) =>
        ChangeAnswers.ReadAsync(reader, Resource, query, store.FindAllAsync, graduate => graduate.Id, ct);

    internal static async Task<Results<Ok<Graduate>, ProblemHttpResult>> Get(long id, GraduateStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Results<Created<Graduate>, ProblemHttpResult>> Create(
        WriteGraduate request, GraduateStore store, Caller caller, HttpContext http, CancellationToken ct)
    {
        if (await SchoolAsync(request, store, caller, ct) is not { } school)
        {
            return NoProgram("programId");
        }

        var graduate = await store.InsertAsync(school, request, ct);
        return Answers.Created(http, $"/api/v1/graduates/{graduate.Id}", graduate);
    }

    internal static async Task<Results<Ok<Page<Graduate>>, ProblemHttpResult>> CreateBatch(
        GraduateBatch request, GraduateStore store, Caller caller, CancellationToken ct)
    {
        var created = new List<Graduate>(request.Items.Count);
        foreach (var item in request.Items)
        {
            if (await SchoolAsync(item, store, caller, ct) is not { } school)
            {
                return NoProgram($"items[{created.Count}].programId");
            }

            created.Add(await store.InsertAsync(school, item, ct));
        }

        return TypedResults.Ok(new Page<Graduate>(created, null));
    }

    internal static async Task<Results<Ok<Graduate>, ProblemHttpResult>> Update(
        long id, WriteGraduate request, GraduateStore store, HttpContext http, CancellationToken ct)
    {
        var known = await store.FindAsync(id, ct);
        return known is not null && (request.SchoolId ?? known.SchoolId) != known.SchoolId ? Problems.OwnerIsFixed("schoolId")
            : known is not null && await store.SchoolOfProgramAsync(request.ProgramId, ct) != known.SchoolId ? NoProgram("programId")
            : await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => store.UpdateAsync(id, version, request, ct));
    }

    internal static Task<Results<NoContent, ProblemHttpResult>> Delete(long id, GraduateStore store, HttpContext http, CancellationToken ct) =>
        Answers.DeleteAsync(http, Resource, id, () => store.FindAsync(id, ct), version => store.DeleteAsync(id, version, ct));

    private static ProblemHttpResult NoProgram(string field) => Problems.InvalidField("reference_not_found", field, "没有这个专业点，或它不属于该学校。");

    // The school is the programme's; a caller who names another, or is another, gets nothing.
    private static async Task<long?> SchoolAsync(WriteGraduate request, GraduateStore store, Caller caller, CancellationToken ct) =>
        await store.SchoolOfProgramAsync(request.ProgramId, ct) is { } school && (request.SchoolId ?? school) == school && caller.ActsFor(school) is not null ? school : null;
}
