using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Matching.Service.Http;

/// <summary>The one place where an exception becomes an answer. What is not named here is a defect: logged whole, answered with 500 and the request id.</summary>
internal sealed class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Of(exception);
        if (problem is null)
        {
            logger.LogError(exception, "Request {RequestId} failed", httpContext.TraceIdentifier);
            problem = Problems.Create(StatusCodes.Status500InternalServerError, "internal_error", "服务内部错误，已记录；反馈时请附上 requestId。");
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult? Of(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.Create(413, "body_too_large", "请求内容过大。"),
        BadHttpRequestException { InnerException: JsonException inner } => RequestErrors.OfJson(inner),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.Create(415, "unsupported_media_type", "不支持的内容类型。"),
        BadHttpRequestException bad => RequestErrors.OfBinding(bad),
        JsonException json => RequestErrors.OfJson(json),
        PostgresException postgres => OfPostgres(postgres),
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: TimeoutException } =>
            Problems.Create(503, "database_unavailable", "数据库暂时不可用，请稍后重试。"),
        _ => null,
    };

    private static ProblemHttpResult? OfPostgres(PostgresException postgres) => postgres.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => Problems.Conflict("already_exists", $"已有相同的记录（{postgres.ConstraintName}）。"),
        PostgresErrorCodes.ForeignKeyViolation when postgres.MessageText.StartsWith("update or delete", StringComparison.Ordinal) =>
            Problems.Conflict("still_referenced", $"仍有其他记录引用它（{postgres.ConstraintName}），不能删除。"),
        PostgresErrorCodes.ForeignKeyViolation => Problems.Invalid("reference_not_found", $"引用的记录不存在（{postgres.ConstraintName}）。"),
        PostgresErrorCodes.CheckViolation => Problems.Invalid("rule_violated", $"不符合数据规则（{postgres.ConstraintName}）。"),
        PostgresErrorCodes.RestrictViolation => Problems.Conflict("frozen", "已发布的内容不可更改，请以新的版本更正。"),
        PostgresErrorCodes.InsufficientPrivilege => Problems.Forbidden(),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => Problems.Invalid("invalid_text", "文本含有无法存储的字符。"),
        PostgresErrorCodes.QueryCanceled => Problems.Create(503, "timeout", "处理超时，请缩小范围后重试。"),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => Problems.Conflict("try_again", "与并发操作冲突，请重试。"),
        // A newer build's migration changed the type of a column under a prepared statement; the next use prepares it anew.
        PostgresErrorCodes.FeatureNotSupported when postgres.Routine == "RevalidateCachedQuery" => Problems.Conflict("try_again", "数据结构刚刚升级，请重试。"),
        _ => null,
    };
}
