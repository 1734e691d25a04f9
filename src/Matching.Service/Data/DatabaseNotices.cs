using Npgsql;

namespace Matching.Service.Data;

/// <summary>
/// What the database tells this node (NOTIFY), heard on one connection. A committed notice is here within milliseconds; a connection that ends is noticed at once, and one that
/// silently leads nowhere within <see cref="Patience"/>, for the line is tried every second. So whoever keeps what a notice would end uses it only while
/// <see cref="IsCurrent"/>, and forgets all of it on <see cref="Missed"/>.
/// </summary>
/// <remarks>LISTEN belongs to a session, so a connection pooler in between must pool sessions, not transactions.</remarks>
internal sealed class DatabaseNotices(NpgsqlDataSource db, TimeProvider clock, ILogger<DatabaseNotices> logger) : BackgroundService
{
    /// <summary>A key, or whose it is, changed so that it may not work any more.</summary>
    public const string Keys = "matching_keys";

    /// <summary>Something committed that is told in the stream of changes; the payload is <c>consortium:batch</c>.</summary>
    public const string Changes = "matching_changes";

    /// <summary>How long the line counts as good after it was last tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    // Since when the line is known to be good, by the clock's own ticks; 0: it is not.
    private long _goodAt;

    /// <summary>Channel and payload, on the connection's own thread: handlers are quick and do not throw.</summary>
    public event Action<string, string>? Heard;

    /// <summary>Notices may have been lost before this moment.</summary>
    public event Action? Missed;

    /// <summary>Whether every notice committed up to a moment ago has been heard.</summary>
    public bool IsCurrent => Volatile.Read(ref _goodAt) is not 0 and var at && clock.GetElapsedTime(at) < Patience;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Volatile.Write(ref _goodAt, 0);
                logger.LogWarning(error, "Stopped hearing what the database tells; listening again");
                await Task.Delay(TryEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) => Heard?.Invoke(notice.Channel, notice.Payload);
        await RunAsync(connection, $"LISTEN {Keys}; LISTEN {Changes}", ct);
        Missed?.Invoke();
        while (true)
        {
            var asked = clock.GetTimestamp();
            await RunAsync(connection, "SELECT 1", ct);
            Volatile.Write(ref _goodAt, asked);
            while (clock.GetElapsedTime(asked) < TryEvery)
            {
                await connection.WaitAsync(TryEvery, ct);
            }
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        await command.ExecuteNonQueryAsync(ct);
    }
}
