using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>The demands in the order of their occupation codes, with what finishing reads of them lying side by side.</summary>
internal sealed class DemandDocuments
{
    private const int CodeBase = 101; // see OccupationId

    private readonly long[] _ids;
    private readonly int[] _rank;
    private readonly int[] _occupations;
    private readonly DemandProfile[] _oversized;
    private readonly int[] _start;
    private int[] _asks = [];

    public DemandDocuments(UnitScale scale, SkillFamilies families, DemandProfile[] demands)
    {
        _ids = [.. demands.Select(demand => demand.Id).Order()];
        var fits = demands.ToLookup(demand => AskCodes.Most(scale, demand) + families.Slack(demand) <= UnitScale.Most);
        Demands = [.. fits[true].OrderBy(demand => demand.Occupation?.Full ?? -1).ThenBy(demand => demand.Id)];
        _oversized = [.. fits[false]];
        _rank = [.. Demands.Select(RankOf)];
        _occupations = [.. Demands.Select(demand => demand.Occupation?.Full ?? -1)];
        _start = new int[Demands.Length + 1];
    }

    public DemandProfile[] Demands { get; }

    public (int From, int To) Full(OccupationId occupation) => Between(occupation.Full, 1);

    public (int From, int To) Minor(OccupationId occupation) => occupation.Minor < 0 ? default : Between(occupation.Minor * CodeBase, CodeBase);

    public (int From, int To) Middle(OccupationId occupation) => occupation.Middle < 0 ? default : Between(occupation.Middle * CodeBase * CodeBase, CodeBase * CodeBase);

    /// <summary>Lays the asks out as places in a table of strengths by term and level, required ones first.</summary>
    public void Flatten(Terms terms)
    {
        var asks = new List<int>();
        for (var i = 0; i < Demands.Length; i++)
        {
            asks.AddRange(Demands[i].Must.Concat(Demands[i].Nice).Select(ask => (terms.Find(TermKind.Skill, ask.Skill)!.Value * SkillStrengths.Levels) + ask.Level));
            _start[i + 1] = asks.Count;
        }

        _asks = [.. asks];
    }

    public PairScore Score(ScoreWeights weights, int document, Candidate candidate, short[] strengths)
    {
        var demand = Demands[document];
        var (at, end, split) = (_start[document], _start[document + 1], _start[document] + demand.Must.Count);
        var (must, nice) = (0, 0);
        for (; at < split; at++)
        {
            must += strengths[_asks[at]];
        }

        for (; at < end; at++)
        {
            nice += strengths[_asks[at]];
        }

        return PairScorer.Score(weights, demand, candidate, must, nice);
    }

    public Tombstones Bury(IEnumerable<long> ids) => Tombstones.Of(_ids, ids);

    public bool IsGone(int document, Tombstones gone) => gone.Cover(_rank[document]);

    public long Key(int document, PairScore score) => Key(score, Demands[document].Priority, _rank[document]);

    /// <summary>Demands that ask for too much to be summed in 16 bits (hundreds of skills) are scored one by one.</summary>
    public void OfferOversized(TopKeys top, ScoreWeights weights, Candidate candidate, Tombstones gone)
    {
        foreach (var demand in _oversized)
        {
            if (RankOf(demand) is var rank && !gone.Cover(rank))
            {
                top.Offer(Key(PairScorer.Score(weights, demand, candidate), demand.Priority, rank));
            }
        }
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

    private static long Key(PairScore score, bool priority, int rank) =>
        score.Verdict == Verdict.Fail || score.Points < 1 ? 0 : RankKey.Of(score.Verdict == Verdict.Pass, score.Points, priority, rank);

    private int RankOf(DemandProfile demand) => Array.BinarySearch(_ids, demand.Id);

    // Documents whose code lies in [first, first + length).
    private (int From, int To) Between(int first, int length) => (LowerBound(first), LowerBound(first + length));

    private int LowerBound(int code)
    {
        var (low, high) = (0, _occupations.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _occupations[middle] < code ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>Scores exactly what the blocks let through and is not gone.</summary>
internal readonly struct DemandFinisher(ScoreWeights weights, DemandDocuments documents, Candidate candidate, short[] strengths, Tombstones gone) : IFinisher
{
    public long Key(int document, int reached) =>
        documents.IsGone(document, gone) ? 0 : documents.Key(document, documents.Score(weights, document, candidate, strengths));
}
