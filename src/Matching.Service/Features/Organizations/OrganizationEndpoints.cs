using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Organizations;

internal static class OrganizationEndpoints
{
    public static void MapOrganizations(this IEndpointRouteBuilder routes)
    {
        var organizations = routes.MapGroup("/organizations").WithTags("Organizations");
        organizations.MapGet("/", List).WithName("ListOrganizations").WithSummary("成员单位列表").AllowRoles(ApiRoles.Members);
        organizations.MapGet("/{id:long}", Get).WithName("GetOrganization").WithSummary("一个成员单位").AllowRoles(ApiRoles.Members);
        organizations.MapPost("/", Create).WithName("CreateOrganization").WithSummary("登记成员单位").AllowRoles(ApiRoles.Staff).WithExample(Example);
        organizations.MapPut("/{id:long}", Update).WithName("UpdateOrganization").WithSummary("修改成员单位").AllowRoles(ApiRoles.Members).EndsKeys();
        organizations.MapDelete("/{id:long}", Delete).WithName("DeleteOrganization").WithSummary("删除尚无业务数据的成员单位").AllowRoles(ApiRoles.Staff).EndsKeys();
    }

    private const string Resource = "organization";

    private const string Example = """
        { "kind": "COMPANY", "name": "示例精密机械有限公司", "regionCode": "440306", "industryCode": "34", "nature": "PRIVATE", "staffCount": 320, "memberSince": "2025-03-01" }
        """;

    internal static async Task<Ok<Page<Organization>>> List([AsParameters] OrganizationQuery query, OrganizationStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, organization => organization.Id));

    internal static async Task<Results<Ok<Organization>, ProblemHttpResult>> Get(long id, OrganizationStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Created<Organization>> Create(WriteOrganization request, OrganizationStore store, HttpContext http, CancellationToken ct)
    {
        var organization = (await store.InsertAsync(request, ct))!;
        return Answers.Created(http, $"/api/v1/organizations/{organization.Id}", organization);
    }

    // The office changes any entry; an organization its own, but neither its kind nor its membership nor its state nor whether it counts as a labour agency.
    internal static async Task<Results<Ok<Organization>, ProblemHttpResult>> Update(
        long id, WriteOrganization request, OrganizationStore store, Caller caller, HttpContext http, CancellationToken ct)
    {
        var known = await store.FindAsync(id, ct);
        if (known is not null && !caller.IsStaff
            && (caller.OrganizationId != id || request.Kind != known.Kind || request.MemberSince != known.MemberSince || request.State != known.State || request.Agency != known.Agency))
        {
            return Problems.Forbidden();
        }

        return await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => store.UpdateAsync(id, version, request, ct));
    }

    internal static Task<Results<NoContent, ProblemHttpResult>> Delete(long id, OrganizationStore store, HttpContext http, CancellationToken ct) =>
        Answers.DeleteAsync(http, Resource, id, () => store.FindAsync(id, ct), version => store.DeleteAsync(id, version, ct));
}
