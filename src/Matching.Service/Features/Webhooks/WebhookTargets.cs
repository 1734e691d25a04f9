using System.Net;
using System.Net.Sockets;

namespace Matching.Service.Features.Webhooks;

/// <summary>
/// Which addresses messages may go to: https and public ones, judged after the name is resolved and on the very address that is connected to, so that a name cannot be answered
/// differently in between. Redirects are not followed.
/// </summary>
/// <param name="insecure">Tests and trials: http and the addresses of this machine too.</param>
internal sealed class WebhookTargets(bool insecure)
{
    /// <summary>Why an address cannot be subscribed with; null when it can. Names are resolved when sending.</summary>
    public string? WhyNot(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Host.Length == 0 ? "须为完整的网址，且不含用户名和密码。"
        : uri.Scheme != Uri.UriSchemeHttps && !(insecure && uri.Scheme == Uri.UriSchemeHttp) ? "须以 https:// 开头。"
        : IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) && !Allows(address) || uri.IsLoopback && !insecure ? "不能指向内部网络的地址。"
        : null;

    public bool Allows(IPAddress address) => IsPublic(address) || (insecure && IPAddress.IsLoopback(address));

    /// <summary>Opens the connection itself, to an address it has judged.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, Allows))
        {
            throw new HttpRequestException("The name leads to an address of an internal network.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        var b = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !(b[0] is 0 or 10 or 127 or >= 224 || (b[0], b[1]) is (169, 254) or (192, 168) or (172, >= 16 and <= 31) or (100, >= 64 and <= 127) or (198, 18 or 19)
                || (b[0], b[1], b[2]) is (192, 0, 0) or (192, 0, 2) or (198, 51, 100) or (203, 0, 113) or (192, 88, 99))
            // Only global unicast, without what carries an IPv4 address inside (6to4, Teredo) and documentation.
            : (b[0] & 0xE0) == 0x20 && (b[0], b[1]) is not (0x20, 0x02) && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] < 2 || (b[2], b[3]) is (0x0D, 0xB8)));
    }
}
