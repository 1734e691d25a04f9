using System.Net;
using System.Net.Sockets;
using Matching.Benchmarks.Ingest;

namespace Matching.Benchmarks.Http;

/// <summary>A server of our own in a process of its own, and where it answers.</summary>
internal sealed record Served(Child Child, string Url) : IDisposable
{
    /// <summary>The service as an operator runs it, on that database, without a limit of requests.</summary>
    public static Task<Served> ServiceAsync(string connection, IReadOnlyDictionary<string, string>? settings = null) => StartAsync(
        "Matching.Service.dll", _ => [], "/health/ready", new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["Matching__ConnectionString"] = connection, ["Matching__RequestsPerMinute"] = "1000000000",
        });

    /// <summary>This program's bare server, see <see cref="Hello"/>.</summary>
    public static Task<Served> HelloAsync() => StartAsync("Matching.Benchmarks.dll", url => ["hello", url], "/", new Dictionary<string, string>());

    /// <param name="program">The assembly, beside this one.</param>
    /// <param name="arguments">Its arguments, given the address it shall answer at.</param>
    /// <param name="ready">A path that answers with a success when it is up.</param>
    /// <param name="settings">Its environment besides ours.</param>
    public static async Task<Served> StartAsync(string program, Func<string, string[]> arguments, string ready, IReadOnlyDictionary<string, string> settings)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        var child = Child.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments(url)], new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = url });
        using var http = new HttpClient();
        for (var i = 0; i < 1_500; i++)
        {
            try
            {
                if ((await http.GetAsync(url + ready)).IsSuccessStatusCode)
                {
                    return new Served(child, url);
                }
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(200);
        }

        child.Dispose();
        throw new InvalidOperationException($"{program} does not answer.");
    }

    public void Dispose() => Child.Dispose();
}
