using System.Globalization;
using System.Text.Json;
using Matching.Service.Changes;
using Matching.Service.Data;

namespace Matching.Service.Features.Webhooks;

/// <summary>
/// Makes messages of changes and sends them; any node may do either. A webhook's place in the stream moves in the transaction that stores its messages, so none is lost or made
/// twice; a message is marked by the holder of its claim, so whoever dies between sending and marking lets it be sent again, under the same id.
/// </summary>
internal sealed class WebhookDispatcher(TenantSessionFactory sessions, WebhookSender sender)
{
    public const int MostAttempts = 12;
    private const int EntriesAtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private const string StatesSql = """
        SELECT 'demand' AS resource, id, state, title AS name FROM demand WHERE consortium_id = current_consortium() AND id = ANY(@Demands)
        UNION ALL
        SELECT 'bulletin', id, state, title FROM bulletin WHERE consortium_id = current_consortium() AND id = ANY(@Bulletins)
        UNION ALL
        SELECT 'program', id, state, name FROM program WHERE consortium_id = current_consortium() AND id = ANY(@Programs)
        """;

    // Whoever moved the place first has stored these messages.
    private const string StoreSql = """
        WITH moved AS (
            UPDATE webhook SET entry = @Next WHERE consortium_id = current_consortium() AND id = @Id AND entry = @Entry RETURNING id)
        INSERT INTO webhook_delivery (consortium_id, webhook_id, entry, type, body)
        SELECT current_consortium(), moved.id, e.entry, e.type, e.body
        FROM moved, unnest(@Entries, @Types, @Bodies) AS e (entry, type, body)
        """;

    private const string MarkSql = """
        WITH marked AS (
            UPDATE webhook_delivery
            SET state = @State, delivered_at = CASE @State WHEN 'DELIVERED' THEN now() END, not_before = now() + make_interval(secs => @Wait),
                last_status = @Status, last_error = @Error, excerpt = @Excerpt
            WHERE consortium_id = current_consortium() AND id = @Id AND token = @Token
            RETURNING webhook_id)
        UPDATE webhook w
        SET failing_since = CASE @State WHEN 'DELIVERED' THEN NULL ELSE coalesce(w.failing_since, now()) END,
            state = CASE WHEN @State = 'DEAD' AND w.failing_since < now() - interval '3 days' THEN 'DISABLED' ELSE w.state END,
            note = CASE WHEN @State = 'DEAD' AND w.failing_since < now() - interval '3 days' THEN '连续三天以上推送失败，已自动停用' ELSE w.note END
        FROM marked
        WHERE w.consortium_id = current_consortium() AND w.id = marked.webhook_id AND (@State <> 'DELIVERED' OR w.failing_since IS NOT NULL)
        """;

    /// <summary>Reads the changes for one webhook that is due; false when none is.</summary>
    public async Task<bool> ReadOneAsync(CancellationToken ct)
    {
        if (await ClaimAsync<ClaimedWebhook>("SELECT * FROM claim_webhook(@pause)", new { pause = Pause }, ct) is not { } webhook)
        {
            return false;
        }

        bool more;
        (webhook, more) = await ReadAsync(webhook, ct);
        while (more)
        {
            (webhook, more) = await ReadAsync(webhook, ct);
        }

        return true;
    }

    /// <summary>Sends one message that is due; false when none is.</summary>
    public async Task<bool> SendOneAsync(CancellationToken ct)
    {
        if (await ClaimAsync<ClaimedDelivery>("SELECT * FROM claim_webhook_delivery(@lease)", new { lease = Lease }, ct) is not { } delivery)
        {
            return false;
        }

        await MarkAsync(delivery, await sender.SendAsync(delivery, ct), ct);
        return true;
    }

    /// <summary>Half a minute, doubled with every attempt up to six hours, half as much more or less by chance: some thirty hours in all.</summary>
    public static double WaitSeconds(long delivery, int attempts) =>
        Math.Min(30 * Math.Pow(2, attempts - 1), 21_600) * (0.5 + (new Random(HashCode.Combine(delivery, attempts)).NextDouble()));

