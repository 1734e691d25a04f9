using System.Collections.Concurrent;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Http;

namespace Matching.Service.Features.Matches;

/// <summary>
/// Answers made ready. One holds until something changes that it shows or that would get into its list; whether that happened is seen from the changes since it was made.
/// When they take too much memory all are forgotten.
/// </summary>
internal sealed class ResidentPages
{
    private const long MostBytes = 128_000_000;

    private readonly ConcurrentDictionary<(long Id, int Skip, int Take), Page> _pages = new();
    private long _bytes;

    /// <summary>Null: it is to be made, for it never was, or is another by now.</summary>
    public PackedJson? Find(ResidentGraduate graduate, int skip, int take, ResidentView view, ScoreWeights weights)
    {
        if (!_pages.TryGetValue((graduate.Row.Id, skip, take), out var page) || !view.Recent.Covers(page.Version))
        {
            return null;
        }

        foreach (var change in view.Recent.Since(page.Version))
        {
            if (change.Bears(graduate, page.List, weights))
            {
                return null;
            }
        }

        page.Version = view.Version;
        return page.Body;
    }

    public void Keep(long id, int skip, int take, long version, RankedMatch[] list, PackedJson body)
    {
        if (Interlocked.Add(ref _bytes, body.Gzip.Length) > MostBytes)
        {
            _pages.Clear();
            Interlocked.Exchange(ref _bytes, body.Gzip.Length);
        }

        _pages[(id, skip, take)] = new Page(version, list, body);
    }

    private sealed class Page(long version, RankedMatch[] list, PackedJson body)
    {
        private long _version = version;

        // Never goes back: a request that began with an older view may end later.
        public long Version
        {
            get => Volatile.Read(ref _version);
            set => Volatile.Write(ref _version, Math.Max(value, Version));
        }

        public RankedMatch[] List => list;

        public PackedJson Body => body;
    }
}
