using System.Buffers;
using System.Text;

namespace Matching.Service.Imports.Files;

/// <summary>
/// Finds out what a text file was written in: a byte order mark, else UTF-8 where every byte fits, else GB18030 (Excel's .csv on Chinese Windows).
/// A file that fits neither is read as the one it is closer to, with U+FFFD for what does not fit, and the rows that hold one are refused: never mojibake in silence.
/// </summary>
internal static class TextEncodings
{
    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");

    /// <summary>Reads the whole stream once and leaves it at its beginning.</summary>
    public static Encoding Detect(Stream stream)
    {
        if (ByMark(stream) is { } marked)
        {
            return marked;
        }

        if (Fits(stream, new UTF8Encoding(false, throwOnInvalidBytes: true)))
        {
            return Encoding.UTF8;
        }

        var (characters, misfits) = CountUtf8(stream);
        return characters > 2 * misfits ? Encoding.UTF8 : Gb18030;
    }

    private static Encoding? ByMark(Stream stream)
    {
        Span<byte> head = stackalloc byte[3];
        var length = stream.ReadAtLeast(head, 3, throwOnEndOfStream: false);
        stream.Position = 0;
        return head[..length] switch
        {
            [0xEF, 0xBB, 0xBF] => Encoding.UTF8,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static bool Fits(Stream stream, Encoding strict)
    {
        try
        {
            using var reader = new StreamReader(stream, strict, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true);
            Span<char> scrap = stackalloc char[4_096];
            while (reader.Read(scrap) > 0)
            {
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            stream.Position = 0;
        }
    }

    // Chinese takes three bytes in UTF-8, and GB18030 text hardly ever looks like that by chance, so these characters against the misfits tell a
    // damaged UTF-8 file from a sound GB18030 one. Without it one bad byte would turn the whole file into well-formed nonsense.
    private static (long Characters, long Misfits) CountUtf8(Stream stream)
    {
        long characters = 0, misfits = 0;
        var buffer = new byte[65_536];
        var kept = 0;
        for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            var rest = buffer.AsSpan(0, kept + read);
            while (!rest.IsEmpty)
            {
                var status = Rune.DecodeFromUtf8(rest, out _, out var length);
                if (status == OperationStatus.NeedMoreData)
                {
                    break;
                }

                characters += status == OperationStatus.Done && length >= 3 ? 1 : 0;
                misfits += status == OperationStatus.InvalidData ? 1 : 0;
                rest = rest[length..];
            }

            kept = rest.Length;
            rest.CopyTo(buffer);
        }

        stream.Position = 0;
        return (characters, misfits + (kept > 0 ? 1 : 0));
    }
}
