using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Exports;

/// <summary>
/// Lets every list answer as a spreadsheet: asked for by <c>?format=xlsx|csv</c> or by Accept, the list's own handler is called for one page after the other with the caller's
/// filters, so an export can hold nothing the list would not show. Pages go straight into a temporary file: a list that turns out too long is still refused with a problem.
/// </summary>
internal sealed class ExportFilter<T>(string title) : ExportFilter
{
    private const int RowsAPage = 1_000;

    private const string AuditSql = """
        INSERT INTO audit_log (consortium_id, role, api_key_id, organization_id, request_id, action, resource, after)
        VALUES (coalesce(current_consortium(), 0), current_app_role(), nullif(current_setting('app.key', true), '')::bigint, current_organization(),
                nullif(current_setting('app.request', true), ''), 'READ', @Resource, jsonb_build_object('format', @Format, 'rows', @Rows, 'query', @Query))
        """;

    private readonly ExportSheet<T> _default = DefaultSheet.Of<T>(title);

    public override async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!ExportFormat.TryRead(http.Request, out var format))
        {
            return Problems.InvalidField("invalid_request", "format", "须为 json、xlsx 或 csv。");
        }

        if (format is null)
        {
            return await next(context);
        }

        var services = http.RequestServices;
        if (!services.GetRequiredService<ExportLimits>().TryEnter(http))
        {
            http.Response.Headers.RetryAfter = "60";
            return Problems.TooManyRequests();
        }

        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            var sheet = services.GetService<ExportSheet<T>>() ?? _default;
            var (rows, refusal) = await WriteAsync(context, next, sheet, format, file);
            if (refusal is not null)
            {
                await file.DisposeAsync();
                return refusal;
            }

            await services.GetRequiredService<TenantSession>().ExecuteAsync(
                AuditSql, new { Resource = http.Request.Path.Value, Format = format.Extension, Rows = rows, Query = http.Request.QueryString.Value }, http.RequestAborted);
            file.Position = 0;
            var today = DateOnly.FromDateTime(CellValue.Local(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime));
            return TypedResults.Stream(file, format.ContentType, $"{sheet.Title}-{today:yyyy-MM-dd}.{format.Extension}");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task<(int Rows, object? Refusal)> WriteAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, ExportSheet<T> sheet, ExportFormat format, Stream file)
    {
        var services = context.HttpContext.RequestServices;
        var names = services.GetRequiredService<ExportNames>();
        await names.LoadAsync(context.HttpContext.RequestAborted);
        var limit = services.GetRequiredService<ExportLimits>().Rows;
        using var writer = format.Open(file, sheet.Title);
        writer.WriteRow(sheet.Columns.Select(column => column.Heading));
        var paging = Paging.Find(context);
        var rows = 0;
        for (paging?.Begin(RowsAPage); ;)
        {
            var answer = Unwrap(await next(context));
            if ((answer as IValueHttpResult)?.Value is not { } page || answer is ProblemHttpResult)
            {
                return (rows, answer);
            }

            foreach (var row in ListShape.Items<T>(page))
            {
                if (++rows > limit)
                {
                    return (rows, Problems.Refused("export_too_long", $"超过 {limit} 行，请缩小筛选范围后再导出。"));
                }

                writer.WriteRow(sheet.Columns.Select(column => column.Value(row, names)));
            }

            if (paging is null || ListShape.Next(page) is not { } cursor)
            {
                return (rows, null);
            }

            paging.GoOn(cursor);
        }
    }

    private static object? Unwrap(object? result)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        return result;
    }
}

/// <summary>An export whatever the rows are.</summary>
internal abstract class ExportFilter
{
    public abstract ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next);
}
