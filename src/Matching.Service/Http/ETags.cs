using System.Globalization;

namespace Matching.Service.Http;

/// <summary>A row's version as ETag, and what the caller's If-Match says of it.</summary>
internal static class ETags
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Puts the row's version on the response.</summary>
    public static void Set(HttpContext http, int version) => http.Response.Headers.ETag = Of(version);

    /// <summary>The version the caller read, or null when he sent none or something that cannot be one.</summary>
    public static int? IfMatch(HttpContext http)
    {
        var text = http.Request.Headers.IfMatch.ToString().Trim();
        return text is ['"', .. var inner, '"'] && int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
