using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Matching.Service.Http;

/// <summary>
/// JSON put together from pieces, for answers that are made too often for a serializer. Nothing is checked or escaped here: texts come encoded, and whoever writes this way has a test
/// that compares with the serializer.
/// </summary>
internal sealed class JsonPieces
{
    private const int LongestNumber = 20;
    private const int MostReady = 100;

    // Up to four characters each, and how many: whole numbers up to a hundred, and the decimals of hundredths, as short as can be and both.
    private static readonly (uint Text, byte Length)[] Wholes = [.. Enumerable.Range(0, MostReady + 1).Select(number => Ready(number.ToString(CultureInfo.InvariantCulture)))];
    private static readonly (uint Text, byte Length)[] Shortest = [.. Enumerable.Range(0, 100).Select(rest => Ready(rest == 0 ? "" : $".{rest:00}".TrimEnd('0')))];
    private static readonly (uint Text, byte Length)[] Both = [.. Enumerable.Range(0, 100).Select(rest => Ready($".{rest:00}"))];

    private byte[] _bytes = new byte[1 << 12];
    private int _length;

    /// <summary>Bytes so far.</summary>
    public int Length => _length;

    /// <summary>Forgets what was added before, and keeps its memory.</summary>
    public JsonPieces Clear()
    {
        _length = 0;
        return this;
    }

    public JsonPieces Add(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(Room(piece.Length));
        _length += piece.Length;
        return this;
    }

    /// <summary>Takes back the last byte: the comma after the last of a list, of which each brings its own.</summary>
    public JsonPieces DropLast()
    {
        _length--;
        return this;
    }

    public JsonPieces Add(long number)
    {
        if ((ulong)number <= MostReady)
        {
            return Add(Wholes[number]);
        }

        Utf8Formatter.TryFormat(number, Room(LongestNumber), out var written);
        _length += written;
        return this;
    }

    /// <summary>A number of hundredths, not below 0, as short as can be: 630 is 6.3.</summary>
    public JsonPieces AddHundredths(int hundredths)
    {
        var (whole, rest) = Math.DivRem((uint)hundredths, 100);
        return Add(whole).Add(Shortest[rest]);
    }

    /// <summary>The same with both decimals: 630 is 6.30.</summary>
    public JsonPieces AddWithDecimals(int hundredths)
    {
        var (whole, rest) = Math.DivRem((uint)hundredths, 100);
        return Add(whole).Add(Both[rest]);
    }

    /// <summary>All of it, until something is added.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public byte[] ToArray()
    {
        var copy = GC.AllocateUninitializedArray<byte>(_length);
        Written.CopyTo(copy);
        return copy;
    }

    private JsonPieces Add((uint Text, byte Length) ready)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), ready.Text);
        _length += ready.Length;
        return this;
    }

    private static (uint Text, byte Length) Ready(string text)
    {
        Span<byte> bytes = [0, 0, 0, 0];
        var length = Encoding.ASCII.GetBytes(text, bytes);
        return (BinaryPrimitives.ReadUInt32LittleEndian(bytes), (byte)length);
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
