using System.IO.Compression;
using System.Text.Json;

namespace Matching.Service.Http;

/// <summary>JSON made ready, as gzip: explanations repeat themselves, so it takes a small part of the memory, and of the line where the caller takes gzip.</summary>
/// <param name="Gzip">The bytes.</param>
/// <param name="Length">How many they are unpacked.</param>
internal sealed record PackedJson(byte[] Gzip, int Length)
{
    public static PackedJson Of<T>(T value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, options);
        using var packed = new MemoryStream(json.Length / 8);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(json);
        }

        return new(packed.ToArray(), json.Length);
    }

    public byte[] Unpack()
    {
        var json = new byte[Length];
        using var gzip = new GZipStream(new MemoryStream(Gzip), CompressionMode.Decompress);
        gzip.ReadExactly(json);
        return json;
    }
}

/// <summary>200 with a body that is ready.</summary>
internal sealed class PreparedJson<T>(PackedJson body) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var packed = TakesGzip(httpContext.Request);
        var (bytes, headers) = (packed ? body.Gzip : body.Unpack(), httpContext.Response.Headers);
        headers.ContentType = "application/json; charset=utf-8";
        headers.Vary = "Accept-Encoding";
        headers.ContentLength = bytes.Length;
        if (packed)
        {
            headers.ContentEncoding = "gzip";
        }

        return httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    // Whoever takes gzip at less than full quality gets the plain body, which he takes too.
    private static bool TakesGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString() is { Length: > 0 } accepts
        && accepts.Contains("gzip", StringComparison.OrdinalIgnoreCase) && !accepts.Contains("gzip;q=0", StringComparison.OrdinalIgnoreCase);
}
