using System.Text;

namespace Matching.Service.Imports.Files;

/// <summary>An uploaded file recognised by its content; its name and declared type are not believed.</summary>
internal sealed class UploadedFile
{
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    private UploadedFile(string format, string? encoding, IAsyncEnumerable<FileRow> rows)
    {
        Format = format;
        Encoding = encoding;
        Rows = rows;
    }

    /// <summary><c>xlsx</c>, <c>csv</c> or <c>ndjson</c>.</summary>
    public string Format { get; }

    /// <summary>What the text was written in; null for .xlsx.</summary>
    public string? Encoding { get; }

    /// <summary>The rows below the header, one at a time. Reading them may still throw <see cref="FileRefusedException"/>.</summary>
    public IAsyncEnumerable<FileRow> Rows { get; }

    /// <param name="stream">Seekable, at its beginning; stays open and belongs to the rows while they are read.</param>
    /// <param name="known">Whether a text is the name of a column, to find the header of a table; null: it is the first row.</param>
    /// <exception cref="FileRefusedException">It is no format we read, or a dangerous one of its kind.</exception>
    public static UploadedFile Open(Stream stream, Func<string, bool>? known = null)
    {
        Span<byte> buffer = stackalloc byte[512];
        var head = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (head.IsEmpty)
        {
            throw new FileRefusedException("empty_file", "文件是空的。");
        }

        if (head.StartsWith(Zip))
        {
            ZipGuard.Check(stream);
            return new UploadedFile("xlsx", null, XlsxRows.ReadAsync(stream, known));
        }

        RefuseKnownOthers(head);
        var first = FirstSign(head);
        if (first == '{')
        {
            return new UploadedFile("ndjson", "utf-8", NdjsonRows.ReadAsync(stream));
        }

        if (first == '[')
        {
            throw new FileRefusedException("json_array", "JSON 数组请改为 NDJSON：每行一个对象，不加方括号和行尾逗号。");
        }

        var encoding = TextEncodings.Detect(stream);
        return new UploadedFile("csv", encoding.WebName, CsvRows.ReadAsync(stream, encoding, known));
    }

    /// <summary>NDJSON as it arrives: nothing of it is looked at twice.</summary>
    public static UploadedFile Feed(Stream stream) => new("ndjson", "utf-8", NdjsonRows.ReadAsync(stream));

    /// <summary>Delimited text as it arrives.</summary>
    /// <param name="stream">From its beginning.</param>
    /// <param name="head">Its first bytes.</param>
    /// <param name="declared">What it is written in by its sender's word; null: the head tells.</param>
    /// <param name="known">Whether a text is the name of a column.</param>
    /// <exception cref="FileRefusedException">It is empty, or no text.</exception>
    public static UploadedFile Feed(Stream stream, ReadOnlySpan<byte> head, Encoding? declared, Func<string, bool> known)
    {
        if (head.IsEmpty)
        {
            throw new FileRefusedException("empty_file", "文件是空的。");
        }

        RefuseKnownOthers(head);
        if (head.StartsWith(Zip))
        {
            throw new FileRefusedException("unknown_format", "只能边接收边导入 NDJSON 和 CSV；.xlsx 请用 POST /imports 上传。");
        }

        var encoding = declared ?? TextEncodings.OfHead(head);
        return new UploadedFile("csv", encoding.WebName, CsvRows.ReadAsync(stream, encoding, known));
    }

    private static void RefuseKnownOthers(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new FileRefusedException("old_excel_format", "这是旧版 .xls 或加密的 Excel 文件，请另存为不加密的 .xlsx 再上传。");
        }

        if (head.StartsWith("%PDF"u8) || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || head.StartsWith("7z"u8))
        {
            throw new FileRefusedException("unknown_format", "只接受 .xlsx、.csv 和 NDJSON 文件。");
        }
    }

    private static char FirstSign(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith(System.Text.Encoding.UTF8.Preamble) ? head[3..] : head;
        return (char)(text.TrimStart(" \t\r\n"u8) is [var sign, ..] ? sign : 0);
    }
}
