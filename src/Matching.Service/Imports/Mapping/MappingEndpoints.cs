using Matching.Service.Http;
using Matching.Service.Imports.Files;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Imports.Mapping;

internal static class MappingEndpoints
{
    private const string Example = """
        { "columns": { "列5": "wage", "岗位关键词": "title", "备注": null } }
        """;

    public static void MapImportMappings(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/imports/{id:long}/mapping", Save).WithTags("Imports").WithName("SaveImportMapping").WithSummary("更正一次导入的列映射并记住：同样表头的文件下次照此读取")
            .AllowRoles(ImportEndpoints.Importers).WithExample(Example);
        var mappings = routes.MapGroup("/import-mappings").WithTags("Imports");
        mappings.MapGet("/", List).WithName("ListImportMappings").WithSummary("本单位已记住的列映射，新的在前").AllowRoles(ImportEndpoints.Importers);
        mappings.MapDelete("/{id:long}", Delete).WithName("DeleteImportMapping").WithSummary("忘记一个列映射").AllowRoles(ImportEndpoints.Importers);
    }

    internal static async Task<Results<Ok<ImportMapping>, ProblemHttpResult>> Save(
        long id, WriteMapping request, ImportStore imports, MappingStore mappings, ImportKinds kinds, CancellationToken ct)
    {
        if (await imports.FindAsync(id, ct) is not { } row)
        {
            return Problems.NotFound("import", id);
        }

        var import = row.ToImport();
        return row.HeaderSignature is null ? Problems.Conflict("headers_not_known", "文件的表头尚未读到：请等导入结束后再更正列映射。")
            : WhyNot(request, import, kinds.Find(import.Kind)!) is { } problem ? problem
            : TypedResults.Ok(await mappings.SaveAsync(
                import.Kind, row.HeaderSignature, import.Columns.Select(column => column.Header), request.Columns, ct));
    }

    internal static async Task<Ok<Page<ImportMapping>>> List([AsParameters] MappingQuery query, MappingStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of(await store.ListAsync(query, ct), query.Take, mapping => mapping.Id));

    internal static async Task<Results<NoContent, ProblemHttpResult>> Delete(long id, MappingStore store, CancellationToken ct) =>
        await store.DeleteAsync(id, ct) ? TypedResults.NoContent() : Problems.NotFound("import_mapping", id);

    private static ProblemHttpResult? WhyNot(WriteMapping request, Import import, ImportKind kind)
    {
        var columns = import.Columns.ToDictionary(column => CellText.HeaderKey(column.Header));
        foreach (var (header, key) in request.Columns)
        {
            var place = $"columns.{header}";
            if (!columns.TryGetValue(CellText.HeaderKey(header), out var column))
            {
                return Problems.InvalidField("unknown_header", place, "文件中没有这一列。");
            }

            if (key is not null && kind.Columns.All(field => field.Key != key))
            {
                return Problems.InvalidField("unknown_field", place, $"没有字段 {key}；可用的有 {string.Join("、", kind.Columns.Select(field => field.Key))}。");
            }

            if (key is not null && column.By == "PERSONAL")
            {
                return Problems.InvalidField("personal_column", place, "这一列含个人信息，平台不读取。");
            }
        }

        return request.Columns.Where(pair => pair.Value is not null).GroupBy(pair => pair.Value).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? Problems.InvalidField("duplicate_field", "columns", $"两列同指一个字段：{string.Join("、", twice.Select(pair => pair.Key))}。") : null;
    }
}
