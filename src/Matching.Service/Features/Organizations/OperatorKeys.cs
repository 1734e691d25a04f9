using Matching.Service.Data;
using Matching.Service.Http;

namespace Matching.Service.Features.Organizations;

/// <summary>The operator's key is made on the server itself, by whoever may run the executable there; no route can make one.</summary>
internal static class OperatorKeys
{
    private const string InsertSql = """
        INSERT INTO api_key (consortium_id, role, administers, prefix, secret_hash, label, expires_at)
        VALUES (0, 'admin', true, @Prefix, @SecretHash, '命令行', now() + interval '365 days')
        """;

    public static async Task<string> CreateAsync(TenantSessionFactory sessions, CancellationToken ct)
    {
        var key = ApiKey.Create();
        await using var session = sessions.Open(new TenantContext(ApiRoles.Admin, 0));
        await session.ExecuteAsync(InsertSql, new { key.Prefix, key.SecretHash }, ct);
        await session.CommitAsync(ct);
        return key.ToString();
    }
}
