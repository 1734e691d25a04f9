using System.Security.Cryptography;
using Matching.Service.Data;

namespace Matching.Service.Features.Webhooks;

internal sealed class WebhookStore(TenantSession session)
{
    private const string Columns = "id, organization_id, url, events, state, note, failing_since, created_at, row_version AS version";

    private const string FindSql = $"SELECT {Columns} FROM webhook WHERE consortium_id = current_consortium() AND id = @Id";

    private const string ListSql = $"SELECT {Columns} FROM webhook WHERE consortium_id = current_consortium() ORDER BY id";

    // It begins to hear from this moment on.
    private const string InsertSql = """
        INSERT INTO webhook (consortium_id, organization_id, role, url, events, secret, entry)
        VALUES (current_consortium(), current_organization(), current_app_role(), @Url, @Events, @Secret, change_horizon())
        RETURNING id
        """;

    // Switched on again, it hears from then on; what waited while it was off is still sent.
    private const string UpdateSql = """
        UPDATE webhook
        SET url = coalesce(@Url, url), events = coalesce(@Events, events), state = coalesce(@State, state),
            note = CASE @State WHEN 'DISABLED' THEN '由使用方停用' WHEN 'ACTIVE' THEN '' ELSE note END,
            failing_since = CASE WHEN @State = 'ACTIVE' OR @Url IS NOT NULL THEN NULL ELSE failing_since END,
            old_secret = CASE WHEN @Secret::text IS NULL THEN old_secret ELSE secret END,
            old_secret_until = CASE WHEN @Secret::text IS NULL THEN old_secret_until ELSE now() + interval '1 day' END,
            secret = coalesce(@Secret, secret), row_version = row_version + 1
        WHERE consortium_id = current_consortium() AND id = @Id
        """;

    private const string DeleteSql = "DELETE FROM webhook WHERE consortium_id = current_consortium() AND id = @Id";

    private const string DeliveriesSql = """
        SELECT id, type, state, attempts, CASE state WHEN 'WAITING' THEN not_before END AS next_attempt, last_status, last_error, excerpt, created_at, delivered_at
        FROM webhook_delivery
        WHERE consortium_id = current_consortium() AND webhook_id = @Id AND (@State::text IS NULL OR state = @State) AND (@After::bigint IS NULL OR id < @After)
        ORDER BY id DESC LIMIT @Take + 1
        """;

    private const string ReplaySql = """
        UPDATE webhook_delivery SET state = 'WAITING', attempts = 0, not_before = now(), delivered_at = NULL, token = NULL
        WHERE consortium_id = current_consortium() AND webhook_id = @Id AND id = @Delivery
        """;

    public static string NewSecret() => "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public Task<Webhook?> FindAsync(long id, CancellationToken ct) => session.FindAsync<Webhook>(FindSql, new { Id = id }, ct);

    public Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken ct) => session.QueryAsync<Webhook>(ListSql, null, ct);

    public async Task<Webhook> InsertAsync(WriteWebhook webhook, string secret, CancellationToken ct) =>
        (await FindAsync(await session.FindAsync<long>(InsertSql, new { webhook.Url, Events = webhook.Events.Distinct().ToArray(), Secret = secret }, ct), ct))!;

    public async Task<Webhook?> UpdateAsync(long id, ChangeWebhook change, string? secret, CancellationToken ct) =>
        await session.ExecuteAsync(UpdateSql, new { Id = id, change.Url, Events = change.Events?.Distinct().ToArray(), change.State, Secret = secret }, ct) == 0 ? null : await FindAsync(id, ct);

    public async Task<bool> DeleteAsync(long id, CancellationToken ct) => await session.ExecuteAsync(DeleteSql, new { Id = id }, ct) == 1;

    public Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(long id, DeliveryQuery query, CancellationToken ct) =>
        session.QueryAsync<WebhookDelivery>(DeliveriesSql, new { Id = id, query.State, After = query.After?.Id, query.Take }, ct);

    public async Task<bool> ReplayAsync(long id, long delivery, CancellationToken ct) => await session.ExecuteAsync(ReplaySql, new { Id = id, Delivery = delivery }, ct) == 1;
}
