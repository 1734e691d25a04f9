using System.Collections.Concurrent;

namespace Matching.Service.Features.Matches;

/// <summary>Answers made ready, as UTF-8. One holds as long as nothing at all has changed in the consortium; when they take too much memory all are forgotten.</summary>
internal sealed class ResidentPages
{
    private const long MostBytes = 256_000_000;

    private readonly ConcurrentDictionary<(long Id, int Skip, int Take), (long Version, byte[] Body)> _pages = new();
    private long _bytes;

    public byte[]? Find(long id, int skip, int take, long version) => _pages.TryGetValue((id, skip, take), out var page) && page.Version == version ? page.Body : null;

    public void Keep(long id, int skip, int take, long version, byte[] body)
    {
        if (Interlocked.Add(ref _bytes, body.Length) > MostBytes)
        {
            _pages.Clear();
            Interlocked.Exchange(ref _bytes, body.Length);
        }

        _pages[(id, skip, take)] = (version, body);
    }
}
