using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>The demands in the order of their occupation codes, with what finishing reads of them lying side by side.</summary>
internal sealed class DemandDocuments
{
    private const int CodeBase = 101; // see OccupationId
    private const int ShiftBits = 6;

    private readonly long[] _ids;
    private readonly int[] _occupations;
    private readonly DemandRow[] _rows;
    private readonly DemandProfile[] _oversized;
    private readonly int[] _start; // of each demand's asks, the required ones first
    private readonly int[] _asks;

    public DemandDocuments(UnitScale scale, SkillNumbers numbers, SkillFamilies families, DemandProfile[] demands)
    {
        _ids = [.. demands.Select(demand => demand.Id).Order()];
        var fits = demands.ToLookup(demand => AskCodes.Most(scale, demand) + families.Slack(demand) <= UnitScale.Most);
        Demands = [.. fits[true].OrderBy(demand => demand.Occupation?.Full ?? -1).ThenBy(demand => demand.Id)];
        _oversized = [.. fits[false]];
        _occupations = [.. Demands.Select(demand => demand.Occupation?.Full ?? -1)];
        // Equal lists of majors are held once, so that they stay in the cache.
        var majors = new Dictionary<string, string[]>();
        (_rows, _start) = (new DemandRow[Demands.Length], new int[Demands.Length]);
        var asks = new List<int>();
        for (var i = 0; i < Demands.Length; i++)
        {
            var demand = Demands[i] with { Majors = CollectionsMarshal.GetValueRefOrAddDefault(majors, string.Join(' ', Demands[i].Majors), out _) ??= Lists.AsArray(Demands[i].Majors) };
            (_rows[i], _start[i]) = (new(demand, RankOf(demand)), asks.Count);
            asks.AddRange(demand.Must.Concat(demand.Nice).Select(ask => (numbers.Of(ask.Skill) << ShiftBits) | LevelStrengths.Shift(ask.Level)));
        }

        _asks = [.. asks];
    }

    public DemandProfile[] Demands { get; }

    public (int From, int To) Full(OccupationId occupation) => Between(occupation.Full, 1);

    public (int From, int To) Minor(OccupationId occupation) => occupation.Minor < 0 ? default : Between(occupation.Minor * CodeBase, CodeBase);

    public (int From, int To) Middle(OccupationId occupation) => occupation.Middle < 0 ? default : Between(occupation.Middle * CodeBase * CodeBase, CodeBase * CodeBase);

    /// <summary>The exact key, 0 for what must not be listed.</summary>
    public long Key(ScoreWeights weights, int document, in GraduateFacts graduate, AnswerTable answers)
    {
        ref readonly var row = ref _rows[document];
        ref readonly var demand = ref row.Facts;
        if (HardRequirements.Verdict(demand, graduate) is Verdict.Fail)
        {
            return 0;
        }

        ReadOnlySpan<int> asks = _asks.AsSpan(_start[document], demand.MustCount + demand.NiceCount);
        return RankKey.Of(PairScorer.Score(weights, demand, graduate, Sum(asks[..demand.MustCount], answers), Sum(asks[demand.MustCount..], answers)), demand.Priority, row.Rank);
    }

    /// <summary>Has what <see cref="Key"/> reads of a document fetched.</summary>
    public void Fetch(int document)
    {
        Prefetch.TwoLines(in _rows[document]);
        Prefetch.TwoLines(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_asks), _start[document]));
    }

    public Tombstones Bury(IEnumerable<long> ids) => Tombstones.Of(_ids, ids);

    public bool IsGone(int document, Tombstones gone) => gone.Cover(_rows[document].Rank);

    /// <summary>Demands that ask for too much to be summed in 16 bits (hundreds of skills) are scored one by one.</summary>
    public void OfferOversized(TopKeys top, ScoreWeights weights, Candidate candidate, Tombstones gone)
    {
        foreach (var demand in _oversized)
        {
            if (RankOf(demand) is var rank && !gone.Cover(rank))
            {
                top.Offer(RankKey.Of(PairScorer.Score(weights, demand, candidate), demand.Priority, rank));
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

    private static int Sum(ReadOnlySpan<int> asks, AnswerTable answers)
    {
        var sum = 0;
        foreach (var ask in asks)
        {
            sum += answers.At(ask >> ShiftBits, ask & ((1 << ShiftBits) - 1));
        }

        return sum;
    }

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
internal readonly struct DemandFinisher(ScoreWeights weights, DemandDocuments documents, DemandQuery query, SkillNumbers numbers, AnswerTable table, Tombstones gone) : IFinisher
{
    public long Key(int document, int reached)
    {
        table.Spread(query.Answers, numbers);
        return documents.IsGone(document, gone) ? 0 : documents.Key(weights, document, query.Candidate.Facts, table);
    }

    public void Fetch(int document) => documents.Fetch(document);
}

/// <summary>What finishing reads of a demand beside its asks, in one piece of memory.</summary>
internal readonly struct DemandRow(DemandProfile demand, int rank)
{
    /// <summary>All but its skills.</summary>
    public readonly DemandFacts Facts = demand;

    /// <summary>Its id's place among all.</summary>
    public readonly int Rank = rank;
}
