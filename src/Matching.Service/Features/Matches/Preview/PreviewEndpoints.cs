using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Matches;

internal static class PreviewEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string Example = """
        { "demand": { "title": "数控车床操作工", "regionCode": "440306", "educationCode": "41", "wageMin": 6000, "wageMax": 8000,
          "skills": [ { "name": "数控编程", "level": 3 }, { "name": "机械制图", "must": false } ] }, "take": 10 }
        """;

    public static void MapMatchPreview(this IEndpointRouteBuilder routes) => routes.MapGroup("/match").WithTags("Matches").AllowRoles(ApiRoles.All)
        .MapPost("/preview", Preview).WithName("PreviewMatches").WithSummary("试匹配：未发布的需求或匿名的技能清单会匹配到什么，不入库（区域平台等只见汇总数）").WithExample(Example);

    internal static async Task<Results<Ok<PreviewedMatches>, ProblemHttpResult>> Preview(
        MatchPreview request, MatchPreviews previews, ResidentIndexes indexes, Caller caller, HttpContext http, CancellationToken ct)
    {
        if (caller.ConsortiumId is not { } consortium || await indexes.WaitAsync(consortium, Patience, ct) is not { } set)
        {
            http.Response.Headers.RetryAfter = "10";
            return Problems.Create(StatusCodes.Status503ServiceUnavailable, "matches_not_resident", "匹配数据正在载入，或本节点未配置常驻匹配，请稍后重试。");
        }

        return TypedResults.Ok(request.Demand is { } demand
            ? await previews.OfDemandAsync(set, demand, request.Take, ct)
            : await previews.OfProfileAsync(set, request.Profile!, request.Take, ct));
    }
}
