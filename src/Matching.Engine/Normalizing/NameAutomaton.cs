namespace Matching.Engine.Normalizing;

/// <summary>A name to be found in texts.</summary>
/// <param name="Name">As written; found by its <see cref="TextKey"/>.</param>
/// <param name="Value">What it stands for.</param>
/// <param name="Weak">Too short or too common to stand for it alone; the caller looks at what is beside it.</param>
public readonly record struct NamedValue(string Name, long Value, bool Weak = false);

/// <summary>A name found: key characters <paramref name="From"/> to <paramref name="To"/>, the end not included.</summary>
public readonly record struct NameMatch(int From, int To, NamedValue Name);

/// <summary>
/// Aho and Corasick's automaton (1975) over the keys of names: all names are looked for in one pass. Immutable once built and shared between threads.
/// Building is O(total key length); memory about 50 bytes a key character (a trie node, its edges in one hash table at most half full), so 15,000 names take some 4 MB.
/// </summary>
public sealed class NameAutomaton
{
    private const int PairBits = 16;

    private readonly NameTrie _trie = new();
    private readonly List<NamedValue> _names = [];
    private readonly int[] _failure;
    private readonly int[] _shorter;
    private readonly (int Longest, int Depth, int Word)[] _ends;
    // Most pairs of characters begin no name: a bit for every pair that does, found by a hash of both (8 kB), and by its low bits each character that is a name alone.
    private readonly ulong[] _pairs = new ulong[1 << (PairBits - 6)];
    private readonly bool[] _alone = new bool[4096];

    /// <param name="names">Of two with the same key the first stays; one without a letter or digit is left out.</param>
    public NameAutomaton(IEnumerable<NamedValue> names)
    {
        foreach (var name in names)
        {
            var key = TextKey.Of(name.Name);
            if (key.Length > 0 && _trie.Add(key, _names.Count))
            {
                _names.Add(name);
                if (key is [var first, var second, ..])
                {
                    _pairs[Pair(first, second) >> 6] |= 1UL << Pair(first, second);
                }
                else
                {
                    _alone[key[0] & 4095] = true;
                }
            }
        }

        (_failure, _shorter) = (new int[_trie.Count], new int[_trie.Count]);
        Link();
        _ends = [.. Enumerable.Range(0, _trie.Count).Select(node => (_trie.WordOf(node) >= 0 ? node : _shorter[node], _trie.Depth(node), _trie.WordOf(node)))];
    }

    public static NameAutomaton Empty { get; } = new([]);

    /// <summary>How many names it knows.</summary>
    public int Count => _names.Count;

    /// <summary>Bytes held, names' texts not counted.</summary>
    public long Bytes => _trie.Bytes + (20L * _failure.Length) + (24L * _names.Count);

    /// <summary>
    /// What the automata find in the text: of the names that begin at a place the longest, of names that overlap the one that begins first. Latin words are found
    /// as whole words only. Of two automata that know the same name the later one answers. O(length of the text + names that end in it).
    /// </summary>
    public static IReadOnlyList<NameMatch> Find(KeyedText text, params ReadOnlySpan<NameAutomaton> automata)
    {
        NameMatch[]? longest = null;
        foreach (var automaton in automata)
        {
            automaton.Scan(text, ref longest);
        }

        if (longest is null)
        {
            return [];
        }

        var found = new List<NameMatch>();
        for (var i = 0; i < longest.Length;)
        {
            if (longest[i].To == 0)
            {
                i++;
                continue;
            }

            found.Add(longest[i]);
            i = longest[i].To;
        }

        return found;
    }

    // Most texts hold no name, so the row of matches is made with the first.
    private void Scan(KeyedText text, ref NameMatch[]? longest)
    {
        var keys = text.Keys;
        var state = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            state = Follow(state, keys[i]) is >= 0 and var next ? next : Begins(keys, i) ? Root(keys[i]) : 0;
            for (var node = _ends[state].Longest; node != 0; node = _shorter[node])
            {
                var from = i + 1 - _ends[node].Depth;
                var name = _names[_ends[node].Word];
                longest ??= new NameMatch[text.Length];
                if (i + 1 >= longest[from].To && WordBounds.Hold(text, from, i + 1, name.Name))
                {
                    longest[from] = new NameMatch(from, i + 1, name);
                }
            }
        }
    }

    /// <summary>Whether a name may begin here; false is certain.</summary>
    private bool Begins(ReadOnlySpan<char> keys, int i) =>
        (i + 1 < keys.Length && (_pairs[Pair(keys[i], keys[i + 1]) >> 6] & (1UL << Pair(keys[i], keys[i + 1]))) != 0) || _alone[keys[i] & 4095];

    private static int Pair(char first, char second) => (int)((((uint)first << 16) | second) * 0x9E3779B1u >> (32 - PairBits));

    private int Root(char key) => Math.Max(0, _trie.Child(0, key));

    /// <summary>The state the character leads to from what was read so far; −1: only one that begins with it.</summary>
    private int Follow(int state, char key)
    {
        for (; state != 0; state = _failure[state])
        {
            if (_trie.Child(state, key) is >= 0 and var next)
            {
                return next;
            }
        }

        return -1;
    }

    // By depth: a node's failure is shallower than itself, so it is known when the node's turn comes.
    private void Link()
    {
        foreach (var node in Enumerable.Range(1, _trie.Count - 1).OrderBy(_trie.Depth))
        {
            var parent = _trie.Parent(node);
            _failure[node] = parent == 0 ? 0 : Follow(_failure[parent], _trie.Letter(node)) is >= 0 and var next ? next : Root(_trie.Letter(node));
            var failure = _failure[node];
            _shorter[node] = _trie.WordOf(failure) >= 0 ? failure : _shorter[failure];
        }
    }
}