    private async Task<(ClaimedWebhook Webhook, bool More)> ReadAsync(ClaimedWebhook webhook, CancellationToken ct)
    {
        ChangeBatch batch;
        Dictionary<(string, long), (string State, string Name)> rows;
        // In the eyes of the subscriber.
        await using (var session = sessions.Open(new TenantContext(webhook.Role, webhook.ConsortiumId, webhook.OrganizationId)))
        {
            batch = await new ChangeReader(session).ReadAsync(null, webhook.Entry, EntriesAtOnce, ct);
            long[] Ids(string resource) => [.. batch.Items.Where(change => change.Resource == resource).Select(change => change.Id)];
            rows = (await session.QueryAsync<(string Resource, long Id, string State, string Name)>(
                StatesSql, new { Demands = Ids("demand"), Bulletins = Ids("bulletin"), Programs = Ids("program") }, ct)).ToDictionary(row => (row.Resource, row.Id), row => (row.State, row.Name));
        }

        var events = batch.Items
            .Select(change => (Change: change, Row: rows.TryGetValue((change.Resource, change.Id), out var row) ? row : (State: null!, Name: null!)))
            .Select(e => (e.Change, e.Row, Type: WebhookEvents.TypeOf(e.Change.Resource, e.Change.Kind, e.Row.State)))
            .Where(e => e.Type is not null && WebhookEvents.Wants(webhook.Events, e.Type)).ToArray();
        await using (var session = sessions.Open(TenantContext.Job(webhook.ConsortiumId)))
        {
            await session.ExecuteAsync(StoreSql, new
            {
                webhook.Id, webhook.Entry, batch.Next, Entries = events.Select(e => e.Change.Seq).ToArray(), Types = events.Select(e => e.Type!).ToArray(),
                Bodies = events.Select(e => Body(webhook, e.Change, e.Type!, e.Row.State, e.Row.Name)).ToArray(),
            }, ct);
            await session.CommitAsync(ct);
        }

        return (webhook with { Entry = batch.Next }, batch.More);
    }

    private static string Body(ClaimedWebhook webhook, LoggedChange change, string type, string? state, string? name) => JsonSerializer.Serialize(new
    {
        id = string.Create(CultureInfo.InvariantCulture, $"{webhook.Id}-{change.Seq}"),
        type,
        at = DateTime.SpecifyKind(change.At, DateTimeKind.Utc),
        consortium = webhook.ConsortiumId,
        data = new { resource = change.Resource, change.Id, change.Version, state, name, href = string.Create(CultureInfo.InvariantCulture, $"/api/v1/{change.Resource}s/{change.Id}") },
    }, JsonSerializerOptions.Web);

    private async Task MarkAsync(ClaimedDelivery delivery, SendOutcome outcome, CancellationToken ct)
    {
        await using var session = sessions.Open(TenantContext.Job(delivery.ConsortiumId));
        await session.ExecuteAsync(MarkSql, new
        {
            delivery.Id, delivery.Token, outcome.Status, outcome.Error, outcome.Excerpt,
            State = outcome.Delivered ? "DELIVERED" : delivery.Attempts >= MostAttempts ? "DEAD" : "WAITING", Wait = WaitSeconds(delivery.Id, delivery.Attempts),
        }, ct);
        await session.CommitAsync(ct);
    }

    private async Task<T?> ClaimAsync<T>(string sql, object args, CancellationToken ct)
        where T : class
    {
        await using var session = sessions.Open(TenantContext.Planner);
        var claimed = await session.FindAsync<T>(sql, args, ct);
        await session.CommitAsync(ct);
        return claimed;
    }

    private sealed record ClaimedWebhook(long ConsortiumId, long Id, long? OrganizationId, string Role, string[] Events, long Entry);
}
