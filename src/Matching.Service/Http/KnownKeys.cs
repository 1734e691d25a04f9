using System.Collections.Concurrent;
using System.Security.Cryptography;
using Matching.Service.Data;
using Microsoft.AspNetCore.Authentication;

namespace Matching.Service.Http;

/// <summary>
/// Keys this node has looked up, so that a request with a key it knows asks the database nothing. Only usable keys are kept, by their hash. Three things end them: a notice of the
/// database, sent by the transaction that revokes, suspends or deletes (all are forgotten: that is rare, and looking up again is cheap); their own expiry; and <see cref="Oldest"/>,
/// should notices be lost. While notices are not heard nothing is answered from here.
/// </summary>
internal sealed class KnownKeys
{
    /// <summary>Keys kept at most, about 1 kB each; one more and all are forgotten.</summary>
    public const int Most = 10_000;

    /// <summary>How long a key is kept at most.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _byPrefix = new(StringComparer.Ordinal);
    private readonly Func<bool> _mayBeUsed;
    private readonly TimeProvider _clock;
    private long _generation;

    public KnownKeys(DatabaseNotices notices, TimeProvider clock)
        : this(() => notices.IsCurrent, clock)
    {
        notices.Missed += Forget;
        notices.Heard += (channel, _) =>
        {
            if (channel == DatabaseNotices.Keys)
            {
                Forget();
            }
        };
    }

    /// <param name="mayBeUsed">Whether whatever ends keys would have been heard.</param>
    /// <param name="clock">Measures how long a key is kept.</param>
    internal KnownKeys(Func<bool> mayBeUsed, TimeProvider clock) => (_mayBeUsed, _clock) = (mayBeUsed, clock);

    /// <summary>Grows whenever keys are forgotten. Read it before a key is looked up: what was read before that moment is not kept after it.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Null when the key is not known here, or with another secret.</summary>
    public AuthenticateResult? Find(ApiKey key) =>
        _mayBeUsed() && _byPrefix.TryGetValue(key.Prefix, out var known) && _clock.GetElapsedTime(known.Since) < known.Lasts
            && CryptographicOperations.FixedTimeEquals(known.SecretHash, key.SecretHash)
            ? known.Answer
            : null;

    /// <summary>Keeps a key that was found usable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="answer">What its requests are told.</param>
    /// <param name="left">How long until it expires, from before it was looked up.</param>
    /// <param name="asked">When it was looked up, by the clock's timestamp.</param>
    /// <param name="generation"><see cref="Generation"/> from before it was looked up.</param>
    public void Keep(ApiKey key, AuthenticateResult answer, TimeSpan left, long asked, long generation)
    {
        if (_byPrefix.Count >= Most)
        {
            Forget();
        }

        var known = new Known(key.SecretHash, answer, asked, left < Oldest ? left : Oldest);
        _byPrefix[key.Prefix] = known;
        // Forgotten in between: the key may have been read before it ended.
        if (Generation != generation)
        {
            _byPrefix.TryRemove(new(key.Prefix, known));
        }
    }

    /// <summary>Looks every key up anew from here on.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _byPrefix.Clear();
    }

    // By reference: a later entry of the same key is another one.
    private sealed class Known(byte[] secretHash, AuthenticateResult answer, long since, TimeSpan lasts)
    {
        public byte[] SecretHash => secretHash;

        public AuthenticateResult Answer => answer;

        public long Since => since;

        public TimeSpan Lasts => lasts;
    }
}

internal static class KnownKeysRoutes
{
    /// <summary>
    /// The route may end keys: this node forgets them after the commit and before the answer leaves, so that whoever was told of it finds them ended. The other nodes hear of it
    /// from the database.
    /// </summary>
    public static TBuilder EndsKeys<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            http.Response.OnStarting(() =>
            {
                http.RequestServices.GetRequiredService<KnownKeys>().Forget();
                return Task.CompletedTask;
            });
            return next(context);
        });
}
