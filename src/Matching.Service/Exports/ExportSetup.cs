using System.Threading.RateLimiting;
using Matching.Service.Http;

namespace Matching.Service.Exports;

/// <summary>How much may be exported; from <see cref="MatchingOptions"/>.</summary>
internal sealed class ExportLimits(MatchingOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
        http.User.FindFirst(Caller.KeyClaim)?.Value ?? http.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.ExportsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Rows of one file.</summary>
    public int Rows => options.ExportRows;

    public bool TryEnter(HttpContext http) => _limiter.AttemptAcquire(http).IsAcquired;

    public void Dispose() => _limiter.Dispose();
}

internal static class ExportSetup
{
    public static void AddExports(this IServiceCollection services, MatchingOptions options)
    {
        services.AddSingleton(new ExportLimits(options));
        services.AddScoped<ExportNames>();
        services.AddExportDocumentation();
    }

    /// <summary>Registers how a list becomes a file, where the field by field rendering will not do.</summary>
    public static void AddExportSheet<T>(this IServiceCollection services, ExportSheet<T> sheet) => services.AddSingleton(sheet);

    /// <summary>Every GET under it that answers a list also answers it as a spreadsheet.</summary>
    public static RouteGroupBuilder WithExports(this RouteGroupBuilder api)
    {
        api.AddEndpointFilterFactory((context, next) =>
        {
            if (ListShape.RowOf(context.MethodInfo) is not { } row)
            {
                return next;
            }

            var filter = (ExportFilter)Activator.CreateInstance(typeof(ExportFilter<>).MakeGenericType(row), [row.Name])!;
            return invocation => HttpMethods.IsGet(invocation.HttpContext.Request.Method) ? filter.InvokeAsync(invocation, next) : next(invocation);
        });
        return api;
    }
}
