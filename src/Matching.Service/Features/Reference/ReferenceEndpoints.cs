using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Reference;

/// <summary>Filters of a classification, all optional and combined with AND.</summary>
/// <param name="Q">Part of a name or alternative title, any width, case or script.</param>
/// <param name="Parent">Code one level up.</param>
/// <param name="Level">Depth, 1 at the top.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record CodeQuery(
    [property: Text(50)] string? Q = null,
    [property: Text(12)] string? Parent = null,
    [property: Between(1, 4)] int? Level = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

internal static class ReferenceEndpoints
{
    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        Map(routes, "regions", "Region", "行政区划", tables => tables.Regions);
        Map(routes, "industries", "Industry", "国民经济行业", tables => tables.Industries);
        Map(routes, "occupations", "Occupation", "职业分类", tables => tables.Occupations);
        Map(routes, "majors", "Major", "专业目录", tables => tables.Majors);
        Map(routes, "education-levels", "EducationLevel", "学历", tables => tables.EducationLevels);
        Map(routes, "destination-kinds", "DestinationKind", "毕业去向类别", tables => tables.DestinationKinds);
    }

    // The codes are the build's own, so every answer stays the same for as long as the process runs.
    private static void Map(IEndpointRouteBuilder routes, string path, string name, string summary, Func<ReferenceTables, CodeTable> table)
    {
        var group = routes.MapGroup($"/{path}").WithTags("Reference").AllowEverybody().MayBeFixed();
        group.MapGet("/", (HttpContext http, [AsParameters] CodeQuery query, ReferenceTables tables) => List(http, query, table(tables)))
            .WithName($"List{name}s").WithSummary(summary);
        group.MapGet("/{code}", (HttpContext http, [StringLength(12)] string code, ReferenceTables tables) => Get(http, code, table(tables)))
            .WithName($"Get{name}").WithSummary($"{summary}：按代码");
    }

    private static Ok<Page<ReferenceCode>> List(HttpContext http, CodeQuery query, CodeTable table)
    {
        FixedAnswers.Fix(http);
        // The cursor is the row's place in the file.
        var from = (int)Math.Min(query.After?.Id ?? 0, int.MaxValue);
        var matching = (query.Q is null ? table.All : table.Search(query.Q))
            .Where(code => (query.Parent is null || code.Parent == query.Parent) && (query.Level is null || code.Level == query.Level))
            .Skip(from).Take(query.Take + 1).ToList();
        return TypedResults.Ok(Page.Of(matching, query.Take, (ReferenceCode _) => new Cursor(from + query.Take)));
    }

    private static Results<Ok<ReferenceCode>, ProblemHttpResult> Get(HttpContext http, string code, CodeTable table)
    {
        if (table.Find(code) is not { } found)
        {
            return Problems.NotFound("code", code);
        }

        FixedAnswers.Fix(http);
        return TypedResults.Ok(found);
    }
}
