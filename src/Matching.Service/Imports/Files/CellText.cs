using System.Buffers;
using System.Text;
using Matching.Engine.Normalizing;

namespace Matching.Service.Imports.Files;

/// <summary>What every reader does to a text before anybody sees it.</summary>
internal static class CellText
{
    private static readonly char[] Blank = [' ', '\t', '\r', '\n', '\u00A0', '\u3000', '\u200B', '\uFEFF'];

    private static readonly SearchValues<char> AsciiControls =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(code => (char)code).Where(sign => char.IsControl(sign) && sign is not ('\t' or '\r' or '\n'))]);

    public static string Trim(string text) => text.Trim(Blank);

    public static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text) => text.Trim(Blank);

    /// <summary>NFKC where the text can bear it, trimmed.</summary>
    public static string Plain(string text) => Trim(Nfkc.Of(text));

    /// <summary>The form in which headers are compared: NFKC, lower case, without spaces, underscores, asterisks and （必填）.</summary>
    public static string HeaderKey(string header)
    {
        var plain = Nfkc.Of(header);
        var key = new StringBuilder(plain.Length);
        foreach (var sign in plain.Where(sign => !char.IsWhiteSpace(sign) && sign is not ('_' or '*' or '\u200B' or '\uFEFF')))
        {
            key.Append(char.ToLowerInvariant(sign));
        }

        return key.ToString().Replace("(必填)", "", StringComparison.Ordinal).Replace("(选填)", "", StringComparison.Ordinal);
    }

    /// <summary>The first cell that cannot be kept: damaged (U+FFFD), with control characters or half a surrogate pair, or too long; null when all can.</summary>
    public static CellProblem? FirstBad(IReadOnlyList<string> headers, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var column = i < headers.Count ? headers[i] : "";
            var text = cells[i];
            if (IsSound(text))
            {
                continue;
            }

            if (text.Length > FileLimits.CellCharacters)
            {
                return new(column, Excerpt(text), "cell_too_long", $"单元格超过 {FileLimits.CellCharacters} 个字符；若为 CSV，请检查引号是否成对。");
            }

            if (text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return new(column, Excerpt(text), "undecodable_text", "含有无法识别的字节（显示为 �），请检查文件的编码，建议另存为 UTF-8 或 .xlsx。");
            }

            return new(column, Excerpt(text), "invalid_text", "含有不能保存的控制字符或残缺字符。");
        }

        return null;
    }

    /// <summary>Whether a cell can be kept. Each look takes many signs at a time; only a text with surrogates is gone through one by one.</summary>
    public static bool IsSound(ReadOnlySpan<char> text) => text.Length <= FileLimits.CellCharacters
        && !text.ContainsAny(AsciiControls) && !text.ContainsAnyInRange('\u0080', '\u009F') && !text.ContainsAnyInRange('\uFFFD', '\uFFFF')
        && (!text.ContainsAnyInRange('\uD800', '\uDFFF') || IsWellFormed(text));

    /// <summary>At most 60 characters, on one line, without control characters.</summary>
    public static string Excerpt(string text)
    {
        var cut = text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[58]) ? 58 : 59)] + "…";
        return new string([.. cut.Select(sign => char.IsControl(sign) || char.IsSurrogate(sign) && !IsWellFormed(cut) ? '�' : sign)]);
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
