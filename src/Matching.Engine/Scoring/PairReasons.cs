using System.Runtime.InteropServices;

namespace Matching.Engine.Scoring;

/// <summary>One component of a pair's score.</summary>
/// <param name="Component">Which.</param>
/// <param name="State">Matched, missing or not said.</param>
/// <param name="Points">What it gives, hundredths of a point.</param>
/// <param name="Attainable">What it could give with this demand.</param>
/// <param name="Asked">How many skills or certificates stand behind it.</param>
public readonly record struct ReasonPart(Component Component, ItemState State, int Points, int Attainable, int Asked);

/// <summary>A skill or certificate asked for.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">Held, missing or not said.</param>
/// <param name="Share">How well it is answered: the strength of a skill, 1 or 0 of a certificate.</param>
public readonly record struct ReasonItem(long Id, ItemState State, int Share);

/// <summary>
/// Why a pair has its points, in memory that the next pair takes again: who writes a page of a list explains dozens of pairs and keeps none of them. <see cref="Explanation"/> is the same to keep.
/// </summary>
public sealed class PairReasons
{
    private readonly List<ReasonPart> _parts = [];
    private readonly List<ReasonItem> _items = [];
    private readonly List<RequirementCheck> _requirements = [];

    /// <summary>The parts add up to them.</summary>
    public int Points { get; private set; }

    /// <summary>The most anybody can reach with this demand: what it does not ask for gives no points.</summary>
    public int Attainable { get; private set; }

    /// <summary>The worst of the requirements.</summary>
    public Verdict Verdict { get; private set; }

    /// <summary>All components.</summary>
    public ReadOnlySpan<ReasonPart> Parts => CollectionsMarshal.AsSpan(_parts);

    /// <summary>What is asked for, in the order of the parts: the must skills, the nice skills, the certificates.</summary>
    public ReadOnlySpan<ReasonItem> Items => CollectionsMarshal.AsSpan(_items);

    /// <summary>Every requirement the demand makes.</summary>
    public ReadOnlySpan<RequirementCheck> Requirements => CollectionsMarshal.AsSpan(_requirements);

    /// <summary>What would help most, the greatest gain first.</summary>
    public ReadOnlySpan<Raise> Raises => Greatest.Raises;

    internal GreatestRaises Greatest { get; } = new();

    internal void Clear(int mostRaises)
    {
        (Points, Attainable, Verdict) = (0, 0, Verdict.Pass);
        _parts.Clear();
        _items.Clear();
        _requirements.Clear();
        Greatest.Clear(mostRaises);
    }

    internal void Add(ReasonPart part)
    {
        _parts.Add(part);
        Points += part.Points;
        Attainable += part.Attainable;
    }

    internal void Add(RequirementCheck check)
    {
        _requirements.Add(check);
        Verdict = check.Verdict > Verdict ? check.Verdict : Verdict;
    }

    /// <summary>Room for so many items, to be filled.</summary>
    internal Span<ReasonItem> AddItems(int count)
    {
        CollectionsMarshal.SetCount(_items, _items.Count + count);
        return CollectionsMarshal.AsSpan(_items)[^count..];
    }
}
