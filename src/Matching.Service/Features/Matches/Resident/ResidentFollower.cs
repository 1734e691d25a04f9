using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>
/// Keeps one consortium in memory: loads it, then reads what changed whenever it is woken and once a second besides, so a hint that got lost costs a second.
/// Whatever goes wrong it starts over; a set that was not checked for some seconds answers nobody.
/// </summary>
internal sealed class ResidentFollower(long consortium, TenantSessionFactory sessions, ReferenceTables reference, ILogger logger)
{
    private const long MostMilliseconds = 10_000;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource _woken = NotWoken();
    private volatile ResidentSet? _set;
    private volatile bool _ended;
    private long _checkedAt;
    private long _usedAt = Environment.TickCount64;
    private Task<ResidentView>? _compacting;

    /// <summary>The set, when it holds what had committed a moment ago.</summary>
    public ResidentSet? Ready
    {
        get
        {
            var now = Environment.TickCount64;
            Volatile.Write(ref _usedAt, now);
            return now - Volatile.Read(ref _checkedAt) <= MostMilliseconds ? _set : null;
        }
    }

    public TimeSpan Unused => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _usedAt));

    public void Wake() => _woken.TrySetResult();

    /// <summary>It stops following, and forgets.</summary>
    public void End()
    {
        _ended = true;
        Wake();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (!_ended && !ct.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Mostly the database being away.
                logger.LogWarning(error, "Could not follow consortium {Consortium}; loading it again", consortium);
                await Task.Delay(Idle, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Ends when the set must be loaded anew; until then the old one goes on answering, for the few seconds it may.
    private async Task FollowAsync(CancellationToken ct)
    {
        ResidentSet set;
        ResidentPlace? place;
        var begun = Environment.TickCount64;
        await using (var session = sessions.Open(TenantContext.Job(consortium)))
        {
            (set, place) = await new ResidentReader(session, reference).LoadAsync(ct);
        }

        logger.LogInformation("Consortium {Consortium} is resident: {Demands} demands, {Graduates} graduates, {Milliseconds} ms",
            consortium, set.Demands.Count, set.Graduates.Count, Environment.TickCount64 - begun);
        _compacting = null;
        while (!_ended)
        {
            // Whoever wakes from now on wakes the next round.
            var woken = _woken = NotWoken();
            begun = Environment.TickCount64;
            await using (var session = sessions.Open(TenantContext.Job(consortium)))
            {
                place = await new ResidentReader(session, reference).CatchUpAsync(set, place, ct);
            }

            if (place is null)
            {
                return;
            }

            Compact(set);
            _set = set;
            Volatile.Write(ref _checkedAt, begun);
            await Task.WhenAny(woken.Task, Task.Delay(Idle, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource NotWoken() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Beside the following, for it takes as long as building the indexes.
    private void Compact(ResidentSet set)
    {
        if (_compacting is { IsCompleted: true })
        {
            set.Settle(_compacting.Result);
            _compacting = null;
        }

        if (_compacting is null && set.View is var view && (view.Demands.NeedsCompacting || view.Graduates.NeedsCompacting))
        {
            _compacting = Task.Run(() => view with { Demands = view.Demands.Compact(), Graduates = view.Graduates.Compact() });
            _compacting.ContinueWith(_ => Wake(), TaskScheduler.Default);
        }
    }
}
