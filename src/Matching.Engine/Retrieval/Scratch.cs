using System.Runtime.InteropServices;

namespace Matching.Engine.Retrieval;

/// <summary>The memory of one search, kept between searches of one thread so that each costs next to no allocation of its own.</summary>
public sealed class Scratch
{
    private readonly List<DemandQuery> _demandQueries = [];
    private readonly List<GraduateQuery> _graduateQueries = [];

    internal BlockSearch Search { get; } = new();

    internal AnswerTable Answers { get; } = new();

    internal AskTable Asks { get; } = new();

    internal List<NumberedSkill> Held { get; } = [];

    /// <summary>Which block is asked which query, in order.</summary>
    internal List<(int Block, int Query)> Visits { get; } = [];

    /// <summary>So many queries, as they were left.</summary>
    internal ReadOnlySpan<DemandQuery> DemandQueries(int count) => Of(_demandQueries, count);

    /// <summary>So many queries, as they were left.</summary>
    internal ReadOnlySpan<GraduateQuery> GraduateQueries(int count) => Of(_graduateQueries, count);

    private static ReadOnlySpan<T> Of<T>(List<T> queries, int count)
        where T : new()
    {
        while (queries.Count < count)
        {
            queries.Add(new());
        }

        return CollectionsMarshal.AsSpan(queries)[..count];
    }
}
