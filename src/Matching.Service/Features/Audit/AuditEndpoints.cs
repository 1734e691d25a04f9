using System.Text.Json;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Audit;

/// <summary>One entry of the audit log (审计): who did what when.</summary>
/// <param name="Id">Number of the entry.</param>
/// <param name="HappenedAt">When, UTC.</param>
/// <param name="Role">In which role.</param>
/// <param name="ApiKeyId">With which key; null for background work.</param>
/// <param name="OrganizationId">For which organization.</param>
/// <param name="RequestId">In which request.</param>
/// <param name="Action">INSERT, UPDATE, DELETE, IMPORT or READ.</param>
/// <param name="Resource">Which table.</param>
/// <param name="ResourceId">Which row.</param>
/// <param name="Before">The row before, without secrets and a person's wishes.</param>
/// <param name="After">The row after.</param>
public sealed record AuditEntry(
    long Id, DateTime HappenedAt, string Role, long? ApiKeyId, long? OrganizationId, string? RequestId, string Action, string Resource, long? ResourceId,
    JsonElement? Before, JsonElement? After);

/// <summary>Filters of the log, all optional and combined with AND.</summary>
public sealed record AuditQuery(
    [property: Text(63)] string? Resource = null,
    long? ResourceId = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit-log", List).WithTags("Audit").WithName("ListAuditLog").WithSummary("审计记录，新的在前").AllowRoles(ApiRoles.Staff);

    internal static async Task<Ok<Page<AuditEntry>>> List([AsParameters] AuditQuery query, AuditStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, entry => entry.Id));
}

internal sealed class AuditStore(TenantSession session)
{
    // The application may not read the table; the owner's function gives the consortium's own entries to its staff.
    private const string ListSql = """
        SELECT id, happened_at, role, api_key_id, organization_id, request_id, action, resource, resource_id, before::text AS before, after::text AS after
        FROM read_audit_log(@Resource, @ResourceId, @After, @Take + 1)
        """;

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken ct) =>
    [
        .. (await session.QueryAsync<Row>(ListSql, new { query.Resource, query.ResourceId, After = query.After?.Id, query.Take }, ct)).Select(row => new AuditEntry(
            row.Id, row.HappenedAt, row.Role, row.ApiKeyId, row.OrganizationId, row.RequestId, row.Action, row.Resource, row.ResourceId, Json(row.Before), Json(row.After))),
    ];

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);

    private sealed record Row(
        long Id, DateTime HappenedAt, string Role, long? ApiKeyId, long? OrganizationId, string? RequestId, string Action, string Resource, long? ResourceId, string? Before, string? After);
}
