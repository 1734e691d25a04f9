using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Service.Http;

namespace Matching.Service.Features.Matches;

/// <summary>What page of whose list, how much is told of it, and whether it is sent as gzip.</summary>
internal readonly record struct PageKey(long Graduate, int Skip, int Take, bool IsFull, bool IsPacked)
{
    private const int LengthBits = 7;

    /// <summary>Another one for every page, and never 0.</summary>
    public long Mark => (((((Graduate << LengthBits) | (long)Skip) << LengthBits) | (long)Take) << 2) | (IsFull ? 2L : 0) | (IsPacked ? 1L : 0);
}

/// <summary>
/// Pages that were asked for more than once. One holds until something changes that it shows or that would get into its list; whether that happened is seen from the changes since it was
/// made. When they take too much memory those go that were not asked for lately. Of a page that was asked for once a number is kept and nothing else: most are never asked for again, and
/// what is kept of them costs the collector more than they cost to make.
/// </summary>
internal sealed class ResidentPages
{
    private const long MostBytes = 128_000_000;
    private const int AskedBits = 16;

    private readonly Lock _turning = new();
    private readonly long[] _asked = new long[1 << AskedBits];
    private volatile ConcurrentDictionary<PageKey, ResidentPage> _lately = new();
    private volatile ConcurrentDictionary<PageKey, ResidentPage> _before = new();
    private long _bytes;

    /// <summary>Whether it was asked for before, as far as is remembered: of the many pages that share a place the last one is.</summary>
    public bool WasAsked(PageKey key)
    {
        var mark = key.Mark;
        ref var place = ref _asked[(int)((ulong)mark * 0x9E37_79B9_7F4A_7C15 >> (64 - AskedBits))];
        var was = Volatile.Read(ref place) == mark;
        Volatile.Write(ref place, mark);
        return was;
    }

    /// <summary>Null: it is to be made, for it is not kept, or is another by now.</summary>
    public ResidentPage? Find(PageKey key, ResidentGraduate graduate, ResidentView view, ScoreWeights weights)
    {
        var isLate = _lately.TryGetValue(key, out var page);
        if ((!isLate && !_before.TryGetValue(key, out page)) || !view.Recent.Covers(page!.Version))
        {
            return null;
        }

        foreach (var change in view.Recent.Since(page.Version))
        {
            if (change.Bears(graduate, page.List, page.Searched, weights))
            {
                return null;
            }
        }

        page.Version = view.Version;
        if (!isLate)
        {
            Keep(key, page);
        }

        return page;
    }

    public void Keep(PageKey key, ResidentPage page)
    {
        _lately[key] = page;
        Count(page.Bytes);
    }

    // Half of the memory for those asked for lately: when it is full they are those of before.
    private void Count(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= MostBytes / 2)
        {
            return;
        }

        lock (_turning)
        {
            if (Volatile.Read(ref _bytes) > MostBytes / 2)
            {
                (_before, _lately) = (_lately, new());
                Interlocked.Exchange(ref _bytes, 0);
            }
        }
    }
}

/// <summary>A page of a list.</summary>
/// <param name="version">The view it was searched in.</param>
/// <param name="list">The list, best first, as far as it was searched: to the end of the page and one more, which says whether there is a next page.</param>
/// <param name="searched">How many were searched for.</param>
/// <param name="body">The answer.</param>
internal sealed class ResidentPage(long version, RankedMatch[] list, int searched, ReadyJson body)
{
    // Besides the list and the body, nearly.
    private const int Overhead = 200;

    private long _version = version;

    /// <summary>The view of which it is known to hold. Never goes back: a request that began with an older view may end later.</summary>
    public long Version
    {
        get => Volatile.Read(ref _version);
        set => Volatile.Write(ref _version, Math.Max(value, Version));
    }

    public RankedMatch[] List => list;

    public int Searched => searched;

    public ReadyJson Body => body;

    /// <summary>Memory it takes, nearly.</summary>
    public int Bytes => Overhead + (list.Length * Unsafe.SizeOf<RankedMatch>()) + body.Bytes.Length;
}
