using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Matching.Service.Http;

/// <summary>
/// Where a page ended: the last row's id and, for lists not ordered by id alone, its sort key. Opaque to clients, so its inside may change.
/// Bound from the query; a text that is no cursor is a 400.
/// </summary>
/// <param name="Id">The last row's id.</param>
/// <param name="Key">The last row's sort key, where the order is (key, id).</param>
public sealed record Cursor(long Id, string? Key = null) : IParsable<Cursor>
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Id.ToString(CultureInfo.InvariantCulture) + (Key is null ? "" : ":" + Key)));

    public static Cursor Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("Not a cursor.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Cursor result)
    {
        result = null;
        if (s is null || s.Length > 400 || !Base64Url.IsValid(s))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(s)).Split(':', 2);
        if (parts[^1].Contains('\0', StringComparison.Ordinal) || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        result = new Cursor(id, parts.Length == 2 ? parts[1] : null);
        return true;
    }
}
