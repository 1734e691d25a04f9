using System.Text.Json;
using Matching.Engine.Indicators;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Bulletins;

internal static class BulletinEndpoints
{
    private const string Resource = "bulletin";
    private const string Published = "PUBLISHED";

    public static void AddBulletins(this IServiceCollection services)
    {
        services.AddScoped<BulletinStore>();
        services.AddJob<MonthlyBulletinJob>();
        services.AddJob<QuarterlyBulletinJob>();
        services.AddJob<AnnualBulletinJob>();
    }

    public static void MapBulletins(this IEndpointRouteBuilder routes)
    {
        var bulletins = routes.MapGroup("/bulletins").WithTags("Bulletins");
        bulletins.MapGet("/", List).WithName("ListBulletins").WithSummary("通报列表，新的在前").AllowRoles(ApiRoles.All);
        bulletins.MapGet("/{id:long}", Get).WithName("GetBulletin").WithSummary("一期通报及其表（已发布的对公众开放）").AllowEverybody().MayBeFixed();
        bulletins.MapGet("/{id:long}/changes", Changes).WithName("GetBulletinChanges").WithSummary("与上一版的差异").AllowEverybody().MayBeFixed();
        bulletins.MapPost("/", Draft).WithName("DraftBulletin").WithSummary("起草一期通报（后台任务）").AllowRoles(ApiRoles.Staff).WithExample("""{ "period": "2026Q3" }""");
        bulletins.MapPost("/{id:long}/review", Review).WithName("ReviewBulletin").WithSummary("审核通过").AllowRoles(ApiRoles.Staff);
        bulletins.MapPost("/{id:long}/publish", Publish).WithName("PublishBulletin").WithSummary("发布；此后不可更改").AllowRoles(ApiRoles.Staff);
    }

    internal static async Task<Ok<Page<Bulletin>>> List([AsParameters] BulletinQuery query, BulletinStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, bulletin => bulletin.Id));

    internal static async Task<Results<Ok<BulletinDetail>, ProblemHttpResult>> Get(long id, BulletinStore store, HttpContext http, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } bulletin)
        {
            return Problems.NotFound(Resource, id);
        }

        ETags.Set(http, bulletin.Version);
        FixIfPublished(http, bulletin);
        return TypedResults.Ok(new BulletinDetail(bulletin, await store.TablesAsync(id, ct)));
    }

    // Whoever sees a bulletin may still not see the one before, so an answer is fixed only where everybody sees both: the first revision has none before it.
    internal static async Task<Results<Ok<Page<CellChange>>, ProblemHttpResult>> Changes(long id, BulletinStore store, HttpContext http, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } bulletin)
        {
            return Problems.NotFound(Resource, id);
        }

        var before = await store.BeforeAsync(id, ct) is { } earlier ? await store.FindAsync(earlier, ct) : null;
        if (bulletin.Revision == 1 || before?.State == Published)
        {
            FixIfPublished(http, bulletin);
        }

        return TypedResults.Ok(new Page<CellChange>(
            before is null ? [] : BulletinChanges.Between(await store.TablesAsync(before.Id, ct), await store.TablesAsync(id, ct)), null));
    }

    // A period that has its draft answers with a conflict; a published one needs to be told what is corrected.
    internal static async Task<Results<Accepted<StartedRun>, ProblemHttpResult>> Draft(
        DraftBulletin request, BulletinStore store, TenantSession session, TimeProvider clock, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), JobSpec.TimeZone).Date);
        if (!Period.TryParse(request.Period, out var period) || period.End >= today)
        {
            return Problems.InvalidField("period_not_over", "period", "只能起草已结束期间的通报。");
        }

        if (await store.LatestAsync(period, ct) is { } latest && (latest.State != Published || request.Correction is null))
        {
            return Problems.Conflict("bulletin_exists", $"该期通报已有第 {latest.Revision} 版（{latest.State}）；已发布的如需更正，请说明更正内容。");
        }

        var job = $"bulletin-{period.Kind.ToString().ToLowerInvariant()}";
        var run = await JobLedger.EnqueueNowAsync(session, job, JsonSerializer.Serialize(new DraftArgument(request.Period, request.Correction), JsonSerializerOptions.Web), ct);
        return TypedResults.Accepted($"/api/v1/job-runs/{run}", new StartedRun(run));
    }

    internal static async Task<Results<Ok<Bulletin>, ProblemHttpResult>> Review(long id, BulletinStore store, HttpContext http, CancellationToken ct) =>
        await store.FindAsync(id, ct) is not { } bulletin ? Problems.NotFound(Resource, id)
        : await store.ReviewAsync(id, ct) is { } reviewed ? Answers.Found(http, Resource, id, reviewed)
        : Problems.Conflict("transition_not_allowed", $"通报当前为 {bulletin.State}，只有草稿可以审核。");

    internal static async Task<Results<Ok<Bulletin>, ProblemHttpResult>> Publish(long id, BulletinStore store, HttpContext http, CancellationToken ct) =>
        await store.FindAsync(id, ct) is not { } bulletin ? Problems.NotFound(Resource, id)
        : await store.PublishAsync(id, ct) is { } published ? Answers.Found(http, Resource, id, published)
        : Problems.Conflict("transition_not_allowed", $"通报当前为 {bulletin.State}，审核后才能发布。");

    /// <summary>What is published never changes (triggers refuse it) and is everybody's, of whatever consortium (policies <c>bulletin_public</c>, <c>bulletin_table_public</c>).</summary>
    internal static void FixIfPublished(HttpContext http, Bulletin bulletin)
    {
        if (bulletin.State == Published)
        {
            FixedAnswers.Fix(http);
        }
    }
}

/// <summary>The run that does the work; follow it at <c>/job-runs/{id}</c>.</summary>
public sealed record StartedRun(long JobRunId);
