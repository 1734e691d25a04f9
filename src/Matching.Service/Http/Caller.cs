using System.Globalization;
using System.Security.Claims;
using Matching.Service.Data;

namespace Matching.Service.Http;

/// <summary>The caller of this request, read from the key; handlers take it as a parameter.</summary>
/// <param name="Role">One of <see cref="ApiRoles"/>, or <c>public</c>.</param>
/// <param name="ConsortiumId">The consortium he acts in; null for the public.</param>
/// <param name="OrganizationId">His organization, where the role has one.</param>
/// <param name="KeyId">The key used.</param>
/// <param name="Administers">May rotate the keys of his organization.</param>
internal sealed record Caller(string Role, long? ConsortiumId, long? OrganizationId, long? KeyId, bool Administers)
{
    public const string KeyClaim = "key";
    public const string ConsortiumClaim = "consortium";
    public const string OrganizationClaim = "organization";
    public const string AdministersClaim = "administers";

    /// <summary>The operator names the consortium he acts in; anybody else's header is ignored.</summary>
    public const string ConsortiumHeader = "X-Consortium";

    public bool IsStaff => Role is ApiRoles.Office or ApiRoles.Admin;

    /// <summary>The organization a row is written for: staff name it, everybody else writes for his own. Null when it is missing or somebody else's.</summary>
    public long? ActsFor(long? organization) =>
        IsStaff ? organization : organization is null || organization == OrganizationId ? OrganizationId : null;

    public static Caller Of(HttpContext http)
    {
        var user = http.User;
        var role = user.FindFirstValue(ClaimTypes.Role);
        return role is null
            ? new Caller("public", null, null, null, false)
            : new Caller(role, Consortium(http, role), Number(user, OrganizationClaim), Number(user, KeyClaim), user.HasClaim(AdministersClaim, "true"));
    }

    public TenantContext ToTenant(string requestId) => new(Role, ConsortiumId, OrganizationId, KeyId, requestId);

    private static long? Consortium(HttpContext http, string role)
    {
        var header = http.Request.Headers[ConsortiumHeader].ToString();
        return role == ApiRoles.Admin && header.Length > 0
            ? long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : throw new BadHttpRequestException($"{ConsortiumHeader} 须为联合体编号。")
            : Number(http.User, ConsortiumClaim);
    }

    private static long? Number(ClaimsPrincipal user, string claim) =>
        user.FindFirstValue(claim) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
