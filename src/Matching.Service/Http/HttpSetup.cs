using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Matching.Service.Data;
using Microsoft.AspNetCore.Authentication;
using Serilog;

namespace Matching.Service.Http;

/// <summary>The habits all endpoints share.</summary>
internal static class HttpSetup
{
    /// <summary>Chinese text stays readable; what would matter inside HTML is still escaped.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static void AddHttp(this WebApplicationBuilder builder, MatchingOptions options)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxJsonBytes;
        });
        services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(route => route.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Complete);
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddValidation();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddSingleton<KnownKeys>();
        services.AddSingleton(new FixedAnswers(options.FixedAnswerBytes));
        services.AddAuthorization();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        services.AddScoped(provider => Caller.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        services.AddScoped(OpenSession);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                await Problems.TooManyRequests().ExecuteAsync(context.HttpContext);
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
                http.User.FindFirst(Caller.KeyClaim)?.Value ?? http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = options.RequestsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    public static void UseHttp(this WebApplication app)
    {
        app.Use(RequestIdAndSafetyHeadersAsync);
        app.UseFixedAnswers();
        app.UseSerilogRequestLogging();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseCleanUrls();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    /// <summary>The root of every API route: one transaction per request.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app) => app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, RequestTransaction>();

    /// <summary>How this API reads and writes JSON; exports and frozen tables use the same.</summary>
    public static void Configure(JsonSerializerOptions json)
    {
        json.NumberHandling = JsonNumberHandling.Strict;
        json.MaxDepth = 32;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowDuplicateProperties = false;
        json.Encoder = Encoder;
        json.Converters.Add(new CleanTextConverter());
        json.Converters.Add(new DateConverter());
    }

    private static TenantSession OpenSession(IServiceProvider provider)
    {
        var http = provider.GetRequiredService<IHttpContextAccessor>().HttpContext!;
        return provider.GetRequiredService<TenantSessionFactory>().Open(provider.GetRequiredService<Caller>().ToTenant(http.TraceIdentifier));
    }

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["requestId"] = context.HttpContext.TraceIdentifier;
        if (problem is HttpValidationProblemDetails validation)
        {
            validation.Errors = validation.Errors.ToDictionary(error => RequestErrors.Camel(error.Key), error => error.Value);
            problem.Title = "请求中有不合要求的内容";
            problem.Extensions.TryAdd("code", "invalid_request");
        }

        problem.Extensions.TryAdd("code", problem.Status switch
        {
            StatusCodes.Status404NotFound => "route_not_found",
            StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
            StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
            _ => string.Create(CultureInfo.InvariantCulture, $"http_{problem.Status}"),
        });
    }

    private static Task RequestIdAndSafetyHeadersAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers["X-Request-Id"] = http.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return next(http);
    }
}
