using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matching.Service.Data;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Matching.Service.Http;

/// <summary>
/// One transaction per request: committed when the handler returned a success, rolled back otherwise, so a handler cannot forget either.
/// A POST with an Idempotency-Key records its answer in that same transaction; a repeat, also a concurrent one, waits for it and gets the same answer.
/// </summary>
internal sealed class RequestTransaction(IOptions<JsonOptions> json) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    // A concurrent request with the same key waits here until the first one has committed or failed.
    private const string ClaimSql = """
        INSERT INTO idempotency_key (consortium_id, api_key_id, key, request_hash)
        VALUES (current_consortium(), @KeyId, @Key, @Hash)
        ON CONFLICT ON CONSTRAINT idempotency_key_pk DO NOTHING
        """;

    private const string FindSql = """
        SELECT request_hash, status, location, etag, body
        FROM idempotency_key
        WHERE consortium_id = current_consortium() AND api_key_id = @KeyId AND key = @Key
        """;

    private const string RecordSql = """
        UPDATE idempotency_key SET status = @Status, location = @Location, etag = @ETag, body = @Body
        WHERE consortium_id = current_consortium() AND api_key_id = @KeyId AND key = @Key
        """;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var ct = http.RequestAborted;
        var session = http.RequestServices.GetRequiredService<TenantSession>();
        var key = HttpMethods.IsPost(http.Request.Method) ? http.Request.Headers[Header].ToString() : "";
        var keyId = session.Tenant.KeyId;

        if (key.Length == 0 || keyId is null)
        {
            return await FinishAsync(session, await next(context), ct);
        }

        if (key.Length > 200 || key.Any(char.IsControl))
        {
            return Problems.Invalid("invalid_idempotency_key", $"{Header} 须为 1–200 个可见字符。");
        }

        var hash = HashRequest(context);
        if (await session.ExecuteAsync(ClaimSql, new { KeyId = keyId, Key = key, Hash = hash }, ct) == 0)
        {
            var known = await session.FindAsync<Answer>(FindSql, new { KeyId = keyId, Key = key }, ct);
            return known is not null && known.RequestHash.AsSpan().SequenceEqual(hash)
                ? new Replay(known)
                : Problems.Refused("idempotency_key_reused", $"此 {Header} 已用于另一个内容不同的请求。");
        }

        var result = Unwrap(await next(context));
        if (Status(result) is >= 200 and < 300)
        {
            await session.ExecuteAsync(RecordSql, Describe(http, result, keyId.Value, key), ct);
        }

        return await FinishAsync(session, result, ct);
    }

    private static async ValueTask<object?> FinishAsync(TenantSession session, object? returned, CancellationToken ct)
    {
        var result = Unwrap(returned);
        if (Status(result) >= 400)
        {
            await session.RollbackAsync(ct);
        }
        else
        {
            await session.CommitAsync(ct);
        }

        return result;
    }

    private object Describe(HttpContext http, object? result, long keyId, string key) => new
    {
        KeyId = keyId,
        Key = key,
        Status = Status(result),
        Location = result?.GetType().GetProperty("Location")?.GetValue(result) as string,
        ETag = http.Response.Headers.ETag.ToString() is { Length: > 0 } etag ? etag : null,
        Body = (result as IValueHttpResult)?.Value is { } value ? JsonSerializer.Serialize(value, value.GetType(), json.Value.SerializerOptions) : null,
    };

    // The bound body rather than the raw bytes: the same request formatted differently is the same request.
    private byte[] HashRequest(EndpointFilterInvocationContext context)
    {
        var request = context.HttpContext.Request;
        var bodyType = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.RequestType;
        var body = context.Arguments.FirstOrDefault(argument => argument is not null && bodyType is not null && bodyType.IsInstanceOfType(argument));
        var text = $"{request.Path}{request.QueryString}\n{(body is null ? "" : JsonSerializer.Serialize(body, body.GetType(), json.Value.SerializerOptions))}";
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    private static object? Unwrap(object? result)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        return result;
    }

    private static int Status(object? result) => (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;

    private sealed record Answer(byte[] RequestHash, int? Status, string? Location, string? Etag, string? Body);

    private sealed class Replay(Answer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status ?? StatusCodes.Status200OK;
            response.Headers["Idempotency-Replayed"] = "true";
            if (answer.Location is not null)
            {
                response.Headers.Location = answer.Location;
            }

            if (answer.Etag is not null)
            {
                response.Headers.ETag = answer.Etag;
            }

            if (answer.Body is not null)
            {
                response.ContentType = "application/json; charset=utf-8";
                await response.WriteAsync(answer.Body, httpContext.RequestAborted);
            }
        }
    }
}
