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

    /// <summary>Sends it with status 200.</summary>
    public Task SendAsync(HttpContext http) => SendAsync(http, Bytes, IsPacked);

    /// <summary>Sends an answer in JSON with status 200. Its bytes are nobody's any more when this returns, also while they are still being sent.</summary>
    public static Task SendAsync(HttpContext http, ReadOnlySpan<byte> json, bool isPacked)
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.ContentType = "application/json; charset=utf-8";
        headers.Vary = "Accept-Encoding";
        headers.ContentLength = json.Length;
        if (isPacked)
        {
            headers.ContentEncoding = "gzip";
        }

        // Begun, the server takes the bytes into one piece of its own memory; otherwise into many small ones.
        var begun = response.StartAsync(http.RequestAborted);
        return begun.IsCompletedSuccessfully ? WriteAsync(http, json) : AwaitAndWriteAsync(begun, http, json.ToArray());
    }

    /// <summary>Whoever takes gzip at less than full quality gets the plain body, which he takes too.</summary>
    public static bool TakesGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString() is { Length: > 0 } accepts
        && accepts.Contains("gzip", StringComparison.OrdinalIgnoreCase) && !accepts.Contains("gzip;q=0", StringComparison.OrdinalIgnoreCase);

    private static Task WriteAsync(HttpContext http, ReadOnlySpan<byte> json)
    {
        var writer = http.Response.BodyWriter;
        json.CopyTo(writer.GetSpan(json.Length));
        writer.Advance(json.Length);
        var sent = writer.FlushAsync(http.RequestAborted);
        return sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask();
    }

    private static async Task AwaitAndWriteAsync(Task begun, HttpContext http, byte[] json)
    {
        await begun;
        await WriteAsync(http, json);
    }
}

/// <summary>200 with a body that is ready.</summary>
/// <typeparam name="T">What the body is, for the documentation.</typeparam>
internal sealed class PreparedJson<T>(ReadyJson body) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext) => body.SendAsync(httpContext);
}
