using Npgsql;

namespace Matching.Service.Data;

/// <summary>
/// Rows on their way into one table by COPY … FROM STDIN BINARY, within the session's transaction. What is not completed is cancelled: the transaction can then
/// only be rolled back.
/// </summary>
internal sealed class BinaryCopy : IAsyncDisposable
{
    // A row is sent with its neighbours; the buffer never holds more than this and one row.
    private const int SendFrom = 64 * 1024;

    private readonly NpgsqlRawCopyStream _stream;
    private readonly CopyField[] _fields;
    private bool _completed;

    private BinaryCopy(NpgsqlRawCopyStream stream, CopyField[] fields)
    {
        (_stream, _fields) = (stream, fields);
        Buffer.Header();
    }

    public CopyBuffer Buffer { get; } = new();

    /// <param name="connection">Inside the transaction.</param>
    /// <param name="table">Into which table.</param>
    /// <param name="columns">Its columns, in the order in which a row gives their values, each with its SQL type.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<BinaryCopy> OpenAsync(NpgsqlConnection connection, string table, IReadOnlyList<(string Name, string Type)> columns, CancellationToken ct) => new(
        await connection.BeginRawBinaryCopyAsync($"COPY {table} ({string.Join(", ", columns.Select(column => column.Name))}) FROM STDIN BINARY", ct),
        [.. columns.Select(column => CopyFields.Of(column.Type))]);

    /// <summary>Adds a row: the values of the first columns, then those of the others.</summary>
    public ValueTask WriteAsync(ReadOnlySpan<object?> first, ReadOnlySpan<object?> others, CancellationToken ct)
    {
        Buffer.StartRow(_fields.Length);
        Write(_fields, first);
        Write(_fields.AsSpan(first.Length), others);
        return Buffer.Length < SendFrom ? ValueTask.CompletedTask : SendAsync(ct);
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        Buffer.Trailer();
        await SendAsync(ct);
        _completed = true;
        await _stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_completed)
        {
            _completed = true;
            try
            {
                await _stream.CancelAsync();
                // Only this gives the connection back to the transaction, which can still be rolled back.
                await _stream.DisposeAsync();
            }
            catch (Exception gone) when (gone is NpgsqlException or ObjectDisposedException or InvalidOperationException)
            {
                // The server refused the rows or is gone; whoever wrote them has been told.
            }
        }
    }

    private async ValueTask SendAsync(CancellationToken ct)
    {
        await _stream.WriteAsync(Buffer.Written, ct);
        Buffer.Clear();
    }

    // Fields that are not given are null.
    private void Write(ReadOnlySpan<CopyField> fields, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                fields[i](Buffer, value);
            }
            else
            {
                Buffer.Null();
            }
        }
    }
}
