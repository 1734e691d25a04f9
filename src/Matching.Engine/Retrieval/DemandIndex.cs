using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The open demands of a consortium, to be searched by graduate. Documents are the demands in the order of their occupations, so that a graduate's own occupations are a few ranges.
/// Never changed once built, so threads share it; each brings its own <see cref="Scratch"/>. Design and costs: README.md of this folder.
/// </summary>
public sealed class DemandIndex : ISearched<Candidate>
{
    // So many are taken through a block together: their queries stay in the cache as the block does.
    private const int MostTogether = 256;

    private readonly UnitScale _scale;
    private readonly DemandDocuments _documents;
    private readonly SkillNumbers _numbers;
    private readonly Terms _terms;
    private readonly Block[] _blocks;
    private readonly DemandAsking _asking;
    private readonly SkillFamilies _families;

    /// <param name="weights">What scores are made of.</param>
    /// <param name="demands">All of them; those without seats are counted only.</param>
    /// <param name="graph">The graph of the candidates.</param>
    public DemandIndex(ScoreWeights weights, IEnumerable<DemandProfile> demands, SkillGraph graph)
    {
        _scale = new(weights);
        DemandProfile[] all = [.. demands.Select(demand => demand.Create())];
        Count = all.Length;
        var seats = all.Where(demand => demand.HasSeats).ToArray();
        var wages = new Bands(seats.Select(demand => demand.WageMax));
        var places = new Prefectures(seats.Select(demand => demand.Region));
        _numbers = new(graph, seats.SelectMany(demand => demand.Must.Concat(demand.Nice)).Select(ask => ask.Skill));
        _families = new(_scale, _numbers, seats);
        _documents = new(_scale, _numbers, _families, seats);
        _terms = new(_numbers.Count + _numbers.Families);
        foreach (var demand in _documents.Demands)
        {
            Post(demand);
        }

        var entries = _terms.TakeEntries(
            0,
            [
                [.. _documents.Demands.Select(demand => wages.Of(demand.WageMax))], [.. _documents.Demands.Select(demand => places.Of(demand.Region))],
                [.. _documents.Demands.Select(demand => DemandAsking.PlaceClass(demand.Region))], [.. _documents.Demands.Select(demand => Educations.Of(demand.EducationRank))],
                [.. _documents.Demands.Select(demand => Verdicts.Asked(demand))],
            ],
            []);
        var linear = new bool[_terms.Count];
        linear.AsSpan(_numbers.Count, _numbers.Families).Fill(true);
        _blocks = BlockBuilder.Build(_terms.Count, [0], entries, linear);
        _terms.Close();
        _asking = new(_scale, _documents, _numbers, _terms, _families, wages, places);
    }

    public int Count { get; }

    /// <summary>The best demands of a graduate, exactly those of <see cref="ExhaustiveMatcher"/>.</summary>
    /// <exception cref="ArgumentException">His skills are related by another graph.</exception>
    public RankedMatch[] Search(Candidate candidate, int k, Scratch scratch) => Search(candidate, k, scratch, Tombstones.None);

    /// <summary>
    /// The same for many, in their order: each block is searched for hundreds of them while it is in the cache. Best in the order of their occupations, for neighbours read the same lists.
    /// </summary>
    /// <exception cref="ArgumentException">Skills of one are related by another graph.</exception>
    public RankedMatch[][] SearchAll(ReadOnlySpan<Candidate> candidates, int k, Scratch scratch)
    {
        var lists = new RankedMatch[candidates.Length][];
        for (var from = 0; from < lists.Length; from += MostTogether)
        {
            var count = Math.Min(MostTogether, lists.Length - from);
            Search(candidates.Slice(from, count), k, scratch, Tombstones.None, lists.AsSpan(from, count));
        }

        return lists;
    }

    Tombstones ISearched<Candidate>.Bury(IEnumerable<long> ids) => _documents.Bury(ids);

    RankedMatch[] ISearched<Candidate>.Search(Candidate query, int k, Scratch scratch, Tombstones gone) => Search(query, k, scratch, gone);

    private RankedMatch[] Search(Candidate candidate, int k, Scratch scratch, Tombstones gone)
    {
        var list = Array.Empty<RankedMatch>();
        Search(new(in candidate), k, scratch, gone, new(ref list));
        return list;
    }

    private void Search(ReadOnlySpan<Candidate> candidates, int k, Scratch scratch, Tombstones gone, Span<RankedMatch[]> lists)
    {
        var queries = scratch.DemandQueries(candidates.Length);
        for (var i = 0; i < queries.Length; i++)
        {
            _asking.Ask(candidates[i], k, queries[i], _blocks, scratch);
        }

        Visit(queries, scratch, gone);
        foreach (var query in queries)
        {
            query.EndFirstPass();
        }

        Visit(queries, scratch, gone);
        for (var i = 0; i < queries.Length; i++)
        {
            _documents.OfferOversized(queries[i].Block.Top, _scale.Weights, candidates[i], gone);
            lists[i] = _documents.ToMatches(queries[i].Block.Top.BestFirst());
        }

        scratch.Answers.Clear();
    }

    private void Visit(ReadOnlySpan<DemandQuery> queries, Scratch scratch, Tombstones gone)
    {
        scratch.Visits.Clear();
        Plan(queries, home: true, scratch.Visits);
        Plan(queries, home: false, scratch.Visits);
        var visits = CollectionsMarshal.AsSpan(scratch.Visits);
        for (var i = 0; i < visits.Length; i++)
        {
            var (block, query) = (_blocks[visits[i].Block], queries[visits[i].Query]);
            var finisher = new DemandFinisher(_scale.Weights, _documents, query, _numbers, scratch.Answers, gone);
            var next = i + 1 < visits.Length ? (_blocks[visits[i + 1].Block], queries[visits[i + 1].Query].Block) : ((Block, BlockQuery)?)null;
            scratch.Search.Visit(block, block.Count, 0, query.Block, next, ref finisher);
        }
    }

    // Blocks of his occupations first: what must be reached rises at once. Each block is asked by all before the next.
    private void Plan(ReadOnlySpan<DemandQuery> queries, bool home, List<(int Block, int Query)> visits)
    {
        for (var block = 0; block < _blocks.Length; block++)
        {
            for (var i = 0; i < queries.Length; i++)
            {
                if (!queries[i].IsDone && home == queries[i].IsHome(block))
                {
                    visits.Add((block, i));
                }
            }
        }
    }

    private void Post(DemandProfile demand)
    {
        foreach (var (asks, must) in ((IReadOnlyList<SkillAsk>, bool)[])[(demand.Must, true), (demand.Nice, false)])
        {
            foreach (var ask in asks)
            {
                _terms.Post(_numbers.Of(ask.Skill), AskCodes.Of(must, asks.Count, ask.Level));
            }
        }

        foreach (var (family, code) in _families.Of(demand))
        {
            _terms.Post(_numbers.Count + family, code);
        }

        foreach (var ask in demand.Certificates)
        {
            _terms.Post(TermKind.Certificate, ask.Certificate, (byte)Math.Min(demand.Certificates.Count, byte.MaxValue));
        }

        _terms.Post(TermKind.Company, demand.CompanyId, 1);
        _terms.Majors(demand.Majors);
        _terms.EndDocument();
    }
}
