using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The open demands of a consortium, to be searched by graduate. Documents are the demands in the order of their occupations, so that a graduate's own occupations are a few ranges.
/// Immutable but for a memo of tables, so threads share it; each brings its own <see cref="Scratch"/>. Design and costs: README.md of this folder.
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
    private readonly Bands _wages;
    private readonly Prefectures _places;
    private readonly SkillFamilies _families;
    private readonly ushort[] _certificates;
    private readonly ConcurrentDictionary<(LevelStrengths, int), ushort[]> _tables = new();

    /// <param name="weights">What scores are made of.</param>
    /// <param name="demands">All of them; those without seats are counted only.</param>
    /// <param name="graph">The graph of the candidates.</param>
    public DemandIndex(ScoreWeights weights, IEnumerable<DemandProfile> demands, SkillGraph graph)
    {
        _scale = new(weights);
        _certificates = [0, .. Enumerable.Range(1, byte.MaxValue).Select(_scale.Certificate)];
        DemandProfile[] all = [.. demands.Select(demand => demand.Create())];
        Count = all.Length;
        var seats = all.Where(demand => demand.HasSeats).ToArray();
        _wages = new(seats.Select(demand => demand.WageMax));
        _places = new(seats.Select(demand => demand.Region));
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
                [.. _documents.Demands.Select(demand => _wages.Of(demand.WageMax))], [.. _documents.Demands.Select(demand => _places.Of(demand.Region))],
                [.. _documents.Demands.Select(demand => PlaceClass(demand.Region))], [.. _documents.Demands.Select(demand => Educations.Of(demand.EducationRank))],
                [.. _documents.Demands.Select(demand => Verdicts.Asked(demand))],
            ],
            []);
        var linear = new bool[_terms.Count];
        linear.AsSpan(_numbers.Count, _numbers.Families).Fill(true);
        _blocks = BlockBuilder.Build(_terms.Count, [0], entries, linear);
        _terms.Close();
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
            Ask(candidates[i], k, queries[i], scratch);
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

    private void Ask(Candidate candidate, int k, DemandQuery query, Scratch scratch)
    {
        if (!ReferenceEquals(candidate.Graph, _numbers.Graph))
        {
            throw new ArgumentException("The candidate's skills are related by another graph than the index's.", nameof(candidate));
        }

        query.Candidate = candidate;
        scratch.Held.Clear();
        foreach (var held in candidate.Profile.Skills)
        {
            if (_numbers.TryFind(held.Skill, out var number))
            {
                scratch.Held.Add(new(number, held));
            }
        }

        query.Answers.Make(CollectionsMarshal.AsSpan(scratch.Held), _numbers, scratch.Answers);
        query.Block.Begin(k, _scale.PerPoint, mustShareTerm: false);
        AskOccupations(candidate.Facts, query.Block);
        AskSkills(query);
        AskHeld(candidate.Facts, query.Block);
        AskColumns(candidate.Facts, query.Block);
        query.FindHome(_blocks);
        query.BeginPasses(Verdicts.Meeting(Verdicts.Unsaid(candidate.Facts)));
    }

    // What an equal place gives beyond its prefecture. Places share a class, which makes the bound of some too high.
    private static byte PlaceClass(RegionId place) => (byte)((uint)place.Code % Block.Classes);

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

    // The better of occupation and major: floors in ascending order.
    private void AskOccupations(in GraduateFacts graduate, BlockQuery query)
    {
        Floors(4, graduate.Occupations, _documents.Middle);
        if (graduate.Major is { } major && _terms.FindMajorClass(major) is { } majorClass)
        {
            query.AddFloor(majorClass, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, 5)));
        }

        Floors(7, graduate.Occupations, _documents.Minor);
        Floors(10, graduate.Occupations, _documents.Full);
        if (graduate.Major is { } same && _terms.FindMajor(same) is { } term)
        {
            query.AddFloor(term, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, 10)));
        }

        void Floors(int tenths, ReadOnlySpan<OccupationId> occupations, Func<OccupationId, (int From, int To)> range)
        {
            foreach (var occupation in occupations)
            {
                var (from, to) = range(occupation);
                if (from < to)
                {
                    query.AddFloor(from, to, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, tenths)));
                }
            }
        }
    }

    // A family counts as much as his best answer to a sibling, and what he has himself counts beyond that.
    private void AskSkills(DemandQuery query)
    {
        foreach (var family in query.Answers.Families)
        {
            query.Block.AddLinear(_numbers.Count + family.Number, _families.Weight(family.Strengths.Most));
        }

        foreach (var skill in query.Answers.Skills)
        {
            if (skill.Strengths.Most > skill.Given)
            {
                query.Block.Add(skill.Number, _tables.GetOrAdd((skill.Strengths, skill.Given), (key, scale) => AskCodes.Table(scale, key.Item1, key.Item2), _scale));
            }
        }
    }

    private void AskHeld(in GraduateFacts graduate, BlockQuery query)
    {
        foreach (var certificate in graduate.Certificates.Distinct())
        {
            if (_terms.Find(TermKind.Certificate, certificate) is { } term)
            {
                query.Add(term, _certificates);
            }
        }

        foreach (var company in graduate.OrderClassCompanies.Distinct())
        {
            if (_terms.Find(TermKind.Company, company) is { } term)
            {
                query.AddLinear(term, _scale.Of(_scale.Weights.OrderClass));
            }
        }
    }

    private void AskColumns(in GraduateFacts graduate, BlockQuery query)
    {
        Span<ushort> units = stackalloc ushort[Block.Classes];
        units.Clear();
        if (graduate.WageWish is { } wish)
        {
            _wages.Fill(units, (_, highest) => _scale.Of(Components.Wage(_scale.Weights, highest, wish)));
        }

        query.AddColumn(units);
        var (place, prefecture, province) = (Region(10), Region(7), Region(4));
        units.Fill(graduate.AnyRegion ? prefecture : (ushort)0);
        foreach (var region in graduate.Regions)
        {
            _places.Raise(units, region, prefecture, province);
        }

        query.AddColumn(units);
        units.Clear();
        foreach (var region in graduate.Regions)
        {
            units[PlaceClass(region)] = (ushort)(place - prefecture);
        }

        query.AddColumn(units);
        units.Fill(graduate.EducationRank is null ? (ushort)0 : _scale.Of(_scale.Weights.Education));
        units[0] = 0;
        query.AddColumn(units, graduate.EducationRank is { } rank ? Educations.AskingMoreThan(rank) : 0);
        query.Rest = _scale.Rounding;

        ushort Region(int tenths) => _scale.Of(Components.OfTenths(_scale.Weights.Region, tenths));
    }
}
