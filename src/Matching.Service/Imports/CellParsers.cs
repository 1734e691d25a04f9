using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matching.Service.Imports;

/// <summary>Cells as people fill them in → values. Each says false when it cannot tell.</summary>
internal static partial class CellParsers
{
    private static readonly string[] DateForms =
        ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy/M/d H:m", "yyyy/M/d H:m:s", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly string[] MonthForms = ["yyyy-M", "yyyy/M", "yyyy.M", "yyyy年M月", "yyyyMM"];

    /// <summary>A whole number; full-width digits, thousands separators and a unit (人, 元, 名, 年 …) at the end are understood.</summary>
    public static bool TryInt(string text, out int value)
    {
        var plain = Unit().Replace(Plain(text), "");
        plain = Thousands().IsMatch(plain) ? plain.Replace(",", "", StringComparison.Ordinal) : plain;
        return int.TryParse(WholeDecimal().Replace(plain, ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A share: 0.6, 60% or 60％.</summary>
    public static bool TryShare(string text, out decimal value)
    {
        var plain = Plain(text);
        var percent = plain.EndsWith('%');
        var parsed = decimal.TryParse(percent ? plain[..^1] : plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        value = percent ? value / 100 : value;
        return parsed;
    }

    /// <summary>A date in the usual forms; a month alone means its first day.</summary>
    public static bool TryDate(string text, out DateOnly value)
    {
        var plain = Plain(text);
        return DateOnly.TryParseExact(plain, MonthForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            || (DateTime.TryParseExact(plain, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                && DateOnly.FromDateTime(time) is var date && (value = date) == date);
    }

    public static bool TryFlag(string text, out bool value)
    {
        var word = Plain(text).ToUpperInvariant();
        value = word is "是" or "有" or "同意" or "Y" or "YES" or "TRUE" or "1" or "√" or "✓";
        return value || word is "否" or "无" or "不同意" or "N" or "NO" or "FALSE" or "0" or "×";
    }

    /// <summary>
    /// The entries of a list in one cell, without empty ones and repetitions. Separators are 、，,；;| and line ends; a slash separates only between
    /// Chinese signs or beside a space, for C/C++ and TCP/IP are one entry. A cell with line ends (an array of NDJSON) is separated by these alone.
    /// </summary>
    public static string[] List(string text)
    {
        var parts = text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n') : Separator().Split(text);
        return [.. parts.Select(Files.CellText.Trim).Where(part => part.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>NFKC without spaces at the ends: full-width digits and signs become the plain ones.</summary>
    public static string Plain(string text) => Files.CellText.Trim(text.Normalize(NormalizationForm.FormKC));

    [GeneratedRegex(@"\s*(人|名|个|元|元/月|元每月|岁|年|级|届|年级)$")]
    private static partial Regex Unit();

    [GeneratedRegex("^[+-]?[0-9]{1,3}(,[0-9]{3})+$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\.0+$")]
    private static partial Regex WholeDecimal();

    [GeneratedRegex(@"[、，,；;|｜\t]|(?<=[\p{IsCJKUnifiedIdeographs}）)\s])/(?=[\p{IsCJKUnifiedIdeographs}（(\s])|\s/|/\s")]
    private static partial Regex Separator();
}
