using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Http;

/// <summary>Every problem the API returns by name (RFC 9457). Clients switch on <c>code</c>; the wording is for people and may change.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string resource, object id) =>
        Create(StatusCodes.Status404NotFound, $"{resource}_not_found", $"没有编号为 {id} 的记录，或您无权查看。");

    public static ProblemHttpResult Conflict(string code, string detail) => Create(StatusCodes.Status409Conflict, code, detail);

    public static ProblemHttpResult Invalid(string code, string detail) => Create(StatusCodes.Status400BadRequest, code, detail);

    /// <summary>A field is wrong: named as the sender wrote it, with a message in his language.</summary>
    public static ProblemHttpResult InvalidField(string code, string field, string message) => TypedResults.Problem(
        message, statusCode: StatusCodes.Status400BadRequest,
        extensions: [new("code", code), new("errors", new Dictionary<string, string[]> { [field] = [message] })]);

    /// <summary>Several fields are wrong; keys name the field, with the item's number in a batch (<c>items[3].title</c>).</summary>
    public static ProblemHttpResult InvalidFields(string code, IReadOnlyDictionary<string, string[]> errors, params (string Name, object Value)[] more) => TypedResults.Problem(
        "请求中有不合要求的内容，详见 errors。", statusCode: StatusCodes.Status400BadRequest, extensions: [new("code", code), new("errors", errors), .. more.Select(part => new KeyValuePair<string, object?>(part.Name, part.Value))]);

    /// <summary>A row stays with the organization it was entered for.</summary>
    public static ProblemHttpResult OwnerIsFixed(string field) => InvalidField("owner_fixed", field, "已登记的归属不能更改。");

    /// <summary>Well-formed, but a rule of the field forbids it.</summary>
    public static ProblemHttpResult Refused(string code, string detail) => Create(StatusCodes.Status422UnprocessableEntity, code, detail);

    public static ProblemHttpResult Unauthorized() =>
        Create(StatusCodes.Status401Unauthorized, "unauthorized", "缺少有效的密钥：请在 Authorization 头中以 Bearer 方式提供未过期、未吊销的密钥。");

    public static ProblemHttpResult Forbidden() => Create(StatusCodes.Status403Forbidden, "forbidden", "此密钥的角色无权进行该操作。");

    /// <summary>The row changed since it was read.</summary>
    public static ProblemHttpResult StaleVersion() =>
        Create(StatusCodes.Status412PreconditionFailed, "stale_version", "记录已被他人修改，请重新读取后再提交。");

    public static ProblemHttpResult VersionRequired() =>
        Create(StatusCodes.Status428PreconditionRequired, "version_required", "修改时须在 If-Match 头中给出读取时得到的 ETag。");

    public static ProblemHttpResult TooManyRequests() =>
        Create(StatusCodes.Status429TooManyRequests, "too_many_requests", "请求过于频繁，请按 Retry-After 稍后再试。");

    public static ProblemHttpResult Create(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: [new("code", code)]);
}
