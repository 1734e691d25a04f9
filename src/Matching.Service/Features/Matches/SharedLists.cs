using System.Text;

namespace Matching.Service.Features.Matches;

/// <summary>Lists of codes as they come, joined by commas. Of a million rows most have a list that another has too, so equal ones are held once.</summary>
internal sealed class SharedLists<T>(Func<string, T> parse)
{
    // What is more is parsed anew each time.
    private const int MostHeld = 100_000;

    private readonly Dictionary<string, T[]> _held = [];

    /// <summary>Whether no further list will be held.</summary>
    public bool IsFull => _held.Count >= MostHeld;

    public T[] Of(ReadOnlySpan<byte> joined)
    {
        if (joined.IsEmpty)
        {
            return [];
        }

        Span<char> characters = stackalloc char[256];
        return joined.Length <= characters.Length ? Of(characters[..Encoding.UTF8.GetChars(joined, characters)]) : Of(Encoding.UTF8.GetString(joined));
    }

    public T[] Of(ReadOnlySpan<char> joined)
    {
        if (_held.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(joined, out var list))
        {
            return list;
        }

        var text = joined.ToString();
        list = text.Length == 0 ? [] : [.. text.Split(',').Distinct().Select(parse)];
        if (!IsFull)
        {
            _held[text] = list;
        }

        return list;
    }
}
