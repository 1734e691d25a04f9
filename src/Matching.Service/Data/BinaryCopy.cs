using Npgsql;

namespace Matching.Service.Data;

/// <summary>
/// Rows on their way into one table by COPY … FROM STDIN BINARY, within the session's transaction. What is not completed is cancelled: the transaction can then
/// only be rolled back.
/// </summary>
internal sealed class BinaryCopy : IAsyncDisposable
{
    // PostgreSQL takes in a thousand rows, puts them away and meanwhile takes no others. So one buffer is filled while the other is sent: rows are sent as soon as so many
    // bytes are there and nothing is under way, and while something is they pile up, to what PostgreSQL will ask for at once. A buffer never holds more than this and one row.
    private const int SendFrom = 64 * 1024;
    private const int Most = 480 * 1024;

    private readonly NpgsqlRawCopyStream _stream;
    private readonly CopyField[] _fields;
    private CopyBuffer _filling = new();
    private CopyBuffer _sent = new();
    private Task _sending = Task.CompletedTask;
    private bool _completed;

    private BinaryCopy(NpgsqlRawCopyStream stream, CopyField[] fields)
    {
        (_stream, _fields) = (stream, fields);
        _filling.Header();
    }

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
        _filling.StartRow(_fields.Length);
        Write(_fields, first);
        Write(_fields.AsSpan(first.Length), others);
        return _filling.Length < (_sending.IsCompleted ? SendFrom : Most) ? ValueTask.CompletedTask : new ValueTask(SendAsync(ct));
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        _filling.Trailer();
        await SendAsync(ct);
        await SentAsync(ct);
        _completed = true;
        await _stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // What is under way is read from a buffer until it has ended, however.
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _filling.Dispose();
        _sent.Dispose();
        if (!_completed)
        {
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

    // The one on its way is there before the next is sent, so rows keep their order and a server that went away is noticed.
    private async Task SendAsync(CancellationToken ct)
    {
        await SentAsync(ct);
        (_filling, _sent) = (_sent, _filling);
        _filling.Clear();
        _sending = _stream.WriteAsync(_sent.Written, ct).AsTask();
    }

    // Npgsql tells a write that was cancelled as a broken connection.
    private async Task SentAsync(CancellationToken ct)
    {
        try
        {
            await _sending;
        }
        catch (NpgsqlException broken) when (broken.InnerException is OperationCanceledException)
        {
            throw new OperationCanceledException(broken.Message, broken, ct);
        }
    }

    // Fields that are not given are null.
    private void Write(ReadOnlySpan<CopyField> fields, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                fields[i](_filling, value);
            }
            else
            {
                _filling.Null();
            }
        }
    }
}
