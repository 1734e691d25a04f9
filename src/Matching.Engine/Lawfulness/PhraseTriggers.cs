using System.Buffers;

namespace Matching.Engine.Lawfulness;

/// <summary>
/// Which categories a text may break, told by one look at each character: a category is searched only where one of its triggers stands. Most texts hold none of any.
/// </summary>
internal sealed class PhraseTriggers
{
    private const int ShortText = 512;

    private readonly SignTable _signs;

    // Triggers by their first character: which group of them, 0 for the many characters that begin none.
    private readonly ushort[] _groupOf = new ushort[char.MaxValue + 1];
    private readonly List<(string Tail, int Category)[]> _groups = [[]];

    public PhraseTriggers(SignTable signs, IEnumerable<(string Trigger, int Category)> triggers)
    {
        _signs = signs;
        foreach (var group in triggers.Where(pair => pair.Trigger.Length > 0).GroupBy(pair => pair.Trigger[0]))
        {
            _groupOf[group.Key] = (ushort)_groups.Count;
            _groups.Add([.. group.Select(pair => (pair.Trigger[1..], pair.Category))]);
        }
    }

    /// <summary>A bit for each category that has a trigger in the text. O(length).</summary>
    public uint In(string text)
    {
        var rented = text.Length > ShortText ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        var plain = rented ?? stackalloc char[ShortText];
        // A sign that stands for several is rare; then the text is made as the search makes it.
        var found = TryPlain(text, plain, out var length) ? In(plain[..length]) : In(PlainText.Of(text, _signs).Text.AsSpan());
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return found;
    }

    private uint In(ReadOnlySpan<char> plain)
    {
        var found = 0u;
        for (var i = 0; i < plain.Length; i++)
        {
            if (_groupOf[plain[i]] is not 0 and var group)
            {
                foreach (var (tail, category) in _groups[group])
                {
                    found |= plain[(i + 1)..].StartsWith(tail, StringComparison.Ordinal) ? 1u << category : 0;
                }
            }
        }

        return found;
    }

    private bool TryPlain(string text, Span<char> plain, out int length)
    {
        length = 0;
        foreach (var character in text)
        {
            if (_signs.Plain(character) is not { } one)
            {
                return false;
            }

            if (one != SignTable.Dropped)
            {
                plain[length++] = one;
            }
        }

        return true;
    }
}
