using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>Numbers as people write them in tables. Each says false when it cannot tell.</summary>
public static partial class NumberText
{
    private const string Digits = "零一二三四五六七八九";

    // So many digits are a number that fits, whatever they are.
    private const int SafeDigits = 9;

    /// <summary>A whole number; full-width digits, thousands separators and a unit (人, 元, 名, 年 …) at the end are understood.</summary>
    public static bool TryInt(ReadOnlySpan<char> text, out int value) => TryDigits(text, out value) || TryAnyInt(text.ToString(), out value);

    /// <summary>A number of digits alone, as most are: what every reader of numbers looks for first.</summary>
    internal static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var sign in text)
        {
            if (!char.IsAsciiDigit(sign))
            {
                return false;
            }

            value = (10 * value) + (sign - '0');
        }

        return text.Length is > 0 and <= SafeDigits;
    }

    private static bool TryAnyInt(string text, out int value)
    {
        var plain = Unit().Replace(PlainText.Of(text), "");
        plain = Thousands().IsMatch(plain) ? plain.Replace(",", "", StringComparison.Ordinal) : plain;
        return int.TryParse(WholeDecimal().Replace(plain, ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A share: 0.6, 60% or 60％.</summary>
    public static bool TryShare(string text, out decimal value)
    {
        var plain = PlainText.Of(text);
        var percent = plain.EndsWith('%');
        var parsed = decimal.TryParse(percent ? plain[..^1] : plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        value = percent ? value / 100 : value;
        return parsed;
    }

    /// <summary>是 or 否 and what else stands for them.</summary>
    public static bool TryFlag(string text, out bool value)
    {
        var word = PlainText.Of(text).ToUpperInvariant();
        value = word is "是" or "有" or "同意" or "Y" or "YES" or "TRUE" or "1" or "√" or "✓";
        return value || word is "否" or "无" or "不同意" or "N" or "NO" or "FALSE" or "0" or "×";
    }

    /// <summary>A Chinese numeral from 0 to 9999 (两, 十二, 一百零五, 廿 is not one), or Arabic digits.</summary>
    public static bool TryChinese(string text, out int value)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = 0;
        var (digit, last) = (-1, 10_000);
        foreach (var sign in text)
        {
            var unit = sign switch { '十' => 10, '百' => 100, '千' => 1_000, _ => 0 };
            var next = sign == '两' ? 2 : Digits.IndexOf(sign, StringComparison.Ordinal);
            // Units fall from left to right, and each but a leading 十 has a digit before it.
            if (unit > 0 ? unit >= last || (digit < 1 && !(unit == 10 && value == 0)) : next < 0 || digit > 0)
            {
                return false;
            }

            (value, digit, last) = unit > 0 ? (value + (Math.Max(digit, 1) * unit), -1, unit) : (value, next, last);
        }

        value += Math.Max(digit, 0);
        return text.Length > 0;
    }

    [GeneratedRegex(@"\s*(人|名|个|元|元/月|元每月|岁|年|级|届|年级)$")]
    private static partial Regex Unit();

    [GeneratedRegex("^[+-]?[0-9]{1,3}(,[0-9]{3})+$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\.0+$")]
    private static partial Regex WholeDecimal();
}
