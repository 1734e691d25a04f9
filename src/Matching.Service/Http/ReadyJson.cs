using System.IO.Compression;

namespace Matching.Service.Http;

/// <summary>An answer in JSON, ready to be sent.</summary>
/// <param name="Bytes">As they are sent.</param>
/// <param name="IsPacked">As gzip.</param>
internal sealed record ReadyJson(byte[] Bytes, bool IsPacked)
{
    public static ReadyJson Pack(byte[] json)
    {
        using var packed = new MemoryStream(json.Length / 8);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(json);
        }

        return new(packed.ToArray(), IsPacked: true);
    }

    /// <summary>Whoever takes gzip at less than full quality gets the plain body, which he takes too.</summary>
    public static bool TakesGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString() is { Length: > 0 } accepts
        && accepts.Contains("gzip", StringComparison.OrdinalIgnoreCase) && !accepts.Contains("gzip;q=0", StringComparison.OrdinalIgnoreCase);
}

/// <summary>200 with a body that is ready.</summary>
/// <typeparam name="T">What the body is, for the documentation.</typeparam>
internal sealed class PreparedJson<T>(ReadyJson body) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentType = "application/json; charset=utf-8";
        headers.Vary = "Accept-Encoding";
        headers.ContentLength = body.Bytes.Length;
        if (body.IsPacked)
        {
            headers.ContentEncoding = "gzip";
        }

        var written = httpContext.Response.BodyWriter.WriteAsync(body.Bytes, httpContext.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}
