using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Quartz;

namespace Matching.Service.Jobs;

internal static class JobEndpoints
{
    private const string Resource = "job_run";

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/jobs").WithTags("Jobs").AllowRoles(ApiRoles.Staff);
        jobs.MapGet("/", ListJobs).WithName("ListJobs").WithSummary("后台任务及其计划");
        jobs.MapPost("/{name}/runs", Start).WithName("StartJob").WithSummary("立即运行").WithExample("""{ "argument": { "pieces": 4, "millis": 200 } }""");

        var runs = routes.MapGroup("/job-runs").WithTags("Jobs").AllowRoles(ApiRoles.Staff);
        runs.MapGet("/", ListRuns).WithName("ListJobRuns").WithSummary("运行记录，新的在前");
        runs.MapGet("/{id:long}", Get).WithName("GetJobRun").WithSummary("一次运行及其进度");
        runs.MapPost("/{id:long}/cancel", Cancel).WithName("CancelJobRun").WithSummary("取消运行");
    }

    internal static async Task<Ok<Page<JobInfo>>> ListJobs(JobCatalog catalog, JobStore store, TimeProvider clock, CancellationToken ct)
    {
        var latest = (await store.LatestAsync(ct)).ToDictionary(run => run.Job);
        return TypedResults.Ok(new Page<JobInfo>(
            [.. catalog.All.Select(spec => new JobInfo(spec.Name, spec.Title, spec.Cron, NextAt(spec, clock), latest.GetValueOrDefault(spec.Name)))], null));
    }

    internal static async Task<Results<Accepted<JobRun>, ProblemHttpResult>> Start(string name, StartJob request, JobCatalog catalog, JobStore store, CancellationToken ct)
    {
        if (catalog.Find(name) is not { OnRequest: true })
        {
            return Problems.NotFound("job", name);
        }

        var id = await store.StartAsync(name, request.Argument?.GetRawText() ?? "", ct);
        return TypedResults.Accepted($"/api/v1/job-runs/{id}", (await store.FindAsync(id, ct))!);
    }

    internal static async Task<Ok<Page<JobRun>>> ListRuns([AsParameters] JobRunQuery query, JobStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, run => run.Id));

    internal static async Task<Results<Ok<JobRunDetail>, ProblemHttpResult>> Get(long id, JobStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } run ? TypedResults.Ok(new JobRunDetail(run, await store.PiecesAsync(id, ct))) : Problems.NotFound(Resource, id);

    internal static async Task<Results<Ok<JobRun>, ProblemHttpResult>> Cancel(long id, JobStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is not { } run ? Problems.NotFound(Resource, id)
        : await store.CancelAsync(id, ct) ? TypedResults.Ok((await store.FindAsync(id, ct))!)
        : Problems.Conflict("already_over", $"该次运行已结束（{run.State}）。");

    private static DateTime? NextAt(JobSpec spec, TimeProvider clock) =>
        spec.Cron is null ? null : new CronExpression(spec.Cron, JobSpec.TimeZone).GetNextValidTimeAfter(clock.GetUtcNow())?.UtcDateTime;
}
