using System.Runtime.Intrinsics;

namespace Matching.Engine.Retrieval;

/// <summary>
/// What is asked of the blocks, in units (a fixed number of which make a point). A document's units are the most of its floors plus the sum over its terms;
/// the parts beside (<see cref="Rest"/>) are bounded here and added exactly by the <see cref="IFinisher"/>. It keeps what it has found, so many can be taken through one block
/// while that is in the cache. Reused from search to search.
/// </summary>
internal sealed class BlockQuery
{
    private Pile<QueryTerm> _linear = new();
    private Pile<TabledTerm> _tabled = new();
    private Pile<QueryFloor> _floors = new();
    private Pile<QueryColumn> _columns = new();
    private Pile<QuerySet> _sets = new();
    private Pile<int> _within = new();

    /// <summary>How often it has been asked.</summary>
    public long Asked { get; private set; }

    /// <summary>The best found so far.</summary>
    public TopKeys Top { get; } = new();

    /// <summary>How many units make a point of the final score.</summary>
    public int UnitsPerPoint { get; private set; }

    /// <summary>The most units the finisher may add to what is summed and to what the columns tell.</summary>
    public int Rest { get; set; }

    /// <summary>What the classes of each of the blocks' first columns mean for this query.</summary>
    public ReadOnlySpan<QueryColumn> Columns => _columns.Items;

    /// <summary>The most units a document gets by all columns.</summary>
    public int MostByClass { get; private set; }

    /// <summary>A document counts only if it shares a term with the query.</summary>
    public bool MustShareTerm { get; private set; }

    /// <summary>Terms whose units are their code times a weight; always summed, but for dense columns.</summary>
    public ReadOnlySpan<QueryTerm> Linear => _linear.Items;

    /// <summary>Terms whose units a table tells; always summed.</summary>
    public ReadOnlySpan<TabledTerm> Tabled => _tabled.Items;

    /// <summary>Units of which a document gets the most, not the sum; ascending.</summary>
    public ReadOnlySpan<QueryFloor> Floors => _floors.Items;

    /// <summary>Sets whose documents get units beside the terms.</summary>
    public ReadOnlySpan<QuerySet> Sets => _sets.Items;

    /// <summary>Only documents in one of <see cref="Within"/> are listed.</summary>
    public bool IsBound { get; private set; }

    public ReadOnlySpan<int> Within => _within.Items;

    /// <summary>Every document that may be PASS has been finished already: what is left is compared with the worst UNKNOWN.</summary>
    public bool OnlyUnknownLeft { get; set; }

    /// <summary>
    /// Points that a document must reach to enter, whatever its verdict, priority and id. Any will do while the worst kept is UNKNOWN: a PASS stands before it.
    /// </summary>
    public int Floor => OnlyUnknownLeft || RankKey.Pass(Top.Worst) ? RankKey.Points(Top.Worst) : 0;

    public void Begin(int k, int unitsPerPoint, bool mustShareTerm)
    {
        Asked++;
        (UnitsPerPoint, MustShareTerm, Rest, MostByClass, OnlyUnknownLeft) = (unitsPerPoint, mustShareTerm, 0, 0, false);
        _columns.Clear();
        _sets.Clear();
        _within.Clear();
        IsBound = false;
        Top.Clear(k);
        _linear.Clear();
        _tabled.Clear();
        _floors.Clear();
    }

    /// <summary>Whether a floor is set by a range that meets the block: there the best are expected.</summary>
    public bool IsHome(Block block)
    {
        foreach (ref readonly var floor in _floors.Items)
        {
            if (floor.Term < 0 && floor.From < block.First + block.Count && floor.To > block.First)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes back the last column.</summary>
    public void DropColumn() => _columns.DropLast();

    /// <summary>The next column: the most units of a document by class, and which classes cannot be listed at all (a bit each).</summary>
    public void AddColumn(ReadOnlySpan<ushort> units, uint refused = 0)
    {
        var most = 0;
        foreach (var given in units[..Block.Classes])
        {
            most = Math.Max(most, given);
        }

        _columns.Add(new(Vector512.Create(units), refused == 0 ? Vector512<ushort>.AllBitsSet : ~Sums.Members(refused)));
        MostByClass += most;
    }

    /// <summary>All documents of a set get these units.</summary>
    public void AddSet(int set, ushort units) => _sets.Add(new(set, units));

    /// <summary>Only documents in one of the sets that follow by <see cref="Allow"/> are listed.</summary>
    public void Bind() => IsBound = true;

    /// <summary>Documents of this set may be listed.</summary>
    public void Allow(int set) => _within.Add(set);

    /// <summary>A term whose units are looked up by code in a table of 256.</summary>
    public void Add(int term, ushort[] units) => _tabled.Add(new(term, units));

    /// <summary>A term whose units are its code times a weight.</summary>
    public void AddLinear(int term, ushort weight) => _linear.Add(new(term, weight));

    /// <summary>All documents of a term get at least these units. Call in ascending order of units.</summary>
    public void AddFloor(int term, int units) => _floors.Add(new(term, 0, 0, (ushort)units));

    /// <summary>All documents of a range get at least these units. Call in ascending order of units.</summary>
    public void AddFloor(int from, int to, int units) => _floors.Add(new(-1, from, to, (ushort)units));
}

internal readonly record struct QueryTerm(int Term, ushort Weight);

/// <summary>Units of every document of a set.</summary>
internal readonly record struct QuerySet(int Set, ushort Units);

/// <summary>Units by code.</summary>
internal readonly record struct TabledTerm(int Term, ushort[] Table);

/// <summary>Units to add, then a mask that leaves a refused document nothing.</summary>
internal readonly record struct QueryColumn(Vector512<ushort> Units, Vector512<ushort> Mask);

/// <summary>By term, or by range where the term is -1.</summary>
internal readonly record struct QueryFloor(int Term, int From, int To, ushort Units);

/// <summary>Knows the documents' own fields: what the blocks cannot tell.</summary>
internal interface IFinisher
{
    /// <summary>
    /// The document's exact <see cref="RankKey"/>, or 0 where it must not be listed.
    /// <paramref name="reached"/> is at least the units of everything but <see cref="BlockQuery.Rest"/>, except for a document that was offered before.
    /// </summary>
    long Key(int document, int reached);

    /// <summary>Has what <see cref="Key"/> will read of a document fetched.</summary>
    void Fetch(int document);
}
