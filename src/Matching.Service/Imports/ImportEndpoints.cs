using Matching.Service.Http;
using Matching.Service.Imports.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Matching.Service.Imports;

internal static class ImportEndpoints
{
    internal static readonly string[] Importers = [ApiRoles.Company, ApiRoles.School, ApiRoles.Office, ApiRoles.Admin];

    // More than anybody needs at once; beyond it uploads would only pile up in the database.
    internal const int MostWaiting = 20;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/imports").WithTags("Imports");
        imports.MapPost("/", Create).WithName("CreateImport").WithSummary("上传文件导入").WithDescription(
            "请求体为文件本身，或 multipart/form-data 中的一个文件：.xlsx、.csv（UTF-8 或 GB18030）、NDJSON，按内容识别。返回 202 与进度地址。" +
            "列按表头同义词和内容识别：先用 dryRun=true 查看 columns，再用 PUT /imports/{id}/mapping 更正，同一文件再次上传即照此读取。").AllowRoles(Importers);
        imports.MapPost("/stream", Feed).WithName("StreamImport").WithSummary("边接收边导入 NDJSON 或 CSV").WithDescription(
            "请求体为 NDJSON（每行一个对象，Content-Type: application/x-ndjson）或 CSV（text/csv，首行为表头，逗号、分号或制表符分隔；charset 可为 utf-8 或 gb18030，不写则由开头 64 KB 判断），" +
            "列名与检查同 /imports。不存文件，全部内容在一个事务中：应答 200 时才生效，连接中断则什么都不留，可原样重发。应答为导入结果；退回的行见 /imports/{id}/rejected。").AllowRoles(Importers);
        imports.MapGet("/", List).WithName("ListImports").WithSummary("本单位的导入，新的在前").AllowRoles(Importers);
        imports.MapGet("/{id:long}", Get).WithName("GetImport").WithSummary("一次导入的进度与结果").AllowRoles(Importers);
        imports.MapGet("/{id:long}/rejected", Rejected).WithName("GetRejectedRows").WithSummary("退回的行（CSV：行号、列、原因及原内容）").AllowRoles(Importers);
        imports.MapDelete("/{id:long}", Delete).WithName("DeleteImport").WithSummary("取消未完成的导入；已结束的则删除其记录，导入的数据保留").AllowRoles(Importers);
        imports.MapGet("/templates/{file}", Template).WithName("GetImportTemplate").WithSummary("模板，如 demands.xlsx、graduates.csv").AllowRoles(ApiRoles.Members);
    }

    internal static async Task<Results<Accepted<Import>, ProblemHttpResult>> Create(
        [AsParameters] ImportRequest request, HttpRequest http, ImportStore store, ImportKinds kinds, Caller caller, IOptions<MatchingOptions> options, CancellationToken ct)
    {
        if (kinds.Find(request.Kind) is not { } kind || !kind.Roles.Contains(caller.Role))
        {
            return Problems.Forbidden();
        }

        if (await WhyNotForAsync(request, kind, store, caller, ct) is { } wrong)
        {
            return wrong;
        }

        if (await store.CountWaitingAsync(ct) >= MostWaiting)
        {
            http.HttpContext.Response.Headers.RetryAfter = "60";
            return Problems.Create(StatusCodes.Status429TooManyRequests, "too_many_imports", $"已有 {MostWaiting} 个导入尚未完成，请稍后再试。");
        }

        try
        {
            var (content, name) = await UploadBody.OpenAsync(http, options.Value.MaxUploadBytes, ct);
            var import = (await store.InsertAsync(request, UploadBody.Label(request.FileName ?? name), content, options.Value.MaxUploadBytes, ct)).ToImport();
            return TypedResults.Accepted($"/api/v1/imports/{import.Id}", import);
        }
        catch (FileRefusedException refused)
        {
            return Refused(refused);
        }
    }

    internal static async Task<Results<Ok<Import>, ProblemHttpResult>> Feed(
        [AsParameters] ImportRequest request, HttpRequest http, ImportFeed feed, FeedPlaces places, ImportStore store, ImportKinds kinds, Caller caller,
        IOptions<MatchingOptions> options, CancellationToken ct)
    {
        if (kinds.Find(request.Kind) is not { } kind || !kind.Roles.Contains(caller.Role))
        {
            return Problems.Forbidden();
        }

        if (await WhyNotForAsync(request, kind, store, caller, ct) is { } wrong)
        {
            return wrong;
        }

        if (FeedType.Of(http.ContentType) is not { } type)
        {
            return Problems.Create(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "请以 Content-Type: application/x-ndjson 发送 NDJSON，或以 text/csv（charset 为 utf-8 或 gb18030）发送 CSV；其他文件请用 POST /imports。");
        }

        if (!places.TryTake())
        {
            http.HttpContext.Response.Headers.RetryAfter = "60";
            return Problems.Create(StatusCodes.Status429TooManyRequests, "too_many_imports", $"本节点已有 {FeedPlaces.Count} 个数据流正在导入，请稍后再试。");
        }

        try
        {
            var (body, name) = await UploadBody.OpenAsync(http, options.Value.MaxFeedBytes, ct);
            var id = await feed.TakeAsync(request, UploadBody.Label(request.FileName ?? name), type, body, options.Value.MaxFeedBytes, ct);
            return TypedResults.Ok((await store.FindAsync(id, ct))!.ToImport());
        }
        catch (FileRefusedException refused)
        {
            return Refused(refused);
        }
        finally
        {
            places.Leave();
        }
    }

    private static ProblemHttpResult Refused(FileRefusedException refused) => refused.Code switch
    {
        "file_too_large" => Problems.Create(StatusCodes.Status413PayloadTooLarge, refused.Code, refused.Message),
        "conflicts_with_known_records" => Problems.Conflict(refused.Code, refused.Message),
        _ => Problems.Invalid(refused.Code, refused.Message),
    };

    // Whose rows they are is a claim like any other: the office may say it of anybody, an organization of itself.
    private static async Task<ProblemHttpResult?> WhyNotForAsync(ImportRequest request, ImportKind kind, ImportStore store, Caller caller, CancellationToken ct) =>
        request.RegisterCompanies && (!caller.IsStaff || !kind.RegistersCompanies)
            ? Problems.InvalidField("not_possible", "registerCompanies", "只有秘书处导入需求时可以按文件登记企业。")
        : request.OrganizationId is { } id && (caller.IsStaff ? kind.OwnerKind is not { } owner || !await store.IsOwnerAsync(id, owner, ct) : id != caller.OrganizationId)
            ? Problems.InvalidField("reference_not_found", "organizationId", "请指明本联合体内的企业或学校；企业和学校只能指明本单位。")
        : null;

    internal static async Task<Ok<Page<Import>>> List([AsParameters] ImportQuery query, ImportStore store, CancellationToken ct) =>
        TypedResults.Ok(Page.Of((await store.ListAsync(query, ct)).Select(row => row.ToImport()).ToList(), query.Take, import => import.Id));

    internal static async Task<Results<Ok<Import>, ProblemHttpResult>> Get(long id, ImportStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } import ? TypedResults.Ok(import.ToImport()) : Problems.NotFound("import", id);

    internal static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Rejected(long id, ImportStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } import
            ? TypedResults.Stream(output => RejectedFile.WriteAsync(store, id, output, ct), "text/csv; charset=utf-8", $"rejected-{import.Kind}-{id}.csv")
            : Problems.NotFound("import", id);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Delete(long id, ImportStore store, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is null)
        {
            return Problems.NotFound("import", id);
        }

        if (!await store.CancelAsync(id, ct))
        {
            await store.DeleteAsync(id, ct);
        }

        return TypedResults.NoContent();
    }

    internal static Results<FileContentHttpResult, ProblemHttpResult> Template(string file, ImportKinds kinds)
    {
        var kind = kinds.Find(Path.GetFileNameWithoutExtension(file));
        return (kind, Path.GetExtension(file)) switch
        {
            ({ } known, ".xlsx") => TypedResults.File(TemplateFile.Xlsx(known), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file),
            ({ } known, ".csv") => TypedResults.File(TemplateFile.Csv(known), "text/csv; charset=utf-8", file),
            _ => Problems.NotFound("template", file),
        };
    }
}
