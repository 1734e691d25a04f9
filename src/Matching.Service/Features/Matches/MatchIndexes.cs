namespace Matching.Service.Features.Matches;

/// <summary>
/// What all pieces of a run search: loaded and indexed once in this process while any of its pieces is at work. Only the pieces hold it; once the last of them is done, nothing does,
/// and its memory is free again. (Between two pieces of a lone worker it usually outlives the moment; if not, it is loaded anew.)
/// </summary>
internal sealed class MatchIndexes
{
    private readonly Dictionary<(long Consortium, long Run, Type Kind), Entry> _entries = [];

    /// <summary>The index, made by the first who asks; the others wait for him, and make it themselves if he gives up.</summary>
    public async Task<T> GetAsync<T>(long consortium, long run, Func<Task<T>> make, CancellationToken ct)
        where T : class
    {
        var entry = Find((consortium, run, typeof(T)));
        await entry.Gate.WaitAsync(ct);
        try
        {
            if (entry.Index.TryGetTarget(out var made))
            {
                return (T)made;
            }

            var index = await make();
            entry.Index.SetTarget(index);
            return index;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    // Entries that hold nothing and that nobody waits for are forgotten on the way.
    private Entry Find((long, long, Type) key)
    {
        lock (_entries)
        {
            foreach (var (other, _) in _entries.Where(pair => pair.Key != key && pair.Value.IsIdle).ToArray())
            {
                _entries.Remove(other);
            }

            return _entries.TryGetValue(key, out var known) ? known : _entries[key] = new();
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public WeakReference<object> Index { get; } = new(null!);

        public bool IsIdle => Gate.CurrentCount == 1 && !Index.TryGetTarget(out _);
    }
}
