using System.Buffers.Text;

namespace Matching.Service.Http;

/// <summary>
/// JSON put together from pieces, for answers that are made too often for a serializer. Nothing is checked or escaped here: texts come encoded, and whoever writes this way has a test
/// that compares with the serializer.
/// </summary>
internal sealed class JsonPieces
{
    private const int LongestNumber = 20;

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

    public JsonPieces Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestNumber), out var written);
        _length += written;
        return this;
    }

    /// <summary>A number of hundredths, not below 0, as short as can be: 630 is 6.3.</summary>
    public JsonPieces AddHundredths(int hundredths)
    {
        var (whole, rest) = Math.DivRem(hundredths, 100);
        Add(whole);
        return rest == 0 ? this : rest % 10 == 0 ? AddDecimals(rest / 10) : AddDecimals(rest / 10, rest % 10);
    }

    /// <summary>The same with both decimals: 630 is 6.30.</summary>
    public JsonPieces AddWithDecimals(int hundredths)
    {
        var (whole, rest) = Math.DivRem(hundredths, 100);
        return Add(whole).AddDecimals(rest / 10, rest % 10);
    }

    public byte[] ToArray()
    {
        var copy = GC.AllocateUninitializedArray<byte>(_length);
        _bytes.AsSpan(0, _length).CopyTo(copy);
        return copy;
    }

    private JsonPieces AddDecimals(params ReadOnlySpan<int> digits)
    {
        var room = Room(1 + digits.Length);
        room[0] = (byte)'.';
        for (var i = 0; i < digits.Length; i++)
        {
            room[1 + i] = (byte)('0' + digits[i]);
        }

        _length += 1 + digits.Length;
        return this;
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
