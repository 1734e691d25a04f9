using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Reports;

internal static class PlacementReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/schools/{id:long}/placement-report", Get).WithTags("Reports").WithName("GetPlacementReport").WithSummary("毕业去向报告（JSON 或 CSV）")
            .AllowRoles([ApiRoles.School, .. ApiRoles.Staff]);

    internal static async Task<Results<Ok<PlacementReport>, FileContentHttpResult, ProblemHttpResult>> Get(
        long id, [AsParameters] PlacementReportQuery query, PlacementReportStore store, Caller caller, HttpContext http, CancellationToken ct)
    {
        if (caller.ActsFor(id) is null || await store.FindAsync(id, query.Cohort, ct) is not { } report)
        {
            return Problems.NotFound("school", id);
        }

        var csv = query.Format == "csv" || (query.Format is null && http.Request.Headers.Accept.ToString().StartsWith("text/csv", StringComparison.OrdinalIgnoreCase));
        return csv ? TypedResults.File(PlacementReportCsv.Write(report), "text/csv; charset=utf-8", $"placement-report-{id}-{query.Cohort}.csv") : TypedResults.Ok(report);
    }
}
