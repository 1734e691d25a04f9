using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Matching.Service.Http;

/// <summary>An answer that stays the same, whole: what is sent, and the headers that are its own. Its ETag is a hash of the bytes, so it is a strong one by construction.</summary>
internal sealed class FixedAnswer
{
    private readonly byte[] _body;
    private readonly string? _contentType;
    private readonly string _cacheControl;
    private readonly string _contentSecurityPolicy;

    private FixedAnswer(byte[] body, HttpResponse response)
    {
        _body = body;
        _contentType = response.ContentType;
        _cacheControl = response.Headers.CacheControl.ToString();
        _contentSecurityPolicy = response.Headers.ContentSecurityPolicy.ToString();
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
    }

    public string ETag { get; }

    /// <summary>Bytes it holds in memory, nearly.</summary>
    public int Size => _body.Length + 500;

    /// <summary>What a handler has answered.</summary>
    /// <param name="response">Its headers.</param>
    /// <param name="body">What it wrote.</param>
    public static FixedAnswer Of(HttpResponse response, byte[] body) => new(body, response);

    /// <summary>Sends it, or 304 to who has it.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.ETag = ETag;
        headers.CacheControl = _cacheControl;
        headers.ContentSecurityPolicy = _contentSecurityPolicy;
        if (IsKnownTo(http.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            headers.ContentType = default;
            headers.ContentLength = null;
            return Task.CompletedTask;
        }

        response.StatusCode = StatusCodes.Status200OK;
        headers.ContentType = _contentType;
        headers.ContentLength = _body.Length;
        var written = response.BodyWriter.WriteAsync(_body, http.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    // Weak comparison, as RFC 9110 asks of If-None-Match; nearly always it is our own tag that comes back.
    private bool IsKnownTo(HttpRequest request)
    {
        var known = request.Headers.IfNoneMatch;
        return known.Count != 0 && (known == ETag || (EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(tag => tag.Tag == "*" || tag.Tag.Equals(ETag, StringComparison.Ordinal))));
    }
}
