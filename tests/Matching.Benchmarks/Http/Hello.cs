using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Matching.Benchmarks.Http;

/// <summary>The least a server of this kind can do: bare Kestrel, one route, five bytes. What everything else is compared with.</summary>
internal static class Hello
{
    public const string Usage = "URL   serves the bare server that others are compared with";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(args[0]);
        await using var app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.RunAsync();
        return 0;
    }
}
