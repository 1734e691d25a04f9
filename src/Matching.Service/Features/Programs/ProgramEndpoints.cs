using Matching.Service.Changes;
using Matching.Service.Data;
using Matching.Service.Exports;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Programs;

internal static class ProgramEndpoints
{
    private const string Resource = "program";
    private static readonly string[] Writers = [ApiRoles.School, .. ApiRoles.Staff];

    public static void AddPrograms(this IServiceCollection services)
    {
        JsonHandler<ProgramOccupation>.Register();
        JsonHandler<ProgramYear>.Register();
        services.AddExportSheet(ProgramSheet.Create());
        services.AddScoped<ProgramStore>();
        services.AddScoped<ProgramRules>();
    }

    public static void MapPrograms(this IEndpointRouteBuilder routes)
    {
        var programs = routes.MapGroup("/programs").WithTags("Programs");
        programs.MapGet("/", List).WithName("ListPrograms").WithSummary("专业点列表").AllowRoles(ApiRoles.Members);
        programs.MapGet("/changes", Changes).WithName("ListProgramChanges").WithSummary("专业点的变更流：新增、修改、删除，可从上次的位置续读").AllowRoles(ApiRoles.Members);
        programs.MapGet("/{id:long}", Get).WithName("GetProgram").WithSummary("一个专业点").AllowRoles(ApiRoles.Members);
        programs.MapPost("/", Create).WithName("CreateProgram").WithSummary("录入专业点").AllowRoles(Writers).WithExample(Example);
        programs.MapPut("/{id:long}", Update).WithName("UpdateProgram").WithSummary("修改专业点").AllowRoles(Writers);
        programs.MapDelete("/{id:long}", Delete).WithName("DeleteProgram").WithSummary("删除尚无学生的专业点").AllowRoles(Writers);
    }

    private const string Example = """
        { "majorCode": "460103", "name": "数控技术", "educationCode": "31", "schoolId": 1, "capacity": 120,
          "occupations": [ { "code": "6-18-01-07", "weight": 0.7 } ], "skills": ["数控编程", "机械制图"], "certificates": ["数控车铣加工"],
          "years": [ { "year": 2026, "enrolled": 110, "expectedGraduates": 104 } ] }
        """;

    internal static async Task<Ok<Page<TrainingProgram>>> List([AsParameters] ProgramQuery query, ProgramStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, program => program.Id));

    internal static Task<Results<Ok<ChangePage<TrainingProgram>>, ProblemHttpResult>> Changes(
        [AsParameters] ChangeQuery query, ChangeReader reader, ProgramStore store, CancellationToken ct) =>
        ChangeAnswers.ReadAsync(reader, Resource, query, store.FindAllAsync, program => program.Id, ct);

    internal static async Task<Results<Ok<TrainingProgram>, ProblemHttpResult>> Get(long id, ProgramStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Results<Created<TrainingProgram>, ProblemHttpResult>> Create(
        WriteProgram request, ProgramStore store, ProgramRules rules, Caller caller, HttpContext http, CancellationToken ct)
    {
        if (caller.ActsFor(request.SchoolId) is not { } school)
        {
            return Problems.InvalidField("invalid_request", "schoolId", "请指明学校；学校只能录入本校的专业点。");
        }

        var notices = await rules.JudgeAsync(request, ct);
        if (ProgramRules.WhyRefused(notices) is { } refusal)
        {
            return refusal;
        }

        var program = await store.InsertAsync(school, request, ProgramRules.Warnings(notices), ct);
        return Answers.Created(http, $"/api/v1/programs/{program.Id}", program);
    }

    internal static async Task<Results<Ok<TrainingProgram>, ProblemHttpResult>> Update(
        long id, WriteProgram request, ProgramStore store, ProgramRules rules, Caller caller, HttpContext http, CancellationToken ct)
    {
        var known = await FindOwnAsync(id, store, caller, ct);
        var notices = await rules.JudgeAsync(request, ct);
        return known is not null && (request.SchoolId ?? known.SchoolId) != known.SchoolId ? Problems.OwnerIsFixed("schoolId")
            : known is not null && ProgramRules.WhyRefused(notices) is { } refusal ? refusal
            : await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => store.UpdateAsync(id, version, request, ProgramRules.Warnings(notices), ct));
    }

    internal static Task<Results<NoContent, ProblemHttpResult>> Delete(long id, ProgramStore store, Caller caller, HttpContext http, CancellationToken ct) =>
        Answers.DeleteAsync(http, Resource, id, () => FindOwnAsync(id, store, caller, ct), version => store.DeleteAsync(id, version, ct));

    // Everybody reads every programme, but for writing another school's does not exist.
    private static async Task<TrainingProgram?> FindOwnAsync(long id, ProgramStore store, Caller caller, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } program && caller.ActsFor(program.SchoolId) is not null ? program : null;
}
