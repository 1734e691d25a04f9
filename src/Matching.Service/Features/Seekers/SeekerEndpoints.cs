using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Seekers;

internal static class SeekerEndpoints
{
    private const string Resource = "seeker";

    public static void AddSeekers(this IServiceCollection services)
    {
        JsonHandler<SeekerSkill>.Register();
        services.AddScoped<SeekerStore>();
    }

    public static void MapSeekers(this IEndpointRouteBuilder routes)
    {
        var seekers = routes.MapGroup("/seekers").WithTags("Seekers").AllowRoles([ApiRoles.School, ApiRoles.Institute, ApiRoles.Department, .. ApiRoles.Staff]);
        seekers.MapGet("/", List).WithName("ListSeekers").WithSummary("求职者列表（只见本单位登记的）");
        seekers.MapGet("/{id:long}", Get).WithName("GetSeeker").WithSummary("一名求职者");
        seekers.MapPost("/", Create).WithName("CreateSeeker").WithSummary("登记求职者（代号，不含姓名与证件号）").WithExample(Example);
        seekers.MapPut("/{id:long}", Update).WithName("UpdateSeeker").WithSummary("修改求职者");
        seekers.MapDelete("/{id:long}", Delete).WithName("DeleteSeeker").WithSummary("删除求职者");
    }

    private const string Example = """
        { "reference": "S-0001", "category": "UNEMPLOYED", "regionCode": "440306", "registeredOn": "2026-10-08", "organizationId": 1, "educationCode": "31",
          "birthBand": "25-34", "wishedOccupations": ["6-18-01-07"], "anyRegion": true,
          "skills": [ { "name": "数控编程", "evidence": "CLAIM", "level": 2 } ] }
        """;

    internal static async Task<Ok<Page<Seeker>>> List([AsParameters] SeekerQuery query, SeekerStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, seeker => seeker.Id));

    internal static async Task<Results<Ok<Seeker>, ProblemHttpResult>> Get(long id, SeekerStore store, HttpContext http, CancellationToken ct) =>
        Answers.Found(http, Resource, id, await store.FindAsync(id, ct));

    internal static async Task<Results<Created<Seeker>, ProblemHttpResult>> Create(WriteSeeker request, SeekerStore store, Caller caller, HttpContext http, CancellationToken ct)
    {
        if (caller.ActsFor(request.OrganizationId) is not { } organization)
        {
            return Problems.InvalidField("invalid_request", "organizationId", "请指明登记单位；各单位只能为自己登记。");
        }

        var seeker = await store.InsertAsync(organization, request, ct);
        return Answers.Created(http, $"/api/v1/seekers/{seeker.Id}", seeker);
    }

    internal static async Task<Results<Ok<Seeker>, ProblemHttpResult>> Update(
        long id, WriteSeeker request, SeekerStore store, HttpContext http, CancellationToken ct)
    {
        var known = await store.FindAsync(id, ct);
        return known is not null && (request.OrganizationId ?? known.OrganizationId) != known.OrganizationId
            ? Problems.OwnerIsFixed("organizationId")
            : await Answers.ChangeAsync(http, Resource, id, () => Task.FromResult(known), version => store.UpdateAsync(id, version, request, ct));
    }

    internal static Task<Results<NoContent, ProblemHttpResult>> Delete(long id, SeekerStore store, HttpContext http, CancellationToken ct) =>
        Answers.DeleteAsync(http, Resource, id, () => store.FindAsync(id, ct), version => store.DeleteAsync(id, version, ct));
}
