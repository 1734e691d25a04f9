using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Matching.Service.Data;

/// <summary>
/// Rows in PostgreSQL's binary COPY format, one after the other in one buffer: network byte order, every field after its length. Writing a field calls nothing
/// asynchronous, which is what makes it several times faster than a writer that may wait at each. Its memory is borrowed, and goes back when it is disposed of.
/// </summary>
internal sealed class CopyBuffer : IDisposable
{
    /// <summary>2000-01-01 as a day number: where PostgreSQL's dates begin.</summary>
    public const int EpochDay = 730_119;

    private const long EpochTicks = EpochDay * TimeSpan.TicksPerDay;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Nothing may be written any more, nor what was written be read.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    /// <summary>The signature every binary COPY begins with, without flags or an extension.</summary>
    public void Header()
    {
        ReadOnlySpan<byte> signature = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', 0x0A, 0xFF, 0x0D, 0x0A, 0x00];
        signature.CopyTo(Take(signature.Length));
        Int32(0);
        Int32(0);
    }

    public void StartRow(int fields) => Int16((short)fields);

    public void Trailer() => Int16(-1);

    public void Null() => Int32(-1);

    public void Smallint(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(2), value);

    public void Integer(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public void Bigint(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(8), value);

    public void Boolean(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    public void Date(DateOnly value) => Integer(value.DayNumber - EpochDay);

    /// <summary>Wall-clock time without a zone, to the microsecond.</summary>
    public void Timestamp(DateTime value) => Bigint((value.Ticks - EpochTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>A moment, to the microsecond.</summary>
    public void Timestamptz(DateTime value) => Timestamp(value.ToUniversalTime());

    public void Text(ReadOnlySpan<char> value)
    {
        Reserve(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var written = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length + 4));
        Int32(written);
        _length += written;
    }

    public void Jsonb(string value)
    {
        Int32(1 + Encoding.UTF8.GetByteCount(value));
        Take(1)[0] = 1;
        Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    /// <summary>A decimal as groups of four digits, the form numeric has inside.</summary>
    public void Numeric(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var scale = (parts[3] >> 16) & 0xFF;
        var digits = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (var i = scale; i % 4 != 0; i++)
        {
            digits *= 10;
        }

        Span<short> groups = stackalloc short[12];
        var count = 0;
        for (; digits > 0; digits /= 10_000)
        {
            groups[count++] = (short)(digits % 10_000);
        }

        Int32(8 + (2 * count));
        Int16((short)count);
        Int16((short)(count == 0 ? 0 : count - ((scale + 3) / 4) - 1));
        Int16(value < 0 ? (short)0x4000 : (short)0);
        Int16((short)scale);
        while (count > 0)
        {
            Int16(groups[--count]);
        }
    }

    public void TextArray(IReadOnlyList<string> values)
    {
        var start = StartArray(values.Count, 25);
        foreach (var value in values)
        {
            Text(value);
        }

        EndArray(start);
    }

    public void IntegerArray(ReadOnlySpan<int> values) => Elements(values, 23, static (buffer, value) => buffer.Integer(value));

    public void BigintArray(ReadOnlySpan<long> values) => Elements(values, 20, static (buffer, value) => buffer.Bigint(value));

    public void SmallintArray(ReadOnlySpan<short> values) => Elements(values, 21, static (buffer, value) => buffer.Smallint(value));

    public void BooleanArray(ReadOnlySpan<bool> values) => Elements(values, 16, static (buffer, value) => buffer.Boolean(value));

    private void Elements<T>(ReadOnlySpan<T> values, int elementType, Action<CopyBuffer, T> write)
    {
        var start = StartArray(values.Length, elementType);
        foreach (var value in values)
        {
            write(this, value);
        }

        EndArray(start);
    }

    // Dimensions, no nulls, the elements' type; then for the one dimension its length and where it begins. An empty array has no dimension.
    private int StartArray(int count, int elementType)
    {
        var start = _length;
        Int32(0);
        Int32(count == 0 ? 0 : 1);
        Int32(0);
        Int32(elementType);
        if (count > 0)
        {
            Int32(count);
            Int32(1);
        }

        return start;
    }

    private void EndArray(int start) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), _length - start - 4);

    /// <summary>Room for a value of a fixed length, after that length.</summary>
    private Span<byte> Field(int length)
    {
        var field = Take(4 + length);
        BinaryPrimitives.WriteInt32BigEndian(field, length);
        return field[4..];
    }

    private void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    private void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    private Span<byte> Take(int count)
    {
        Reserve(count);
        var taken = _bytes.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _length + count));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
