using System.Text.Json;
using Matching.Service.Exports;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Matching.Service.Features.Demands;

/// <summary>A JSON-LD document as it was sent.</summary>
/// <param name="Json">Its text; what it says is checked by <see cref="JobPostingReader"/>, not by attributes.</param>
public sealed record JobPostingBody(string Json)
{
    public static async ValueTask<JobPostingBody?> BindAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 32 }, context.RequestAborted);
        return new JobPostingBody(document.RootElement.GetRawText());
    }
}

/// <summary>Demands in schema.org's words, both ways.</summary>
internal static class JobPostingEndpoints
{
    public const string Example = """
        {
          "@context": "https://schema.org", "@type": "JobPosting", "title": "数控车床操作工", "datePosted": "2026-09-01", "totalJobOpenings": 5,
          "jobLocation": { "@type": "Place", "address": { "@type": "PostalAddress", "addressRegion": "广东省", "addressLocality": "深圳市" } }
        }
        """;

    private const int MostPostings = 500;

    /// <summary>A single demand answers as JSON-LD where Accept names it.</summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var http = context.HttpContext;
        if (!http.Request.Headers.Accept.ToString().Contains(JobPostingWriter.ContentType, StringComparison.OrdinalIgnoreCase)
            || (answer as INestedHttpResult)?.Result is not Ok<Demand> { Value: { } demand })
        {
            return answer;
        }

        var names = http.RequestServices.GetRequiredService<ExportNames>();
        await names.LoadAsync(http.RequestAborted);
        return Content(http, JobPostingWriter.Write(demand, names));
    }

    internal static async Task<IResult> List([AsParameters] DemandQuery query, DemandStore store, ExportNames names, HttpContext http, CancellationToken ct)
    {
        await names.LoadAsync(ct);
        var page = Page.Of(await store.ListAsync(query, ct), query.Take, demand => demand.Id);
        return Content(http, JobPostingWriter.List(page.Items, page.Next, names));
    }

    internal static async Task<IResult> Create(JobPostingBody body, JobPostingIntake intake, HttpContext http, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(body.Json);
        var problems = new JobPostingProblems();
        var postings = intake.Read(document.RootElement, problems);
        if (problems.Errors.Count == 0 && postings.Count > MostPostings)
        {
            problems.Add("$", $"一次最多 {MostPostings} 条。");
        }

        if (problems.Errors.Count == 0)
        {
            await intake.CheckAsync(postings, problems, ct);
        }

        if (problems.Errors.Count > 0)
        {
            return Problems.InvalidFields("invalid_posting", problems.Errors);
        }

        if (problems.Ignored.Count > 0)
        {
            http.Response.Headers["X-Ignored-Properties"] = string.Join(", ", problems.Ignored.Select(Uri.EscapeDataString));
        }

        return await intake.StoreAsync(postings, document.RootElement.ValueKind == JsonValueKind.Object && postings is [{ Path: "" }], http, ct);
    }

    private static ContentHttpResult Content(HttpContext http, System.Text.Json.Nodes.JsonObject json)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        return TypedResults.Text(json.ToJsonString(options), JobPostingWriter.ContentType + "; charset=utf-8", System.Text.Encoding.UTF8);
    }
}
