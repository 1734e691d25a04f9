using Microsoft.AspNetCore.Authorization;

namespace Matching.Service.Http;

/// <summary>Which roles may call a route; the route table of the tests reads it back.</summary>
/// <param name="Roles">Some of <see cref="ApiRoles"/>; empty means anybody, even without a key.</param>
internal sealed record AllowedRoles(IReadOnlyList<string> Roles);

internal static class Access
{
    /// <summary>Callers in these roles only; everybody else gets 401 or 403. Sits on the group or the route, never in a handler.</summary>
    public static TBuilder AllowRoles<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizeAttribute { Roles = string.Join(',', roles) }).WithMetadata(new AllowedRoles(roles));

    /// <summary>Anybody: reference data, published bulletins, health.</summary>
    public static TBuilder AllowEverybody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AllowAnonymous().WithMetadata(new AllowedRoles([]));
}
