using Matching.Service.Data;
using Matching.Service.Http;

namespace Matching.Service.Features.Organizations;

internal sealed class ApiKeyStore(TenantSession session)
{
    private const string Columns = "id, organization_id, role, administers, prefix, label, expires_at, revoked_at, created_at";

    private const string InsertSql = $"""
        INSERT INTO api_key (consortium_id, organization_id, role, administers, prefix, secret_hash, label, expires_at)
        VALUES (current_consortium(), @OrganizationId, @Role, @Administers, @Prefix, @SecretHash, @Label, now() + make_interval(days => @ValidDays))
        RETURNING {Columns}
        """;

    private const string ListSql = $"SELECT {Columns} FROM api_key WHERE consortium_id = current_consortium() ORDER BY id";

    private const string RevokeSql = $"""
        UPDATE api_key SET revoked_at = coalesce(revoked_at, now())
        WHERE consortium_id = current_consortium() AND id = @Id
        RETURNING {Columns}
        """;

    private const string OrganizationKindSql = "SELECT kind FROM organization WHERE consortium_id = current_consortium() AND id = @Id";

    public async Task<IssuedKey> IssueAsync(CreateKey request, CancellationToken ct)
    {
        var key = ApiKey.Create();
        var info = await session.FindAsync<KeyInfo>(
            InsertSql,
            new { request.OrganizationId, request.Role, request.Administers, key.Prefix, key.SecretHash, Label = request.Label ?? "", request.ValidDays },
            ct);
        return new IssuedKey(key.ToString(), info!);
    }

    /// <summary>The keys the caller may see: those of his organization, or all of the consortium for the office.</summary>
    public Task<IReadOnlyList<KeyInfo>> ListAsync(CancellationToken ct) => session.QueryAsync<KeyInfo>(ListSql, null, ct);

    /// <summary>Null when there is no such key for this caller. Revoking twice keeps the first moment.</summary>
    public Task<KeyInfo?> RevokeAsync(long id, CancellationToken ct) => session.FindAsync<KeyInfo>(RevokeSql, new { Id = id }, ct);

    public Task<string?> OrganizationKindAsync(long id, CancellationToken ct) => session.FindAsync<string>(OrganizationKindSql, new { Id = id }, ct);
}
