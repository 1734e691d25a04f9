using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Matching.Service.Http;

/// <summary>The OpenAPI 3.1 document at /openapi/v1.json and, where switched on, Swagger UI over it without anything from outside.</summary>
internal static class Documentation
{
    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Matching",
                Version = "1",
                Description = "产教联合体人才供需平台：需求、专业、毕业生进来，有解释的匹配、供需指标、就业报告与通报出去。",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Authorization: Bearer mk_…" },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<AllowedRoles>().LastOrDefault() is { Roles.Count: > 0 } allowed)
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", context.Document)] = [] }];
                operation.Description = $"{operation.Description}\n\n角色：{string.Join("、", allowed.Roles)}".Trim();
            }

            foreach (var example in metadata.OfType<RequestExample>())
            {
                AddExample(operation, example);
            }

            return Task.CompletedTask;
        });
    });

    public static void UseDocumentation(this WebApplication app, MatchingOptions options)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowEverybody();
        if (options.SwaggerUi)
        {
            app.Use((http, next) =>
            {
                if (http.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal))
                {
                    http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:";
                }

                return next(http);
            });
            app.UseSwaggerUI(ui => ui.SwaggerEndpoint("/openapi/v1.json", "Matching"));
        }
    }

    /// <summary>Shows a request body that works, as JSON text. One of another content type says that this type is taken too.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder builder, string json, string contentType = "application/json") =>
        builder.WithMetadata(new RequestExample(json, contentType));

    private static void AddExample(OpenApiOperation operation, RequestExample example)
    {
        if (operation.RequestBody?.Content is { } content)
        {
            content.TryAdd(example.ContentType, new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } });
            content[example.ContentType].Example = JsonNode.Parse(example.Json);
        }
    }

    /// <summary>An example of a request's body; a test reads every one of them back.</summary>
    internal sealed record RequestExample(string Json, string ContentType);
}
