namespace Matching.Benchmarks.Http;

/// <summary>What a server did under load.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Half of them were there within this time, milliseconds.</param>
/// <param name="P99">99 of a hundred were.</param>
/// <param name="Failed">Answers outside 200–399 and broken connections; anything but 0 makes the rest worthless.</param>
internal sealed record LoadResult(double PerSecond, double P50, double P99, long Failed);

/// <summary>
/// A closed loop of GETs over connections that stay open, one request at a time on each, from a process or threads beside the server's. wrk (Debian's package of that name) where it is
/// installed, for it costs the machine least; otherwise sockets of our own, which cost more and so make all servers look more alike. Ratios are of one and the same generator.
/// </summary>
internal sealed class HttpLoad(string? wrk)
{
    public static HttpLoad Find() => new(WrkLoad.Find());

    /// <summary>What drives the load, for the report.</summary>
    public string Name => wrk is null ? "own sockets" : "wrk";

    /// <param name="url">Scheme, address and port.</param>
    /// <param name="paths">Paths with their queries, asked for in turn.</param>
    /// <param name="headers">Sent with each request.</param>
    /// <param name="connections">How many requests are on their way at once.</param>
    /// <param name="time">How long.</param>
    public Task<LoadResult> RunAsync(string url, IReadOnlyList<string> paths, IReadOnlyDictionary<string, string> headers, int connections, TimeSpan time) => wrk is null
        ? SocketLoad.RunAsync(url, paths, headers, connections, time)
        : WrkLoad.RunAsync(wrk, url, paths, headers, connections, time);
}
