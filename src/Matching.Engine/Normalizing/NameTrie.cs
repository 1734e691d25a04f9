namespace Matching.Engine.Normalizing;

/// <summary>The trie below <see cref="NameAutomaton"/>: nodes in lists, all edges in one open-addressed table, for most nodes have one child and arrays per node would be waste.</summary>
internal sealed class NameTrie
{
    private readonly List<(int Parent, char Letter, int Depth, int Word)> _nodes = [(0, '\0', 0, -1)];
    private ulong[] _edges = new ulong[64];
    private int[] _targets = new int[64];

    public int Count => _nodes.Count;

    public long Bytes => (16L * _nodes.Capacity) + (12L * _edges.Length);

    public int WordOf(int node) => _nodes[node].Word;

    public int Depth(int node) => _nodes[node].Depth;

    public int Parent(int node) => _nodes[node].Parent;

    public char Letter(int node) => _nodes[node].Letter;

    /// <summary>False when the key is known already; the earlier word stays.</summary>
    public bool Add(string key, int word)
    {
        var node = 0;
        foreach (var letter in key)
        {
            var child = Child(node, letter);
            if (child < 0)
            {
                child = _nodes.Count;
                _nodes.Add((node, letter, _nodes[node].Depth + 1, -1));
                Connect(node, letter, child);
            }

            node = child;
        }

        if (_nodes[node].Word >= 0)
        {
            return false;
        }

        _nodes[node] = _nodes[node] with { Word = word };
        return true;
    }

    /// <summary>The node reached from here by that letter; −1: none.</summary>
    public int Child(int node, char letter)
    {
        var edge = Edge(node, letter);
        for (var slot = Slot(edge); _edges[slot] != 0; slot = (slot + 1) & (_edges.Length - 1))
        {
            if (_edges[slot] == edge)
            {
                return _targets[slot];
            }
        }

        return -1;
    }

    private void Connect(int node, char letter, int child)
    {
        if (_nodes.Count * 2 > _edges.Length)
        {
            var (edges, targets) = (_edges, _targets);
            (_edges, _targets) = (new ulong[edges.Length * 2], new int[edges.Length * 2]);
            for (var i = 0; i < edges.Length; i++)
            {
                if (edges[i] != 0)
                {
                    Place(edges[i], targets[i]);
                }
            }
        }

        Place(Edge(node, letter), child);
    }

    private void Place(ulong edge, int target)
    {
        var slot = Slot(edge);
        while (_edges[slot] != 0)
        {
            slot = (slot + 1) & (_edges.Length - 1);
        }

        (_edges[slot], _targets[slot]) = (edge, target);
    }

    // Never 0, which marks a free slot.
    private static ulong Edge(int node, char letter) => ((ulong)(node + 1) << 16) | letter;

    private int Slot(ulong edge) => (int)((edge * 0x9E3779B97F4A7C15UL) >> 32) & (_edges.Length - 1);
}
