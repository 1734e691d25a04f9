using Dapper;
using Matching.Service.Data;
using Matching.Service.Http;
using Matching.Service.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Matches;

internal static class MatchEndpoints
{
    public static void AddMatches(this IServiceCollection services, MatchingOptions options)
    {
        SqlMapper.AddTypeHandler(new ArrayHandler<bool>());
        SqlMapper.AddTypeHandler(new ArrayHandler<int>());
        services.AddScoped<MatchStore>();
        services.AddScoped<MatchReader>();
        services.AddScoped<PreviewStore>();
        services.AddScoped<MatchPreviews>();
        services.AddSingleton<MatchIndexes>();
        services.AddJob<RecomputeMatchesJob>();
        services.AddSingleton(new ResidentLimits(options.ResidentConsortia));
        services.AddSingleton<ResidentMatches>();
        services.AddSingleton<ResidentIndexes>();
    }

    public static void MapMatches(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/demands/{id:long}/matches").WithTags("Matches").AllowRoles([ApiRoles.Company, .. ApiRoles.Staff])
            .MapGet("/", OfDemand).WithName("ListMatchesOfDemand").WithSummary("为需求推荐的毕业生，附逐项说明（企业只见本单位需求与已授权的毕业生）");
        routes.MapGroup("/graduates/{id:long}/matches").WithTags("Matches").AllowRoles([ApiRoles.School, .. ApiRoles.Staff])
            .MapGet("/", OfGraduate).WithName("ListMatchesOfGraduate").WithSummary("为毕业生推荐的岗位，附逐项说明（学校只见本校毕业生）").SentFromMemory();
        routes.MapMatchPreview();
    }

    internal static async Task<Results<Ok<DemandMatches>, ProblemHttpResult>> OfDemand(
        long id, [AsParameters] MatchQuery query, MatchReader reader, CancellationToken ct) =>
        await reader.OfDemandAsync(id, query, ct) is { } matches ? TypedResults.Ok(matches) : Problems.NotFound("demand", id);

    internal static async Task<Results<PreparedJson<GraduateMatches>, Ok<GraduateMatches>, ProblemHttpResult>> OfGraduate(
        long id, [AsParameters] MatchQuery query, Caller caller, ResidentMatches resident, MatchReader reader, HttpRequest request, CancellationToken ct) =>
        resident.OfGraduate(caller, id, query, ReadyJson.TakesGzip(request)) is { } prepared ? prepared
        : await reader.OfGraduateAsync(id, query, ct) is { } matches ? TypedResults.Ok(matches) : Problems.NotFound("graduate", id);
}
