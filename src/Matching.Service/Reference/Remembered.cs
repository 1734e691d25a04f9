using System.Collections.Concurrent;

namespace Matching.Service.Reference;

/// <summary>
/// Answers of a pure function, kept for texts that come again: of the rows of a feed most repeat the titles, places and figures of others. When it is full it begins
/// anew, so it never holds more than its bound; texts longer than 200 characters, which hardly ever repeat, are not kept.
/// </summary>
internal sealed class Remembered<TKey, TValue>(int most, Func<TKey, TValue> find)
    where TKey : notnull
{
    public const int LongestText = 200;

    private readonly ConcurrentDictionary<TKey, TValue> _known = new();
    private int _count;

    /// <param name="key">What is asked.</param>
    /// <param name="text">The text in it.</param>
    public TValue Of(TKey key, string text)
    {
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = find(key);
        if (text.Length <= LongestText && _known.TryAdd(key, found) && Interlocked.Increment(ref _count) >= most)
        {
            Interlocked.Exchange(ref _count, 0);
            _known.Clear();
        }

        return found;
    }
}
