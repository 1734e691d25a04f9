using System.Collections.Concurrent;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The graduates of a consortium, to be searched by demand: the mirror of <see cref="DemandIndex"/> over the same blocks. Relations of skills are expanded once, here,
/// so a posting's code tells how well the graduate answers the skill at every level. A graduate may have several occupations and places, so nearness is a list or a class, not a range.
/// </summary>
public sealed class GraduateIndex : ISearched<DemandProfile>
{
    // So many are taken through a block together.
    private const int MostTogether = 64;

    private readonly UnitScale _scale;
    private readonly GraduateDocuments _documents;
    private readonly SkillNumbers _numbers;
    private readonly Terms _terms;
    private readonly StrengthCodes _codes;
    private readonly Bands _wages;
    private readonly PlaceSets _places = new();
    private readonly Block[] _blocks;
    private readonly ConcurrentDictionary<(bool, int, int), ushort[]> _tables = new();

    /// <param name="weights">What scores are made of.</param>
    /// <param name="candidates">All of them, of one graph; read once and not kept.</param>
    /// <exception cref="ArgumentException">Their skills are related by different graphs.</exception>
    public GraduateIndex(ScoreWeights weights, IEnumerable<Candidate> candidates)
        : this(weights, Read(candidates))
    {
    }

    internal GraduateIndex(ScoreWeights weights, GraduateRows rows)
    {
        _scale = new(weights);
        _documents = new(rows);
        _numbers = _documents.Numbers;
        _terms = new(_numbers.Count);
        _wages = new(_documents.WageWishes);
        var answers = new AnsweredSkills(_documents);
        _codes = answers.Codes();
        // A block's terms are a table by number, so all are numbered before the first is built.
        for (var i = 0; i < Count; i++)
        {
            PostFacts(_documents.Facts(i));
            _terms.Forget();
        }

        _blocks = new Block[(Count + Block.Size - 1) / Block.Size];
        var (columns, linear) = (Enumerable.Range(0, 3).Select(_ => new byte[Math.Min(Count, Block.Size)]).ToArray(), new bool[_terms.Count]);
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = Build(i * Block.Size, answers, columns, linear);
        }

