using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Webhooks;

internal static class WebhookEndpoints
{
    private const string Resource = "webhook";

    public static void AddWebhooks(this IServiceCollection services, MatchingOptions options)
    {
        services.AddScoped<WebhookStore>();
        services.AddSingleton(new WebhookTargets(options.InsecureWebhooks));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookDispatcher>();
        if (options.RunJobs)
        {
            services.AddHostedService<WebhookWorker>();
        }
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").WithTags("Webhooks").AllowRoles(ApiRoles.Members);
        webhooks.MapGet("/", List).WithName("ListWebhooks").WithSummary("事件推送列表（各单位只见自己的）");
        webhooks.MapGet("/{id:long}", Get).WithName("GetWebhook").WithSummary("一个事件推送");
        webhooks.MapPost("/", Create).WithName("CreateWebhook").WithSummary("订阅事件；签名密钥只显示这一次").WithExample(Example);
        webhooks.MapPatch("/{id:long}", Change).WithName("ChangeWebhook").WithSummary("修改、停用、启用事件推送或更换密钥");
        webhooks.MapDelete("/{id:long}", Delete).WithName("DeleteWebhook").WithSummary("取消订阅");
        webhooks.MapGet("/{id:long}/deliveries", Deliveries).WithName("ListWebhookDeliveries").WithSummary("推送记录，新的在前");
        webhooks.MapPost("/{id:long}/deliveries/{deliveryId:long}/replay", Replay).WithName("ReplayWebhookDelivery").WithSummary("重新推送");
    }

    private const string Example = """
        { "url": "https://hr.example.com/matching-events", "events": ["demand.*", "bulletin.published"] }
        """;

    internal static async Task<Ok<Page<Webhook>>> List(WebhookStore store, CancellationToken ct) => TypedResults.Ok(new Page<Webhook>(await store.ListAsync(ct), null));

    internal static async Task<Results<Ok<Webhook>, ProblemHttpResult>> Get(long id, WebhookStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Results<Created<WebhookWithSecret>, ProblemHttpResult>> Create(WriteWebhook request, WebhookStore store, WebhookTargets targets, CancellationToken ct)
    {
        if (Refuse(request.Url, request.Events, targets) is { } problem)
        {
            return problem;
        }

        var secret = WebhookStore.NewSecret();
        var webhook = await store.InsertAsync(request, secret, ct);
        return TypedResults.Created($"/api/v1/webhooks/{webhook.Id}", new WebhookWithSecret(webhook, secret));
    }

    internal static async Task<Results<Ok<WebhookWithSecret>, Ok<Webhook>, ProblemHttpResult>> Change(
        long id, ChangeWebhook request, WebhookStore store, WebhookTargets targets, CancellationToken ct)
    {
        if (Refuse(request.Url, request.Events, targets) is { } problem)
        {
            return problem;
        }

        var secret = request.RotateSecret ? WebhookStore.NewSecret() : null;
        return await store.UpdateAsync(id, request, secret, ct) is not { } webhook ? Problems.NotFound(Resource, id)
            : secret is null ? TypedResults.Ok(webhook) : TypedResults.Ok(new WebhookWithSecret(webhook, secret));
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> Delete(long id, WebhookStore store, CancellationToken ct) =>
        await store.DeleteAsync(id, ct) ? TypedResults.NoContent() : Problems.NotFound(Resource, id);

    internal static async Task<Results<Ok<Page<WebhookDelivery>>, ProblemHttpResult>> Deliveries(
        long id, [AsParameters] DeliveryQuery query, WebhookStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is null ? Problems.NotFound(Resource, id)
        : TypedResults.Ok(Page.Of(await store.DeliveriesAsync(id, query, ct), query.Take, delivery => delivery.Id));

    internal static async Task<Results<NoContent, ProblemHttpResult>> Replay(long id, long deliveryId, WebhookStore store, CancellationToken ct) =>
        await store.ReplayAsync(id, deliveryId, ct) ? TypedResults.NoContent() : Problems.NotFound("webhook_delivery", deliveryId);

    private static ProblemHttpResult? Refuse(string? url, IReadOnlyList<string>? events, WebhookTargets targets) =>
        url is not null && targets.WhyNot(url) is { } reason ? Problems.InvalidField("webhook_url_refused", "url", reason)
        : events is not null && (events.Count == 0 || events.FirstOrDefault(type => !WebhookEvents.Knows(type)) is not null)
            ? Problems.InvalidField("unknown_event", "events", $"可订阅的事件：{string.Join("、", WebhookEvents.All)}；以 .* 结尾表示一类。")
        : null;
}
