namespace Matching.Service.Http;

/// <summary>200 with a body that is JSON already, as UTF-8.</summary>
internal sealed class PreparedJson<T>(ReadOnlyMemory<byte> body) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
