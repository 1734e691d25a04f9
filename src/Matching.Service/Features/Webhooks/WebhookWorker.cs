namespace Matching.Service.Features.Webhooks;

/// <summary>Keeps this node reading and sending; idle, it asks every two seconds.</summary>
internal sealed class WebhookWorker(WebhookDispatcher dispatcher, ILogger<WebhookWorker> logger) : BackgroundService
{
    private const int Senders = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([KeepAsync(dispatcher.ReadOneAsync, stoppingToken), .. Enumerable.Range(0, Senders).Select(_ => KeepAsync(dispatcher.SendOneAsync, stoppingToken))]);

    private async Task KeepAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await work(ct))
                {
                    continue;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Mostly the database being away.
                logger.LogError(error, "Could not deliver events; trying again");
            }

            await Task.Delay(Idle, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
