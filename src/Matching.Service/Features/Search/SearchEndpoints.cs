using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Search;

internal static class SearchEndpoints
{
    public static void AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<SearchCodes>();
        services.AddSingleton<SearchFacets>();
        services.AddScoped<SearchStore>();
    }

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        var search = routes.MapGroup("/search").WithTags("Search");
        search.MapGet("/demands", Demands).WithName("SearchDemands").WithSummary("检索用人需求").AllowRoles(ApiRoles.Members);
        search.MapGet("/programs", Programs).WithName("SearchPrograms").WithSummary("检索专业点").AllowRoles(ApiRoles.Members);
        search.MapGet("/graduates", Graduates).WithName("SearchGraduates").WithSummary("检索毕业生（学校只见本校）").AllowRoles(ApiRoles.School, ApiRoles.Office, ApiRoles.Admin);
        search.MapGet("/organizations", Organizations).WithName("SearchOrganizations").WithSummary("检索单位（可用拼音首字母）").AllowRoles(ApiRoles.Members);
        search.MapGet("/occupations", Occupations).WithName("SearchOccupations").WithSummary("检索职业（可用拼音首字母）").AllowEverybody();
        search.MapGet("/regions", Regions).WithName("SearchRegions").WithSummary("检索行政区划（可用拼音首字母）").AllowEverybody();
    }

    internal static Task<Results<Ok<SearchPage<DemandFound>>, ProblemHttpResult>> Demands([AsParameters] SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct) =>
        FindAsync<DemandFound>(SearchResource.Demands, query, store, codes, ct);

    internal static Task<Results<Ok<SearchPage<ProgramFound>>, ProblemHttpResult>> Programs([AsParameters] SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct) =>
        FindAsync<ProgramFound>(SearchResource.Programs, query, store, codes, ct);

    internal static Task<Results<Ok<SearchPage<GraduateFound>>, ProblemHttpResult>> Graduates([AsParameters] SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct) =>
        FindAsync<GraduateFound>(SearchResource.Graduates, query, store, codes, ct);

    internal static Task<Results<Ok<SearchPage<OrganizationFound>>, ProblemHttpResult>> Organizations([AsParameters] SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct) =>
        FindAsync<OrganizationFound>(SearchResource.Organizations, query, store, codes, ct);

    internal static Task<Results<Ok<SearchPage<CodeFound>>, ProblemHttpResult>> Occupations([AsParameters] SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct) =>
        FindAsync<CodeFound>(SearchResource.Occupations, query, store, codes, ct);

    internal static Task<Results<Ok<SearchPage<CodeFound>>, ProblemHttpResult>> Regions([AsParameters] SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct) =>
        FindAsync<CodeFound>(SearchResource.Regions, query, store, codes, ct);

    private static async Task<Results<Ok<SearchPage<T>>, ProblemHttpResult>> FindAsync<T>(
        SearchResource resource, SearchQuery query, SearchStore store, SearchCodes codes, CancellationToken ct)
        where T : ISearchRow =>
        SearchRequest.TryMake(resource, query, codes, out var problem) is { } request ? TypedResults.Ok(await store.SearchAsync<T>(request, ct)) : problem!;
}
