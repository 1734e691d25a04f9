using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Matching.Service.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Matching.Service.Http;

/// <summary>Reads <c>Authorization: Bearer mk_…</c>. A key that is wrong, expired or revoked is a 401, whatever the route.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TenantSessionFactory sessions, KnownKeys known, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";
    private static readonly AuthenticateResult Unknown = AuthenticateResult.Fail("unknown key");

    private const string FindSql = """
        SELECT id, consortium_id, organization_id, role, administers, secret_hash, usable, seconds_left
        FROM find_api_key(@Prefix)
        """;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var key = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? ApiKey.Parse(header[Bearer.Length..].Trim()) : null;
        return key is null ? Unknown : known.Find(key) ?? await LookUpAsync(key);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.Forbidden().ExecuteAsync(Context);

    private async Task<AuthenticateResult> LookUpAsync(ApiKey key)
    {
        var (asked, generation) = (clock.GetTimestamp(), known.Generation);
        await using var session = sessions.Open(TenantContext.Public);
        var row = await session.FindAsync<KeyRow>(FindSql, new { key.Prefix }, Context.RequestAborted);
        if (row is not { Usable: true } || !CryptographicOperations.FixedTimeEquals(row.SecretHash, key.SecretHash))
        {
            return Unknown;
        }

        var answer = AuthenticateResult.Success(new AuthenticationTicket(Principal(row), SchemeName));
        known.Keep(key, answer, TimeSpan.FromSeconds(row.SecondsLeft), asked, generation);
        return answer;
    }

    private static ClaimsPrincipal Principal(KeyRow row)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.Role, row.Role),
            new(Caller.KeyClaim, row.Id.ToString(CultureInfo.InvariantCulture)),
            new(Caller.ConsortiumClaim, row.ConsortiumId.ToString(CultureInfo.InvariantCulture)),
        ];
        if (row.OrganizationId is { } organization)
        {
            claims.Add(new(Caller.OrganizationClaim, organization.ToString(CultureInfo.InvariantCulture)));
        }

        if (row.Administers)
        {
            claims.Add(new(Caller.AdministersClaim, "true"));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
    }

    private sealed record KeyRow(long Id, long ConsortiumId, long? OrganizationId, string Role, bool Administers, byte[] SecretHash, bool Usable, double SecondsLeft);
}