        _terms.Close();
    }

    public int Count => _documents.Count;

    /// <summary>The best graduates of a demand, exactly those of <see cref="ExhaustiveMatcher"/>.</summary>
    public RankedMatch[] Search(DemandProfile demand, int k, Scratch scratch) => Search(demand, k, scratch, Tombstones.None);

    /// <summary>The same for many, in their order: each block is searched for dozens of them while it is in the cache. Best in the order of their occupations.</summary>
    public RankedMatch[][] SearchAll(ReadOnlySpan<DemandProfile> demands, int k, Scratch scratch)
    {
        var lists = new RankedMatch[demands.Length][];
        for (var from = 0; from < lists.Length; from += MostTogether)
        {
            var count = Math.Min(MostTogether, lists.Length - from);
            Search(demands.Slice(from, count), k, scratch, Tombstones.None, lists.AsSpan(from, count));
        }

        return lists;
    }

    Tombstones ISearched<DemandProfile>.Bury(IEnumerable<long> ids) => _documents.Bury(ids);

    RankedMatch[] ISearched<DemandProfile>.Search(DemandProfile query, int k, Scratch scratch, Tombstones gone) => Search(query, k, scratch, gone);

    private static GraduateRows Read(IEnumerable<Candidate> candidates)
    {
        GraduateRows? rows = null;
        foreach (var candidate in candidates)
        {
            rows ??= new(candidate.Graph);
            if (!ReferenceEquals(rows.Graph, candidate.Graph))
            {
                throw new ArgumentException("The candidates' skills are related by different graphs.", nameof(candidates));
            }

            rows.Add(candidate.Profile);
        }

        return rows ?? new(SkillGraph.Empty);
    }

    private RankedMatch[] Search(DemandProfile demand, int k, Scratch scratch, Tombstones gone)
    {
        var list = Array.Empty<RankedMatch>();
        Search(new(in demand), k, scratch, gone, new(ref list));
        return list;
    }

    private void Search(ReadOnlySpan<DemandProfile> demands, int k, Scratch scratch, Tombstones gone, Span<RankedMatch[]> lists)
    {
        var queries = scratch.GraduateQueries(demands.Length);
        for (var i = 0; i < demands.Length; i++)
        {
            Ask(demands[i], k, queries[i]);
        }

        Visit(queries, scratch, gone);
        foreach (var query in queries)
        {
            query.EndFirstPass();
        }

        Visit(queries, scratch, gone);
        for (var i = 0; i < demands.Length; i++)
        {
            lists[i] = demands[i].HasSeats ? _documents.ToMatches(queries[i].Block.Top.BestFirst()) : [];
        }

        scratch.Asks.Clear();
    }

    private void Visit(ReadOnlySpan<GraduateQuery> queries, Scratch scratch, Tombstones gone)
    {
        foreach (var block in _blocks)
        {
            for (var i = 0; i < queries.Length; i++)
            {
                var query = queries[i];
                if (query.IsDone)
                {
                    continue;
                }

                var finisher = new GraduateFinisher(_scale.Weights, _documents, query, scratch.Asks, gone);
                if (query.IsOversized)
                {
                    FinishAll(block, query.Block.Top, finisher);
                }
                else
                {
                    scratch.Search.Visit(block, block.Count, 0, query.Block, i + 1 < queries.Length ? (block, queries[i + 1].Block) : null, ref finisher);
                }
            }
        }
    }

    // What asks for too much to be summed in 16 bits.
    private static void FinishAll(Block block, TopKeys top, GraduateFinisher finisher)
    {
        for (var i = block.First; i < block.First + block.Count; i++)
        {
            top.Offer(finisher.Key(i, 0));
        }
    }

    // Columns and entries lie in memory that the next block uses again: the block has its own.
    private Block Build(int first, AnsweredSkills answers, byte[][] columns, bool[] linear)
    {
        var graduates = _documents.Facts(first, Math.Min(Block.Size, Count - first));
        for (var i = 0; i < graduates.Length; i++)
        {
            ref readonly var graduate = ref graduates[i];
            var (strengths, code) = (default(LevelStrengths), (byte)0);
            foreach (ref readonly var answer in answers.Of(first + i))
            {
                // Those of a family follow one another and are as strong.
                (strengths, code) = code > 0 && answer.Strengths == strengths ? (strengths, code) : (answer.Strengths, _codes.Of(answer.Strengths));
                _terms.Post(answer.Number, code);
            }

            PostFacts(graduate);
            (columns[0][i], columns[1][i], columns[2][i]) = (_wages.Of(graduate.WageWish), Educations.Of(graduate.EducationRank), Verdicts.Unsaid(graduate));
        }

        return BlockBuilder.Build(_terms.Count, [0], _terms.TakeEntries(first, columns, _places.Of(graduates)), linear)[0];
    }

    private void PostFacts(in GraduateFacts graduate)
    {
        foreach (var certificate in graduate.Certificates)
        {
            _terms.Post(TermKind.Certificate, certificate, 1);
        }

        foreach (var company in graduate.OrderClassCompanies)
        {
            _terms.Post(TermKind.Company, company, 1);
        }

        foreach (var place in graduate.Regions)
        {
            _terms.Post(TermKind.Place, place.Code, 1);
        }

        _terms.Occupations(graduate.Occupations);
        if (graduate.Major is { } major)
        {
            _terms.Major(major);
        }

        _terms.EndDocument();
    }

    private void Ask(DemandProfile demand, int k, GraduateQuery query)
    {
        demand = demand.Create();
        var block = query.Block;
        block.Begin(k, _scale.PerPoint, mustShareTerm: false);
        query.Asks.Make(demand, _numbers);
        query.Begin(demand, AskCodes.Most(_scale, demand) > UnitScale.Most);
        if (query.IsOversized || query.IsDone)
        {
            return;
        }

        AskOccupation(demand, block);
        foreach (var (asks, must) in ((IReadOnlyList<SkillAsk>, bool)[])[(demand.Must, true), (demand.Nice, false)])
        {
            foreach (var ask in asks)
            {
                if (_numbers.TryFind(ask.Skill, out var number))
                {
                    block.Add(number, _tables.GetOrAdd((must, asks.Count, ask.Level), key => _codes.Table(_scale, key.Item1, key.Item2, key.Item3)));
                }
            }
        }

        Held(TermKind.Company, demand.CompanyId, _scale.Of(_scale.Weights.OrderClass));
        foreach (var ask in demand.Certificates)
        {
            Held(TermKind.Certificate, ask.Certificate, _scale.Certificate(demand.Certificates.Count));
        }

        var region = _scale.Weights.Region;
        Held(TermKind.Place, demand.Region.Code, (ushort)(_scale.Of(Components.OfTenths(region, 10)) - _scale.Of(Components.OfTenths(region, 7))));
        _places.Ask(query.Facts, _scale, block);
        AskColumns(demand, block);
        query.BeginPasses(Verdicts.Meeting(Verdicts.Asked(query.Facts)));

        void Held(TermKind kind, long value, ushort units)
        {
            if (_terms.Find(kind, value) is { } term)
            {
                block.AddLinear(term, units);
            }
        }
    }

    // The better of occupation and major: floors in ascending order.
    private void AskOccupation(DemandProfile demand, BlockQuery query)
    {
        Floor(4, demand.Occupation is { Middle: >= 0 } wanted ? _terms.Find(TermKind.OccupationMiddle, wanted.Middle) : null);
        foreach (var major in demand.Majors)
        {
            Floor(5, _terms.FindMajorClass(major));
        }

        Floor(7, demand.Occupation is { Minor: >= 0 } near ? _terms.Find(TermKind.OccupationMinor, near.Minor) : null);
        Floor(10, demand.Occupation is { } equal ? _terms.Find(TermKind.Occupation, equal.Full) : null);
        foreach (var major in demand.Majors)
        {
            Floor(10, _terms.FindMajor(major));
        }

        void Floor(int tenths, int? term)
        {
            if (term is { } known)
            {
                query.AddFloor(known, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, tenths)));
            }
        }
    }

    private void AskColumns(DemandProfile demand, BlockQuery query)
    {
        var weights = _scale.Weights;
        Span<ushort> units = stackalloc ushort[Block.Classes];
        units.Clear();
        if (demand.WageMax is { } offered)
        {
            _wages.Fill(units, (lowest, _) => _scale.Of(Components.Wage(weights, offered, lowest)));
        }

        query.AddColumn(units);
        units.Fill(demand.EducationRank is null ? (ushort)0 : _scale.Of(weights.Education));
        units[0] = 0;
        query.AddColumn(units, demand.EducationRank is { } rank ? Educations.ReachingLessThan(rank) : 0);
        query.Rest = _scale.Rounding;
    }
}
