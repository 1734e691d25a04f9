using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Organizations;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api-keys").WithTags("API keys");
        keys.MapGet("/", List).WithName("ListApiKeys").WithSummary("密钥列表（不含密文）").AllowRoles(ApiRoles.Members);
        keys.MapPost("/", Create).WithName("CreateApiKey").WithSummary("签发密钥，密钥只显示这一次").AllowRoles(ApiRoles.Members).WithExample(Example);
        keys.MapDelete("/{id:long}", Revoke).WithName("RevokeApiKey").WithSummary("吊销密钥，立即生效").AllowRoles(ApiRoles.Members).EndsKeys();
    }

    private const string Example = """{ "role": "platform", "label": "区域平台对接", "validDays": 180 }""";

    internal static async Task<Results<Ok<Page<KeyInfo>>, ProblemHttpResult>> List(ApiKeyStore store, Caller caller, CancellationToken ct) =>
        MayAdminister(caller) ? TypedResults.Ok(new Page<KeyInfo>(await store.ListAsync(ct), null)) : Problems.Forbidden();

    internal static async Task<Results<Created<IssuedKey>, ProblemHttpResult>> Create(CreateKey request, ApiKeyStore store, Caller caller, CancellationToken ct)
    {
        if (!MayAdminister(caller) || (!caller.IsStaff && (request.Role != caller.Role || request.OrganizationId != caller.OrganizationId)))
        {
            return Problems.Forbidden();
        }

        if (await WhyRoleDoesNotFitAsync(request, store, ct) is { } problem)
        {
            return problem;
        }

        var key = await store.IssueAsync(request, ct);
        return TypedResults.Created($"/api/v1/api-keys/{key.Info.Id}", key);
    }

    internal static async Task<Results<Ok<KeyInfo>, ProblemHttpResult>> Revoke(long id, ApiKeyStore store, Caller caller, CancellationToken ct) =>
        !MayAdminister(caller) ? Problems.Forbidden()
        : await store.RevokeAsync(id, ct) is { } key ? TypedResults.Ok(key)
        : Problems.NotFound("api_key", id);

    private static bool MayAdminister(Caller caller) => caller.IsStaff || caller.Administers;

    // A company's key for a school would open the school's rows to the company's routes.
    private static async Task<ProblemHttpResult?> WhyRoleDoesNotFitAsync(CreateKey request, ApiKeyStore store, CancellationToken ct)
    {
        if (request.Role == ApiRoles.Platform)
        {
            return request.OrganizationId is null ? null : Problems.InvalidField("invalid_request", "organizationId", "区域平台的密钥不属于任何单位。");
        }

        var kind = request.OrganizationId is { } id ? await store.OrganizationKindAsync(id, ct) : null;
        return string.Equals(kind, request.Role, StringComparison.OrdinalIgnoreCase)
            ? null
            : Problems.InvalidField("role_does_not_fit", "role", "密钥的角色须与单位类别一致，且单位须在本联合体内。");
    }
}
