using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;

namespace Matching.Service.Features.Webhooks;

/// <summary>A subscription to events (事件推送).</summary>
/// <param name="Id">Number of the webhook.</param>
/// <param name="OrganizationId">Whose it is; null: the operator's.</param>
/// <param name="Url">Where messages are posted.</param>
/// <param name="Events">Types of events.</param>
/// <param name="State">ACTIVE, or DISABLED by its owner or after long failure.</param>
/// <param name="Note">Why it is disabled.</param>
/// <param name="FailingSince">Since when nothing gets through, UTC; null: it does.</param>
/// <param name="CreatedAt">Since when it exists, UTC.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Webhook(
    long Id, long? OrganizationId, string Url, string[] Events, string State, string Note, DateTime? FailingSince, DateTime CreatedAt, int Version) : IVersioned;

/// <summary>A webhook just made, or one with a new secret. The secret is told this once.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">Key of the signatures (HMAC-SHA256).</param>
public sealed record WebhookWithSecret(Webhook Webhook, string Secret);

/// <summary>Subscribes to events.</summary>
/// <param name="Url">An https address that can be reached from outside.</param>
/// <param name="Events">Types: demand.created, demand.updated, demand.closed, demand.deleted, program.*, bulletin.published, warning.* and so on; <c>*</c> at the end means all of a kind.</param>
public sealed record WriteWebhook([StringLength(2000, MinimumLength = 8, ErrorMessage = "须为 {2}–{1} 个字符。")] string Url, [AtMost(50)] IReadOnlyList<string> Events);

/// <summary>Changes a webhook; what is left out stays.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Events">Types of events.</param>
/// <param name="State">ACTIVE or DISABLED.</param>
/// <param name="RotateSecret">true: a new secret; for a day messages carry a signature by the old one too.</param>
public sealed record ChangeWebhook(
    [StringLength(2000, MinimumLength = 8, ErrorMessage = "须为 {2}–{1} 个字符。")] string? Url = null, [AtMost(50)] IReadOnlyList<string>? Events = null,
    [OneOf("ACTIVE", "DISABLED")] string? State = null, bool RotateSecret = false);

/// <summary>A message and what became of it.</summary>
/// <param name="Id">Number of the delivery, told in <c>X-Matching-Delivery</c>. The message's own <c>id</c> is the same in every attempt too.</param>
/// <param name="Type">Type of the event.</param>
/// <param name="State">WAITING, DELIVERED or DEAD: given up after the last attempt.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="NextAttempt">When it is tried again, UTC; null: not by itself.</param>
/// <param name="LastStatus">HTTP status of the last answer; null: there was none.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="Excerpt">The beginning of the last answer.</param>
/// <param name="CreatedAt">When the event was noticed, UTC.</param>
/// <param name="DeliveredAt">When it was accepted, UTC.</param>
public sealed record WebhookDelivery(
    long Id, string Type, string State, int Attempts, DateTime? NextAttempt, int? LastStatus, string? LastError, string? Excerpt, DateTime CreatedAt, DateTime? DeliveredAt);

/// <summary>Filters of the deliveries, newest first.</summary>
/// <param name="State">State.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record DeliveryQuery(
    [property: OneOf("WAITING", "DELIVERED", "DEAD")] string? State = null, Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
