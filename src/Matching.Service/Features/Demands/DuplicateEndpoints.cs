using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>重复需求: what repeats what, and people's word against it or for it.</summary>
internal static class DuplicateEndpoints
{
    private const string Resource = "demand";
    private static readonly string[] Writers = [ApiRoles.Company, ApiRoles.Department, .. ApiRoles.Staff];

    public static void MapDemandDuplicates(this IEndpointRouteBuilder routes)
    {
        var demands = routes.MapGroup("/demands").WithTags("Demands");
        demands.MapGet("/{id:long}/duplicates", List).WithName("ListDemandDuplicates").WithSummary("同一需求的其他发布").AllowRoles(ApiRoles.Members);
        demands.MapPost("/{id:long}/unlink", Unlink).WithName("UnlinkDemand").WithSummary("认定不是重复需求；今后不再自动关联").AllowRoles(Writers);
        demands.MapPost("/{id:long}/link", Link).WithName("LinkDemand").WithSummary("认定与本企业另一需求重复").AllowRoles(Writers).WithExample("""{ "canonicalId": 12 }""");
    }

    internal static async Task<Results<Ok<Page<DemandCopy>>, ProblemHttpResult>> List(
        long id, [AsParameters] CopyQuery query, DemandStore store, DuplicateStore duplicates, CancellationToken ct) =>
        await store.FindAsync(id, ct) is not { } demand ? Problems.NotFound(Resource, id)
        : demand.Shared ? TypedResults.Ok(new Page<DemandCopy>([], null))
        : TypedResults.Ok(Page.Of(await duplicates.MembersAsync(id, query.After?.Id ?? 0, query.Take, ct), query.Take, copy => copy.DemandId));

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Unlink(
        long id, DemandIntake intake, DemandStore store, DuplicateStore duplicates, HttpContext http, CancellationToken ct) =>
        await OwnAsync(id, intake, store, ct) is null ? Problems.NotFound(Resource, id)
        : await duplicates.UnlinkAsync(id, ct) ? Answers.Found(http, Resource, id, await store.FindAsync(id, ct))
        : Problems.Conflict("not_linked", "该需求没有关联到其他需求。");

    internal static async Task<Results<Ok<Demand>, ProblemHttpResult>> Link(
        long id, LinkDemand request, DemandIntake intake, DemandStore store, DuplicateStore duplicates, HttpContext http, CancellationToken ct)
    {
        if (await OwnAsync(id, intake, store, ct) is not { } demand)
        {
            return Problems.NotFound(Resource, id);
        }

        var other = await store.FindAsync(request.CanonicalId, ct);
        if (other is null or { Shared: true } || other.Id == id || other.OrganizationId != demand.OrganizationId)
        {
            return Problems.InvalidField("reference_not_found", "canonicalId", "请指明同一企业的另一条需求。");
        }

        if (demand.State == "DRAFT" || other.State == "DRAFT")
        {
            return Problems.Conflict("draft_not_linked", "草稿尚未发布，不能关联。");
        }

        await duplicates.LinkByHandAsync(id, other.Id, ct);
        return Answers.Found(http, Resource, id, await store.FindAsync(id, ct));
    }

    private static async Task<Demand?> OwnAsync(long id, DemandIntake intake, DemandStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { Shared: false } demand && intake.Owns(demand) ? demand : null;
}
