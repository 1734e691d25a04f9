using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Placements;

internal static class PlacementEndpoints
{
    private const string Resource = "placement";

    public static void MapPlacements(this IEndpointRouteBuilder routes)
    {
        var placements = routes.MapGroup("/placements").WithTags("Placements").AllowRoles([ApiRoles.School, .. ApiRoles.Staff]);
        placements.MapGet("/", List).WithName("ListPlacements").WithSummary("毕业去向列表（学校只见本校）");
        placements.MapGet("/{id:long}", Get).WithName("GetPlacement").WithSummary("一条毕业去向");
        placements.MapPost("/", Create).WithName("CreatePlacement").WithSummary("登记毕业去向，前一去向随之结束").WithExample(Example);
        placements.MapPut("/{id:long}", Update).WithName("UpdatePlacement").WithSummary("修改毕业去向");
        placements.MapDelete("/{id:long}", Delete).WithName("DeletePlacement").WithSummary("删除误录的毕业去向");
    }

    private const string Example = """
        { "graduateId": 1, "destinationKind": "CONTRACT", "evidence": "LABOUR_CONTRACT", "placedOn": "2026-07-01", "employerName": "示例精密机械有限公司",
          "occupationCode": "6-18-01-07", "regionCode": "440306", "wage": 6500, "confirmed": true }
        """;

    internal static async Task<Ok<Page<Placement>>> List([AsParameters] PlacementQuery query, PlacementStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, placement => placement.Id));

    internal static async Task<Results<Ok<Placement>, ProblemHttpResult>> Get(long id, PlacementStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Results<Created<Placement>, ProblemHttpResult>> Create(
        WritePlacement request, PlacementStore store, HttpContext http, CancellationToken ct) =>
        WhyRefused(request) is { } problem ? problem
        : await store.InsertAsync(request, ct) is { } placement ? Answers.Created(http, $"/api/v1/placements/{placement.Id}", placement)
        : Problems.InvalidField("reference_not_found", "graduateId", "没有这名毕业生，或不属于本校。");

    internal static async Task<Results<Ok<Placement>, ProblemHttpResult>> Update(
        long id, WritePlacement request, PlacementStore store, HttpContext http, CancellationToken ct)
    {
        var known = await store.FindAsync(id, ct);
        return known is not null && known.GraduateId != request.GraduateId ? Problems.OwnerIsFixed("graduateId")
            : WhyRefused(request) is { } problem ? problem
            : await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => store.UpdateAsync(id, version, request, ct));
    }

    internal static Task<Results<NoContent, ProblemHttpResult>> Delete(long id, PlacementStore store, HttpContext http, CancellationToken ct) =>
        Answers.DeleteAsync(http, Resource, id, () => store.FindAsync(id, ct), version => store.DeleteAsync(id, version, ct));

    private static ProblemHttpResult? WhyRefused(WritePlacement request) =>
        PlacementRules.WhyNotAccepted(request.DestinationKind, request.Evidence) is { } why ? Problems.Refused("evidence_not_accepted", why)
        : PlacementRules.NeedsEmployer(request.DestinationKind) && request.EmployerName is null && request.EmployerId is null
            ? Problems.InvalidField("missing_field", "employerName", "该去向须填写用人单位。")
            : null;
}
