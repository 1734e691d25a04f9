using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Matching.Service.Exports;

/// <summary>Tells in the OpenAPI document that every list is also given as a spreadsheet.</summary>
internal static class ExportDocumentation
{
    public static void AddExportDocumentation(this IServiceCollection services) => services.Configure<OpenApiOptions>("v1", options => options.AddOperationTransformer((operation, context, _) =>
    {
        if (context.Description.HttpMethod == HttpMethods.Get
            && context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault() is { } handler && ListShape.RowOf(handler) is not null)
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "format", In = ParameterLocation.Query, Description = "json（默认）、xlsx 或 csv；后两种一次导出全部页。也可用 Accept 指明。",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["json", .. ExportFormat.Names] },
            });
        }

        return Task.CompletedTask;
    }));
}
