using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// An index that follows changes: a large one that is never changed, tombstones on what has changed or gone since, and a small index of what has changed or come. Both are searched
/// and their lists merged, so the answer is that of an index built anew, id for id and point for point. A value: <see cref="With"/> makes the next one and leaves this one to its readers.
/// </summary>
/// <remarks>
/// A change costs as much as there are changes since the last <see cref="Compact"/>, for the small index is built anew; so whoever keeps one compacts it when <see cref="NeedsCompacting"/>,
/// at his leisure and on any thread, and moves what changed meanwhile <see cref="Onto"/> the result.
/// </remarks>
/// <typeparam name="TDocument">What is found.</typeparam>
/// <typeparam name="TQuery">What it is found for.</typeparam>
public sealed class LiveIndex<TDocument, TQuery>
    where TDocument : class
{
    private const int LeastPending = 1_000;
    private const int PendingShare = 50; // a fiftieth of the documents

    private readonly LiveKind<TDocument, TQuery> _kind;
    private readonly TDocument[] _documents;
    private readonly ISearched<TQuery> _large;
    private readonly Tombstones _gone;
    private readonly Dictionary<long, Change> _changes;
    private readonly ISearched<TQuery> _small;
    private readonly long _moment;

    internal LiveIndex(LiveKind<TDocument, TQuery> kind, TDocument[] documents, long moment)
        : this(kind, documents, kind.Build(documents), [], moment)
    {
    }

    private LiveIndex(LiveKind<TDocument, TQuery> kind, TDocument[] documents, ISearched<TQuery> large, Dictionary<long, Change> changes, long moment)
    {
        (_kind, _documents, _large, _changes, _moment) = (kind, documents, large, changes, moment);
        _gone = large.Bury(changes.Keys);
        _small = kind.Build(changes.Values.Select(change => change.Document).OfType<TDocument>());
    }

    /// <summary>So much has changed that searches and further changes would be cheaper after <see cref="Compact"/>.</summary>
    public bool NeedsCompacting => _changes.Count > Math.Max(LeastPending, _documents.Length / PendingShare);

    /// <summary>All documents as they are now, in no order.</summary>
    public IEnumerable<TDocument> Documents =>
        _documents.Where(document => !_changes.ContainsKey(_kind.Id(document))).Concat(_changes.Values.Select(change => change.Document).OfType<TDocument>());

    /// <summary>The best documents of a query, exactly those of <see cref="ExhaustiveMatcher"/> over <see cref="Documents"/>.</summary>
    public RankedMatch[] Search(TQuery query, int k, Scratch scratch)
    {
        var settled = _large.Search(query, k, scratch, _gone);
        return _changes.Count == 0 ? settled : Merge(settled, _small.Search(query, k, scratch, Tombstones.None), k);
    }

    /// <summary>The same with documents added or replaced, then others removed; of documents with one id the last counts.</summary>
    public LiveIndex<TDocument, TQuery> With(IEnumerable<TDocument> put, IEnumerable<long> removed)
    {
        var changes = new Dictionary<long, Change>(_changes);
        foreach (var document in put)
        {
            changes[_kind.Id(document)] = new(document, _moment + 1);
        }

        foreach (var id in removed)
        {
            changes[id] = new(null, _moment + 1);
        }

        return new(_kind, _documents, _large, changes, _moment + 1);
    }

    /// <summary>The same documents in one large index. Takes as long as building it; this one serves on meanwhile.</summary>
    public LiveIndex<TDocument, TQuery> Compact() => new(_kind, [.. Documents], _moment);

    /// <summary>This one's documents on a base that <see cref="Compact"/> made of this one or of one it came from.</summary>
    public LiveIndex<TDocument, TQuery> Onto(LiveIndex<TDocument, TQuery> compacted) => new(
        _kind, compacted._documents, compacted._large, new(_changes.Where(change => change.Value.Moment > compacted._moment)), _moment);

    private static RankedMatch[] Merge(RankedMatch[] one, RankedMatch[] other, int k)
    {
        var merged = new RankedMatch[Math.Min(k, one.Length + other.Length)];
        var (i, j) = (0, 0);
        foreach (ref var place in merged.AsSpan())
        {
            place = j == other.Length || (i < one.Length && one[i].Before(other[j]) > 0) ? one[i++] : other[j++];
        }

        return merged;
    }

    // Null: removed. Moment: counts the calls of With.
    private readonly record struct Change(TDocument? Document, long Moment);
}

/// <summary>Makes the live indexes of both directions.</summary>
public static class LiveIndex
{
    /// <summary>Open demands, searched by graduate; <paramref name="graph"/> is that of the candidates.</summary>
    public static LiveIndex<DemandProfile, Candidate> OfDemands(ScoreWeights weights, IEnumerable<DemandProfile> demands, SkillGraph graph) =>
        new(new(demand => demand.Id, documents => new DemandIndex(weights, documents, graph)), [.. demands], 0);

    /// <summary>Graduates, searched by demand.</summary>
    public static LiveIndex<Candidate, DemandProfile> OfGraduates(ScoreWeights weights, IEnumerable<Candidate> candidates) =>
        new(new(candidate => candidate.Profile.Id, documents => new GraduateIndex(weights, documents)), [.. candidates], 0);
}

/// <summary>What tells the two directions apart.</summary>
internal sealed record LiveKind<TDocument, TQuery>(Func<TDocument, long> Id, Func<IEnumerable<TDocument>, ISearched<TQuery>> Build);
