using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The graduates in the order of their first occupations, with what finishing reads of them lying side by side: the skills they hold, four bytes each, and their facts.
/// </summary>
internal sealed class GraduateDocuments
{
    private readonly long[] _ids;
    private readonly int[] _rank;
    private readonly Pieces<GraduateFacts> _facts;
    private readonly int[] _start;
    private readonly NumberedSkill[] _held;

    /// <param name="rows">Empty afterwards.</param>
    public GraduateDocuments(GraduateRows rows)
    {
        Numbers = new(rows.Graph, rows.Skills);
        (_ids, _rank) = (new long[rows.Ids.Count], new int[rows.Ids.Count]);
        var order = Order(rows);
        (_start, _held) = (new int[order.Length + 1], new NumberedSkill[rows.Held.Count]);
        Hold(rows, order);
        _facts = rows.Facts;
        _facts.Reorder(order);
        rows.Clear();
    }

    public int Count => _rank.Length;

    public SkillNumbers Numbers { get; }

    public IEnumerable<int?> WageWishes
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                yield return _facts[i].WageWish;
            }
        }
    }

    public ref readonly GraduateFacts Facts(int document) => ref _facts[document];

    /// <summary>Those of a block, or of its first.</summary>
    public ReadOnlySpan<GraduateFacts> Facts(int first, int count) => _facts.Slice(first, count);

    public ReadOnlySpan<NumberedSkill> Held(int document) => _held.AsSpan(_start[document].._start[document + 1]);

    public Tombstones Bury(IEnumerable<long> ids) => Tombstones.Of(_ids, ids);

    /// <summary>The exact key, 0 for who must not be listed.</summary>
    public long Key(ScoreWeights weights, int document, GraduateQuery query, AskTable table, Tombstones gone)
    {
        ref readonly var graduate = ref Facts(document);
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

    // Which row becomes which document: by the first occupation, then the id. Ids are sorted first, so that an occupation and an id's rank make one number to sort by.
    private int[] Order(GraduateRows rows)
    {
        var (order, keys) = (new int[_ids.Length], new long[_ids.Length]);
        for (var row = 0; row < order.Length; row++)
        {
            (_ids[row], order[row]) = (rows.Ids[row], row);
        }

        Array.Sort(_ids, order);
        for (var rank = 0; rank < order.Length; rank++)
        {
            keys[rank] = ((long)(Place(rows.Facts[order[rank]]) + 1) << 32) | (uint)rank;
        }

        Array.Sort(keys);
        for (var i = 0; i < order.Length; i++)
        {
            _rank[i] = (int)keys[i];
        }

        return Array.ConvertAll(_rank, rank => order[rank]);
    }

    // The skills of each document, one after the other.
    private void Hold(GraduateRows rows, int[] order)
    {
        int[] renumbered = [.. rows.Skills.Select(Numbers.Of)];
        for (var (i, at) = (0, 0); i < order.Length; i++)
        {
            for (var from = order[i] == 0 ? 0 : rows.End[order[i] - 1]; from < rows.End[order[i]]; from++)
            {
                var held = rows.Held[from];
                _held[at++] = held.Renumbered(renumbered[held.Number]);
            }

            _start[i + 1] = at;
        }
    }

    private static int Place(in GraduateFacts graduate) => graduate.Occupations is [var first, ..] ? first.Full : -1;
}

/// <summary>Scores exactly what the blocks let through and is not gone.</summary>
internal readonly struct GraduateFinisher(ScoreWeights weights, GraduateDocuments documents, GraduateQuery query, AskTable table, Tombstones gone) : IFinisher
{
    public long Key(int document, int reached) => documents.Key(weights, document, query, table, gone);

    public void Fetch(int document) => Prefetch.TwoLines(in documents.Facts(document));
}
