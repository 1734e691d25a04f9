using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>
/// Date as written → date: 2023-08-30, 2023/8/30 14:07, 20230830, 2023年8月30日, 2023-08-30T14:07:12+08:00, 2023年8月 (its first day), and the serial number
/// Excel leaves behind when a date is saved as a number (45168). Never guessed: dates without a year (08-30发布), with a year of two digits or in the order
/// of another country (3/1/2026), and days counted from today (2天前).
/// </summary>
public static partial class DateText
{
    // 1990-01-01 and 2049-12-31; day 0 is 1899-12-30, for Excel counts a 29 February 1900 that never was.
    private const int FirstSerial = 32_874;
    private const int LastSerial = 54_788;

    private static readonly string[] Forms =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "yyyy年M月d号", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy/M/d H:m", "yyyy/M/d H:m:s",
        "yyyy.M.d H:m", "yyyy.M.d H:m:s", "yyyy年M月d日 H:m", "yyyy年M月d日 H:m:s", "yyyy年M月d日H:m", "yyyyMMddHHmmss",
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFF",
    ];

    private static readonly string[] MonthForms = ["yyyy-M", "yyyy/M", "yyyy.M", "yyyy年M月", "yyyyMM"];

    public static bool TryParse(string text, out DateOnly value)
    {
        var plain = Notes().Replace(PlainText.Of(text), "");
        if (DateOnly.TryParseExact(plain, MonthForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
        {
            return true;
        }

        // The wall clock of whoever wrote it: a zone is read and left alone.
        if (DateTimeOffset.TryParseExact(plain, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            value = DateOnly.FromDateTime(time.DateTime);
            return true;
        }

        if (SerialNumber().IsMatch(plain) && int.Parse(plain[..5], CultureInfo.InvariantCulture) is >= FirstSerial and <= LastSerial and var serial)
        {
            value = new DateOnly(1899, 12, 30).AddDays(serial);
            return true;
        }

        return false;
    }

    [GeneratedRegex(@"^(发布于|发布时间:|截至|截止)|\s*(发布|更新|截止|止)$")]
    private static partial Regex Notes();

    [GeneratedRegex(@"^[0-9]{5}(\.[0-9]+)?$")]
    private static partial Regex SerialNumber();
}
