using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Benchmarks.Http;

/// <summary>wrk with one thread; several paths are requests made before the load begins.</summary>
internal static partial class WrkLoad
{
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "wrk")).FirstOrDefault(File.Exists);

    public static async Task<LoadResult> RunAsync(
        string wrk, string url, IReadOnlyList<string> paths, IReadOnlyDictionary<string, string> headers, int connections, TimeSpan time)
    {
        var script = paths.Count == 1 ? null : await WriteScriptAsync(paths);
        string[] arguments =
        [
            "-t1", $"-c{connections}", string.Create(CultureInfo.InvariantCulture, $"-d{time.TotalSeconds:0}s"), "--latency", .. script is null ? (string[])[] : ["-s", script],
            .. headers.SelectMany(header => new[] { "-H", $"{header.Key}: {header.Value}" }), url + paths[0],
        ];
        using var process = Process.Start(new ProcessStartInfo(wrk, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (script is not null)
        {
            File.Delete(script);
        }

        return process.ExitCode == 0 ? Read(said) : throw new InvalidOperationException($"wrk ended with {process.ExitCode}: {said}");
    }

    internal static LoadResult Read(string said) => new(
        double.Parse(PerSecond().Match(said).Groups[1].Value, CultureInfo.InvariantCulture), Milliseconds(said, "50"), Milliseconds(said, "99"),
        Failures().Matches(said).Sum(match => match.Groups.Values.Skip(1).Where(group => group.Length > 0).Sum(group => long.Parse(group.Value, CultureInfo.InvariantCulture))));

    private static double Milliseconds(string said, string percent)
    {
        var match = Latencies().Matches(said).First(match => match.Groups[1].Value == percent);
        var value = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return match.Groups[3].Value switch { "us" => value / 1_000, "ms" => value, "s" => value * 1_000, _ => value * 60_000 };
    }

    private static async Task<string> WriteScriptAsync(IReadOnlyList<string> paths)
    {
        var script = Path.GetTempFileName();
        var table = string.Join(",\n", paths.Select(path => $"\"{path}\""));
        await File.WriteAllTextAsync(script, $$"""
            local paths = {
            {{table}}
            }
            local requests, at = {}, 0
            init = function(args)
              for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end
            end
            request = function()
              at = at % #requests + 1
              return requests[at]
            end
            """);
        return script;
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"^\s+(\d+)%\s+([\d.]+)(us|ms|s|m)\s*$", RegexOptions.Multiline)]
    private static partial Regex Latencies();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)|Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex Failures();
}
