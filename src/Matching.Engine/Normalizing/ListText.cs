using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>A list in one cell → its entries.</summary>
public static partial class ListText
{
    /// <summary>
    /// The entries without empty ones and repetitions. Separators are 、，,；;| and line ends; a slash separates only between
    /// Chinese signs or beside a space, for C/C++ and TCP/IP are one entry. A cell with line ends (an array of NDJSON) is separated by these alone.
    /// </summary>
    public static string[] Split(string text)
    {
        var parts = text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n') : Separator().Split(text);
        return [.. parts.Select(part => part.Trim(' ', '\t', '\r', '\u00A0', '\u3000', '\u200B', '\uFEFF')).Where(part => part.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"[、，,;；|｜\t]|(?<=[\p{IsCJKUnifiedIdeographs}）)\s])/(?=[\p{IsCJKUnifiedIdeographs}（(\s])|\s/|/\s")]
    private static partial Regex Separator();
}
