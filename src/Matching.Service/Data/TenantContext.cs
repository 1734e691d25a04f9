namespace Matching.Service.Data;

/// <summary>On whose behalf a session runs; row-level security decides by these values and by nothing else.</summary>
/// <param name="Role">The API role, or <c>job</c> for background work and <c>public</c> for a caller without a key.</param>
/// <param name="ConsortiumId">The consortium (联合体); null: none, which no tenant policy admits.</param>
/// <param name="OrganizationId">The caller's organization; null for the platform, the operator and jobs.</param>
/// <param name="KeyId">The API key, for the audit log.</param>
/// <param name="RequestId">The request, for the audit log.</param>
internal sealed record TenantContext(string Role, long? ConsortiumId, long? OrganizationId = null, long? KeyId = null, string? RequestId = null)
{
    public static TenantContext Public { get; } = new("public", null);

    /// <summary>A background job working for one consortium.</summary>
    public static TenantContext Job(long consortiumId) => new("job", consortiumId);

    /// <summary>The job planner, which sees the list of consortia and nothing inside them.</summary>
    public static TenantContext Planner { get; } = new("job", null);
}
