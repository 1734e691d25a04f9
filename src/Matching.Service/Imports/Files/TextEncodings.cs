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

    /// <summary>So many first bytes tell what a feed is written in: the header alone is mostly enough.</summary>
    public const int HeadBytes = 65_536;

    /// <summary>
    /// The same from the first bytes alone, of which the last character may be cut. Where they are all ASCII it is UTF-8; what later turns out not to be is refused row by row.
    /// </summary>
    public static Encoding OfHead(ReadOnlySpan<byte> head)
    {
        long characters = 0, misfits = 0;
        Count(head, ref characters, ref misfits);
        return ByMark(head) ?? (misfits == 0 || characters > 2 * misfits ? Encoding.UTF8 : Gb18030);
    }

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
        return ByMark(head[..length]);
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

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
            var rest = Count(buffer.AsSpan(0, kept + read), ref characters, ref misfits);
            kept = rest.Length;
            rest.CopyTo(buffer);
        }

        stream.Position = 0;
        return (characters, misfits + (kept > 0 ? 1 : 0));
    }

    /// <summary>Counts on, and returns what is left of a character that is cut.</summary>
    private static ReadOnlySpan<byte> Count(ReadOnlySpan<byte> rest, ref long characters, ref long misfits)
    {
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

        return rest;
    }
}
