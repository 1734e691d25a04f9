using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Matching.Service.Http;

/// <summary>
/// A key as its holder sees it: <c>mk_prefix_secret</c>. The prefix finds the row and may be shown; the secret has 256 random bits,
/// so a plain SHA-256 of it cannot be guessed and needs no slow hash.
/// </summary>
internal sealed record ApiKey(string Prefix, string Secret)
{
    private const string Mark = "mk_";
    private const int PrefixLength = 10;

    public byte[] SecretHash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public static ApiKey Create() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PrefixLength / 2)),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Null when the text does not have the shape of a key.</summary>
    public static ApiKey? Parse(string text) =>
        text.StartsWith(Mark, StringComparison.Ordinal) && text.Length > Mark.Length + PrefixLength + 1 && text[Mark.Length + PrefixLength] == '_'
            ? new ApiKey(text.Substring(Mark.Length, PrefixLength), text[(Mark.Length + PrefixLength + 1)..])
            : null;

    public override string ToString() => $"{Mark}{Prefix}_{Secret}";
}
