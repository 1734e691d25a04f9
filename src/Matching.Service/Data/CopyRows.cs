using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Matching.Service.Data;

/// <summary>
/// Rows of a query by COPY (…) TO STDOUT BINARY, within the session's transaction and under its policies: a row lies in one buffer, and its fields are read from there in
/// their order without an object of their own. Several times as fast as a reader that may wait at every field.
/// </summary>
internal sealed class CopyRows : IAsyncDisposable
{
    private const int HeaderLength = 19;

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _bytes = new byte[128 * 1024];
    private int _at;
    private int _row;
    private int _next;
    private int _end;

    private CopyRows(NpgsqlRawCopyStream stream) => _stream = stream;

    /// <param name="connection">Inside the transaction.</param>
    /// <param name="query">What to read; COPY takes no parameters, so it holds its values.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<CopyRows> OpenAsync(NpgsqlConnection connection, string query, CancellationToken ct)
    {
        var rows = new CopyRows(await connection.BeginRawBinaryCopyAsync($"COPY ({query}) TO STDOUT BINARY", ct));
        while (rows._end < HeaderLength)
        {
            await rows.FillAsync(ct);
        }

        rows._next = HeaderLength + BinaryPrimitives.ReadInt32BigEndian(rows._bytes.AsSpan(HeaderLength - 4));
        return rows;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        _row = _next;
        return TryFrame() is { } more ? ValueTask.FromResult(more) : WaitAsync(ct);
    }

    public long Bigint() => BinaryPrimitives.ReadInt64BigEndian(Field());

    public int? Integer() => Field() is { IsEmpty: false } field ? BinaryPrimitives.ReadInt32BigEndian(field) : null;

    public int Smallint() => BinaryPrimitives.ReadInt16BigEndian(Field());

    public bool Boolean() => Field()[0] != 0;

    /// <summary>As a day number; null when the field is.</summary>
    public int? Date() => Integer() + CopyBuffer.EpochDay;

    /// <summary>A text's or bytea's bytes; empty also when the field is null. Valid until the next row.</summary>
    public ReadOnlySpan<byte> Field()
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_at));
        var field = length < 0 ? default : _bytes.AsSpan(_at + 4, length);
        _at += 4 + field.Length;
        return field;
    }

    /// <summary>Null when the field is; an empty text cannot be told from it.</summary>
    public string? Text() => Field() is { IsEmpty: false } field ? Encoding.UTF8.GetString(field) : null;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask<bool> WaitAsync(CancellationToken ct)
    {
        while (true)
        {
            await FillAsync(ct);
            if (TryFrame() is { } more)
            {
                return more;
            }
        }
    }

    // Whether a row begins at _row and is here as a whole; null: not yet.
    private bool? TryFrame()
    {
        if (_end - _row < 2)
        {
            return null;
        }

        var fields = BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(_row));
        var at = _row + 2;
        for (var i = 0; i < fields; i++)
        {
            if (_end - at < 4)
            {
                return null;
            }

            at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at)));
        }

        if (at > _end)
        {
            return null;
        }

        (_at, _next) = (_row + 2, at);
        return fields >= 0;
    }

    // Moves what is left of the row to the front and reads on.
    private async Task FillAsync(CancellationToken ct)
    {
        _bytes.AsSpan(_row, _end - _row).CopyTo(_bytes);
        (_end, _row) = (_end - _row, 0);
        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        var read = await _stream.ReadAsync(_bytes.AsMemory(_end), ct);
        _end += read > 0 ? read : throw new EndOfStreamException("The server's copy ended within a row.");
    }
}
