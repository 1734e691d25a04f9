using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The graduates in the order of their first occupations, with what finishing reads of them lying side by side: the skills they hold, four bytes each, and their facts.
/// </summary>
internal sealed class GraduateDocuments
{
    private readonly long[] _ids;
    private readonly int[] _rank;
    private readonly GraduateFacts[] _facts;
    private readonly int[] _start;
    private readonly NumberedSkill[] _held;

    public GraduateDocuments(GraduateRows rows)
    {
        var (ids, facts, start, held) = (rows.Ids, rows.Facts, rows.Start, rows.Held);
        Numbers = new(rows.Graph, rows.Skills);
        int[] renumbered = [.. rows.Skills.Select(Numbers.Of)];
        int[] order = [.. Enumerable.Range(0, ids.Count)];
        order.AsSpan().Sort((a, b) => (Place(facts[a]), ids[a]).CompareTo((Place(facts[b]), ids[b])));
        _facts = [.. order.Select(i => facts[i])];
        (_start, _held) = (new int[order.Length + 1], new NumberedSkill[held.Count]);
        for (var (i, at) = (0, 0); i < order.Length; i++)
        {
            for (var from = start[order[i]]; from < start[order[i] + 1]; from++)
            {
                _held[at++] = held[from].Renumbered(renumbered[held[from].Number]);
            }

            _start[i + 1] = at;
        }

        long[] inOrder = [.. order.Select(i => ids[i])];
        _ids = [.. inOrder.Order()];
        _rank = [.. inOrder.Select(id => Array.BinarySearch(_ids, id))];
    }

    public int Count => _rank.Length;

    public SkillNumbers Numbers { get; }

    public ReadOnlySpan<GraduateFacts> Facts => _facts;

    public ReadOnlySpan<NumberedSkill> Held(int document) => _held.AsSpan(_start[document].._start[document + 1]);

    public Tombstones Bury(IEnumerable<long> ids) => Tombstones.Of(_ids, ids);

    /// <summary>The exact key, 0 for who must not be listed.</summary>
    public long Key(ScoreWeights weights, int document, GraduateQuery query, AskTable table, Tombstones gone)
    {
        ref readonly var graduate = ref _facts[document];
        if (gone.Cover(_rank[document]) || HardRequirements.Verdict(query.Facts, graduate) is Verdict.Fail)
        {
            return 0;
        }

        var (must, nice) = table.Sums(query.Asks, Held(document), query.Facts, Numbers);
        return RankKey.Of(PairScorer.Score(weights, query.Facts, graduate, must, nice), priority: false, _rank[document]);
    }

    public RankedMatch[] ToMatches(ReadOnlySpan<long> keys)
    {
        var matches = new RankedMatch[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            matches[i] = RankKey.ToMatch(keys[i], _ids);
        }

        return matches;
    }

    private static int Place(in GraduateFacts graduate) => graduate.Occupations is [var first, ..] ? first.Full : -1;
}

/// <summary>Scores exactly what the blocks let through and is not gone.</summary>
internal readonly struct GraduateFinisher(ScoreWeights weights, GraduateDocuments documents, GraduateQuery query, AskTable table, Tombstones gone) : IFinisher
{
    public long Key(int document, int reached) => documents.Key(weights, document, query, table, gone);

    public void Fetch(int document) => Prefetch.TwoLines(in documents.Facts[document]);
}
