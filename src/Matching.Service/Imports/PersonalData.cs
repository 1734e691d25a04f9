using System.Text.RegularExpressions;
using Matching.Service.Imports.Files;

namespace Matching.Service.Imports;

/// <summary>Keeps what identifies a person out: such columns are dropped unread, and such a number in another column refuses its row.</summary>
internal static partial class PersonalData
{
    private const int LeastDigits = 11;
    private const int ShortestAddress = 6;

    private static readonly string[] ColumnWords =
    [
        "身份证", "证件号", "护照", "手机", "电话", "联系方式", "邮箱", "电子邮件", "微信", "qq", "银行卡", "家庭住址", "家庭地址", "通讯地址", "详细住址", "出生日期", "出生年月",
        "idcard", "idnumber", "nationalid", "passport", "phone", "mobile", "telephone", "email", "wechat", "homeaddress", "birthdate", "birthday",
    ];

    private static readonly string[] NameColumns = ["姓名", "学生姓名", "联系人", "联系人姓名", "毕业生姓名", "name", "fullname", "studentname", "contactname"];

    /// <summary>Whether a column that the kind does not know holds personal data by its name.</summary>
    public static bool IsPersonalColumn(string header)
    {
        var key = CellText.HeaderKey(header);
        return NameColumns.Contains(key) || ColumnWords.Any(word => key.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Says what personal number a text holds (身份证号, 手机号, 邮箱地址); null: none.</summary>
    public static string? Find(string text)
    {
        if (!MayHold(text))
        {
            return null;
        }

        return NationalId().IsMatch(text) ? "身份证号"
            : MobileNumber().IsMatch(text) ? "手机号"
            : MailAddress().IsMatch(text) ? "邮箱地址"
            : null;
    }

    /// <summary>The text with every digit that belongs to a personal number and every mail address blotted out.</summary>
    public static string Mask(string text) =>
        MailAddress().Replace(MobileNumber().Replace(NationalId().Replace(text, Blot), Blot), "***");

    // The shortest number has eleven digits with nothing but a dash or a space between them; the expressions are asked only of texts with so many, or with the sign of an address.
    private static bool MayHold(ReadOnlySpan<char> text)
    {
        if (text.Length < ShortestAddress)
        {
            return false;
        }

        // A number is never shorter than the step from one sign looked at to the next, so none is stepped over.
        for (var at = LeastDigits - 1; at < text.Length; at += LeastDigits)
        {
            var start = at;
            while (start > 0 && MayBeOfNumber(text[start]) && MayBeOfNumber(text[start - 1]))
            {
                start--;
            }

            var digits = 0;
            for (at = start; at < text.Length && MayBeOfNumber(text[at]); at++)
            {
                digits += char.IsAsciiDigit(text[at]) ? 1 : 0;
            }

            if (digits >= LeastDigits)
            {
                return true;
            }
        }

        return text.Contains('@');
    }

    private static bool MayBeOfNumber(char sign) => char.IsAsciiDigit(sign) || sign is '-' or ' ';

    private static string Blot(Match match) => match.Value[..3] + new string('*', match.Length - 3);

    // The last sign is a checksum (GB 11643), but a mistyped number identifies its owner nearly as well, so a plausible date of birth is enough.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-8][0-9]{5}(?:(?:19|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])|(?<![0-9A-Za-z])[1-8][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9A-Za-z])")]
    private static partial Regex NationalId();

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9A-Za-z])")]
    private static partial Regex MobileNumber();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")]
    private static partial Regex MailAddress();
}
