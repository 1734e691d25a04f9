using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Organizations;

internal static class ConsortiumEndpoints
{
    public static void MapConsortia(this IEndpointRouteBuilder routes)
    {
        var consortia = routes.MapGroup("/consortia").WithTags("Consortia");
        consortia.MapGet("/", List).WithName("ListConsortia").WithSummary("全部联合体").AllowRoles(ApiRoles.Admin);
        consortia.MapPost("/", Create).WithName("CreateConsortium").WithSummary("开通联合体及其秘书处").AllowRoles(ApiRoles.Admin).WithExample(Example);
        consortia.MapGet("/own", GetOwn).WithName("GetOwnConsortium").WithSummary("本联合体").AllowRoles(ApiRoles.All);

        var clusters = routes.MapGroup("/industry-clusters").WithTags("Consortia");
        clusters.MapGet("/", ListClusters).WithName("ListIndustryClusters").WithSummary("产业集群").AllowRoles(ApiRoles.All);
        clusters.MapPost("/", CreateCluster).WithName("CreateIndustryCluster").WithSummary("登记产业集群").AllowRoles(ApiRoles.Staff).WithExample(ClusterExample);
        clusters.MapPut("/{id:long}", UpdateCluster).WithName("UpdateIndustryCluster").WithSummary("修改产业集群").AllowRoles(ApiRoles.Staff);
    }

    private const string Example = """{ "name": "示例市产教联合体", "regionCode": "440300", "officeName": "示例市产教联合体秘书处" }""";

    private const string ClusterExample = """{ "name": "智能装备", "industryCodes": ["34", "35"] }""";

    internal static async Task<Ok<Page<Consortium>>> List(ConsortiumStore store, CancellationToken ct) =>
        TypedResults.Ok(new Page<Consortium>(await store.ListAsync(ct), null));

    internal static async Task<Created<CreatedConsortium>> Create(
        CreateConsortium request, ConsortiumStore consortia, OrganizationStore organizations, ApiKeyStore keys, CancellationToken ct)
    {
        var consortium = await consortia.InsertAsync(request, ct);
        var office = (await organizations.InsertAsync(new WriteOrganization("OFFICE", request.OfficeName, request.RegionCode), ct))!;
        var key = await keys.IssueAsync(new CreateKey(ApiRoles.Office, office.Id, Administers: true, Label: "首个密钥"), ct);
        return TypedResults.Created($"/api/v1/consortia/{consortium.Id}", new CreatedConsortium(consortium, office, key));
    }

    internal static async Task<Results<Ok<Consortium>, ProblemHttpResult>> GetOwn(ConsortiumStore store, CancellationToken ct) =>
        await store.FindOwnAsync(ct) is { } consortium ? TypedResults.Ok(consortium) : Problems.NotFound("consortium", "own");

    internal static async Task<Ok<Page<IndustryCluster>>> ListClusters(ConsortiumStore store, CancellationToken ct) =>
        TypedResults.Ok(new Page<IndustryCluster>(await store.ListClustersAsync(ct), null));

    internal static async Task<Created<IndustryCluster>> CreateCluster(WriteIndustryCluster request, ConsortiumStore store, HttpContext http, CancellationToken ct)
    {
        var cluster = (await store.InsertClusterAsync(request, ct))!;
        return Answers.Created(http, $"/api/v1/industry-clusters/{cluster.Id}", cluster);
    }

    internal static Task<Results<Ok<IndustryCluster>, ProblemHttpResult>> UpdateCluster(
        long id, WriteIndustryCluster request, ConsortiumStore store, HttpContext http, CancellationToken ct) =>
        Answers.ChangeAsync(http, "industry_cluster", id, () => store.FindClusterAsync(id, ct), version => store.UpdateClusterAsync(id, version, request, ct));
}
