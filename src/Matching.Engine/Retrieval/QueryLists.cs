namespace Matching.Engine.Retrieval;

/// <summary>
/// Where the lists of one query lie in one block. It is looked up one visit ahead, so that directory and lists come into the cache while another is summed.
/// Good for one sum: adding uses the places up.
/// </summary>
internal sealed class QueryLists
{
    private ListPlace[] _tabled = new ListPlace[64];
    private ListPlace[] _linear = new ListPlace[64];
    private DenseTerm[] _dense = new DenseTerm[64];
    private int _tabledCount;
    private int _linearCount;
    private int _denseCount;
    private (Block? Block, BlockQuery? Query, long Asked) _of;

    /// <summary>Places of the lists whose units a table tells: units are the term's place in the query.</summary>
    public Span<ListPlace> Tabled => _tabled.AsSpan(0, _tabledCount);

    /// <summary>Places of the lists whose units are a code times a weight: units are the weight.</summary>
    public Span<ListPlace> Linear => _linear.AsSpan(0, _linearCount);

    /// <summary>The terms that have a dense column.</summary>
    public ReadOnlySpan<DenseTerm> Dense => _dense.AsSpan(0, _denseCount);

    /// <summary>Whether this is what was looked up. A query that has been asked anew since is another.</summary>
    public bool AreOf(Block block, BlockQuery query) => _of == (block, query, query.Asked);

    /// <summary>Looks the lists up and has them fetched. O(terms).</summary>
    public void Find(Block block, BlockQuery query)
    {
        _of = (block, query, query.Asked);
        (_tabledCount, _linearCount, _denseCount) = (0, 0, 0);
        var tabled = query.Tabled;
        var linear = query.Linear;
        Reserve(ref _tabled, tabled.Length);
        Reserve(ref _linear, linear.Length);
        Reserve(ref _dense, linear.Length);
        foreach (ref readonly var floor in query.Floors)
        {
            if (floor.Term >= 0)
            {
                Fetch(block, block.List(floor.Term));
            }
        }

        for (var i = 0; i < tabled.Length; i++)
        {
            _tabledCount = Put(block, block.List(tabled[i].Term), (ushort)i, _tabled, _tabledCount);
        }

        foreach (ref readonly var term in linear)
        {
            var list = block.List(term.Term);
            _linearCount = Put(block, list, term.Weight, _linear, _linearCount);
            if (list.Column >= 0)
            {
                _dense[_denseCount++] = new(list.Column, term.Weight);
            }
        }
    }

    // An empty list leaves no place.
    private static int Put(Block block, PostingList list, ushort units, ListPlace[] places, int count)
    {
        places[count] = new(list.Start, list.Groups, units);
        Fetch(block, list);
        return count + (list.Groups > 0 ? 1 : 0);
    }

    private static void Fetch(Block block, PostingList list) => Prefetch.Items(ref block.GroupsAt(list), list.Groups);

    private static void Reserve<T>(ref T[] items, int count)
    {
        if (items.Length < count)
        {
            items = new T[2 * count];
        }
    }
}

/// <summary>What is left of a list to be added.</summary>
/// <param name="Start">Its first group.</param>
/// <param name="Groups">How many groups; at least one.</param>
/// <param name="Units">The weight, or the place of the term whose table tells.</param>
internal readonly record struct ListPlace(int Start, ushort Groups, ushort Units);

/// <summary>A term of the query that has a dense column in the block.</summary>
internal readonly record struct DenseTerm(int Column, ushort Weight);
