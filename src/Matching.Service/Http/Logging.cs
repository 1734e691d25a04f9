using System.Globalization;
using Serilog;
using Serilog.Events;

namespace Matching.Service.Http;

/// <summary>Structured logs to the console; levels from the configuration. Headers and bodies are never logged, so neither are keys and people.</summary>
internal static class Logging
{
    public static void AddLogging(this WebApplicationBuilder builder) => builder.Host.UseSerilog((context, log) => log
        .ReadFrom.Configuration(context.Configuration)
        .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
        .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture));
}
