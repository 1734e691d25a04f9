using System.Collections.Concurrent;
using System.Globalization;
using Matching.Service.Data;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>How many consortia a node keeps in memory; from <see cref="MatchingOptions"/>.</summary>
internal sealed record ResidentLimits(int Consortia);

/// <summary>
/// The consortia this node keeps in memory: loaded when first asked for, a bounded number of them, those unused longest making room. Notices of the database wake the follower
/// concerned; they carry no data, so one that gets lost costs a second and nothing else.
/// </summary>
internal sealed class ResidentIndexes
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<long, ResidentFollower> _followers = new();
    private readonly Lock _starting = new();
    private readonly TenantSessionFactory _sessions;
    private readonly ReferenceTables _reference;
    private readonly int _most;
    private readonly CancellationToken _stopping;
    private readonly ILogger _logger;

    public ResidentIndexes(
        DatabaseNotices notices, TenantSessionFactory sessions, ReferenceTables reference, ResidentLimits limits, IHostApplicationLifetime lifetime, ILogger<ResidentIndexes> logger)
    {
        (_sessions, _reference, _most, _stopping, _logger) = (sessions, reference, limits.Consortia, lifetime.ApplicationStopping, logger);
        notices.Missed += WakeAll;
        notices.Heard += (channel, payload) =>
        {
            if (channel == DatabaseNotices.Changes)
            {
                Wake(payload);
            }
        };
    }

    /// <summary>The consortium's set; null while it is being loaded, or where there is no room for it.</summary>
    public ResidentSet? Ready(long consortium) =>
        _followers.TryGetValue(consortium, out var follower) || (_most > 0 && TryStart(consortium, out follower)) ? follower.Ready : null;

    /// <summary>The same, but waits while it is being loaded.</summary>
    public async Task<ResidentSet?> WaitAsync(long consortium, TimeSpan most, CancellationToken ct)
    {
        var until = Environment.TickCount64 + (long)most.TotalMilliseconds;
        ResidentSet? set;
        while ((set = Ready(consortium)) is null && _followers.ContainsKey(consortium) && Environment.TickCount64 < until)
        {
            await Task.Delay(Look, ct);
        }

        return set;
    }

    // The payload is consortium:batch.
    private void Wake(string payload)
    {
        if (long.TryParse(payload.AsSpan(0, Math.Max(0, payload.IndexOf(':', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var consortium)
            && _followers.TryGetValue(consortium, out var follower))
        {
            follower.Wake();
        }
    }

    private void WakeAll()
    {
        foreach (var follower in _followers.Values)
        {
            follower.Wake();
        }
    }

    private bool TryStart(long consortium, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ResidentFollower? follower)
    {
        lock (_starting)
        {
            if (_followers.TryGetValue(consortium, out follower))
            {
                return true;
            }

            if (_followers.Count >= _most && !MakeRoom())
            {
                return false;
            }

            follower = _followers[consortium] = new ResidentFollower(consortium, _sessions, _reference, _logger);
            var started = follower;
            _ = Task.Run(() => started.RunAsync(_stopping));
            return true;
        }
    }

    // One that was just used stays: loading two in turns would serve neither.
    private bool MakeRoom()
    {
        if (_followers.MaxBy(pair => pair.Value.Unused) is not { Value: { } longest } pair || longest.Unused < Settled)
        {
            return false;
        }

        longest.End();
        return _followers.TryRemove(pair);
    }
}
