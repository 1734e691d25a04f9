namespace Matching.Engine.Retrieval;

/// <summary>An index that is never changed once built: the two directions of matching, alike for <see cref="LiveIndex{TDocument, TQuery}"/>.</summary>
internal interface ISearched<in TQuery>
{
    /// <summary>The best k but for those under the tombstones, in the order of <see cref="RankedMatch.Before"/>.</summary>
    RankedMatch[] Search(TQuery query, int k, Scratch scratch, Tombstones gone);

    /// <summary>Tombstones for these ids; those it does not hold are passed over.</summary>
    Tombstones Bury(IEnumerable<long> ids);
}
