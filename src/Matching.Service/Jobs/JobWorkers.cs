using Npgsql;

namespace Matching.Service.Jobs;

/// <summary>
/// Keeps this node's workers at it. A free worker asks for work when told by the database (NOTIFY) and otherwise every five seconds,
/// so an idle node costs workers / 5 claims a second.
/// </summary>
internal sealed class JobWorkers(JobRunner runner, NpgsqlDataSource db, JobOptions options, ILogger<JobWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _told = new(0);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([ListenAsync(stoppingToken), .. Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(stoppingToken))]);

    private async Task WorkAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (!await runner.RunOneAsync(ct))
                {
                    await _told.WaitAsync(AskAgain, ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Mostly the database being away. Whatever it is, a worker that ended here would take the whole service with it.
                logger.LogError(error, "Could not take work; asking again in {Seconds} s", AskAgain.TotalSeconds);
                await Task.Delay(AskAgain, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Only a hint: should the connection break, the workers still ask on their own.
    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await db.OpenConnectionAsync(ct);
                connection.Notification += (_, _) => _told.Release(options.Workers);
                await using (var listen = new NpgsqlCommand($"LISTEN {JobLedger.Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
                }

                while (true)
                {
                    await connection.WaitAsync(ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogWarning(error, "Stopped hearing of new work; listening again");
                await Task.Delay(AskAgain, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
