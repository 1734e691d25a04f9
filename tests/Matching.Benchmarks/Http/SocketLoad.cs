using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Matching.Benchmarks.Http;

/// <summary>The load without anything installed: plain sockets, requests as bytes made beforehand, of an answer only its status and length are read.</summary>
internal static class SocketLoad
{
    public static async Task<LoadResult> RunAsync(
        string url, IReadOnlyList<string> paths, IReadOnlyDictionary<string, string> headers, int connections, TimeSpan time)
    {
        var address = new Uri(url);
        var more = string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
        var requests = paths.Select(path => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{more}\r\n")).ToArray();
        var ends = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var watch = Stopwatch.StartNew();
        var runs = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => new Connection(requests, i).RunAsync(address, ends))));
        var seconds = watch.Elapsed.TotalSeconds;
        var times = runs.SelectMany(run => run.Times).Order().ToArray();
        return new(times.Length / seconds, At(times, 0.50), At(times, 0.99), runs.Sum(run => run.Failed));
    }

    private static double At(long[] times, double share) => times.Length == 0 ? 0 : times[(int)(share * (times.Length - 1))] * 1_000.0 / Stopwatch.Frequency;

    private sealed class Connection(byte[][] requests, int first)
    {
        private readonly byte[] _buffer = new byte[1 << 16];

        public List<long> Times { get; } = [];

        public long Failed { get; private set; }

        public async Task<Connection> RunAsync(Uri address, long ends)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
                for (var i = first; Stopwatch.GetTimestamp() is var start && start < ends; i++)
                {
                    await socket.SendAsync(requests[i % requests.Length]);
                    if (!await ReceiveAsync(socket))
                    {
                        Failed++;
                    }

                    Times.Add(Stopwatch.GetTimestamp() - start);
                }
            }
            catch (Exception broken) when (broken is SocketException or IOException)
            {
                Failed++;
            }

            return this;
        }

        // True: the status is 200–399 and the whole answer was read.
        private async ValueTask<bool> ReceiveAsync(Socket socket)
        {
            var (got, head) = (0, -1);
            while (head < 0)
            {
                var read = await socket.ReceiveAsync(_buffer.AsMemory(got));
                got += read > 0 ? read : throw new IOException("The server closed the connection.");
                head = _buffer.AsSpan(0, got).IndexOf("\r\n\r\n"u8);
            }

            var (status, left) = ReadHead(_buffer.AsSpan(0, head + 2));
            for (left -= got - head - 4; left > 0;)
            {
                var read = await socket.ReceiveAsync(_buffer);
                left -= read > 0 ? read : throw new IOException("The server closed the connection.");
            }

            return status is (byte)'2' or (byte)'3';
        }

        private static (byte Status, long Length) ReadHead(ReadOnlySpan<byte> head)
        {
            var at = head.IndexOf("\r\nContent-Length: "u8);
            if (at < 0 && head.IndexOf("\r\nTransfer-Encoding:"u8) >= 0)
            {
                throw new NotSupportedException("An answer without a length cannot be told from the next one here; install wrk.");
            }

            var from = head[(at < 0 ? 0 : at + 18)..];
            return (head["HTTP/1.1 ".Length], at < 0 ? 0 : long.Parse(from[..from.IndexOf("\r\n"u8)], NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }
}
