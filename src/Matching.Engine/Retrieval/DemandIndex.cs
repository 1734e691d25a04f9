using System.Collections.Concurrent;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The open demands of a consortium, to be searched by graduate. Documents are the demands in the order of their occupations, so that a graduate's own occupations are a few ranges
/// ("home") and stand in few blocks, which are searched first: what must be beaten elsewhere is found there.
/// Immutable but for a memo of tables, so threads share it; each brings its own <see cref="Scratch"/>. Design and costs: README.md of this folder.
/// </summary>
public sealed class DemandIndex : ISearched<Candidate>
{
    private readonly UnitScale _scale;
    private readonly DemandDocuments _documents;
    private readonly Terms _terms = new();
    private readonly Block[] _blocks;
    private readonly Bands _wages;
    private readonly Prefectures _places;
    private readonly ConcurrentDictionary<long, ushort[]> _tables = new();
    private readonly ushort[] _certificates;
    private readonly ushort[] _orderClass;

    public DemandIndex(ScoreWeights weights, IEnumerable<DemandProfile> demands)
    {
        _scale = new(weights);
        _certificates = [0, .. Enumerable.Range(1, byte.MaxValue).Select(_scale.Certificate)];
        _orderClass = [.. Enumerable.Repeat(_scale.Of(weights.OrderClass), 256)];
        DemandProfile[] all = [.. demands.Select(demand => demand.Create())];
        Count = all.Length;
        var seats = all.Where(demand => demand.HasSeats).ToArray();
        _wages = new(seats.Select(demand => demand.WageMax));
        _places = new(seats.Select(demand => demand.Region));
        _documents = new(_scale, seats);
        foreach (var demand in _documents.Demands)
        {
            Post(demand);
        }

        _documents.Flatten(_terms);
        var entries = _terms.Entries(
            [.. _documents.Demands.Select(demand => _wages.Of(demand.WageMax))], [.. _documents.Demands.Select(demand => _places.Of(demand.Region))],
            [.. _documents.Demands.Select(demand => Educations.Of(demand.EducationRank))]);
        _blocks = BlockBuilder.Build(_terms.Count, [0], entries, linear: false);
    }

    public int Count { get; }

    /// <summary>The best demands of a graduate, exactly those of <see cref="ExhaustiveMatcher"/>.</summary>
    public RankedMatch[] Search(Candidate candidate, int k, Scratch scratch) => Search(candidate, k, scratch, Tombstones.None);

    Tombstones ISearched<Candidate>.Bury(IEnumerable<long> ids) => _documents.Bury(ids);

    RankedMatch[] ISearched<Candidate>.Search(Candidate query, int k, Scratch scratch, Tombstones gone) => Search(query, k, scratch, gone);

    private RankedMatch[] Search(Candidate candidate, int k, Scratch scratch, Tombstones gone)
    {
        var query = scratch.Query;
        query.Begin(k, _scale.PerPoint, mustShareTerm: false);
        AskOccupations(candidate.Profile, query);
        var strengths = scratch.Strengths(_terms.Count * SkillStrengths.Levels);
        AskSkills(candidate, query, strengths);
        AskHeld(candidate.Profile, query);
        AskColumns(candidate.Profile, query);

        var finisher = new DemandFinisher(_scale.Weights, _documents, candidate, strengths, gone);
        foreach (var home in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var block in _blocks)
            {
                if (home == query.IsAtHome(block))
                {
                    scratch.Search.Visit(block, block.Count, 0, query, ref finisher);
                }
            }
        }

        _documents.OfferOversized(query.Top, _scale.Weights, candidate, gone);
        foreach (var skill in candidate.Strengths.All.Keys)
        {
            if (_terms.Find(TermKind.Skill, skill) is { } term)
            {
                strengths.AsSpan(term * SkillStrengths.Levels, SkillStrengths.Levels).Clear();
            }
        }

        return _documents.ToMatches(query.Top.BestFirst());
    }

    private void Post(DemandProfile demand)
    {
        foreach (var (asks, must) in ((IReadOnlyList<SkillAsk>, bool)[])[(demand.Must, true), (demand.Nice, false)])
        {
            foreach (var ask in asks)
            {
                _terms.Post(TermKind.Skill, ask.Skill, AskCodes.Of(must, asks.Count, ask.Level));
            }
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
    private void AskOccupations(GraduateProfile graduate, BlockQuery query)
    {
        Floors(4, occupation => _documents.Middle(occupation));
        if (graduate.Major is { } major && _terms.FindMajorClass(major) is { } majorClass)
        {
            query.AddFloor(majorClass, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, 5)));
        }

        Floors(7, occupation => _documents.Minor(occupation));
        Floors(10, occupation => _documents.Full(occupation));
        if (graduate.Major is { } same && _terms.FindMajor(same) is { } term)
        {
            query.AddFloor(term, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, 10)));
        }


        void Floors(int tenths, Func<OccupationId, (int From, int To)> range)
        {
            foreach (var occupation in graduate.Occupations)
            {
                var (from, to) = range(occupation);
                if (from < to)
                {
                    query.AddFloor(from, to, _scale.Of(Components.OfTenths(_scale.Weights.Occupation, tenths)));
                    query.Home.Add((from, to));
                }
            }
        }
    }

    private void AskSkills(Candidate candidate, BlockQuery query, short[] strengths)
    {
        foreach (var (skill, answer) in candidate.Strengths.All)
        {
            if (_terms.Find(TermKind.Skill, skill) is { } term)
            {
                answer.CopyTo(strengths.AsSpan(term * SkillStrengths.Levels));
                query.Add(term, _tables.GetOrAdd(StrengthCodes.Key(answer), (_, own) => AskCodes.Table(_scale, own), answer));
            }
        }
    }

    private void AskHeld(GraduateProfile graduate, BlockQuery query)
    {
        foreach (var certificate in graduate.Certificates)
        {
            if (_terms.Find(TermKind.Certificate, certificate) is { } term)
            {
                query.Add(term, _certificates);
            }
        }

        foreach (var company in graduate.OrderClassCompanies)
        {
            if (_terms.Find(TermKind.Company, company) is { } term)
            {
                query.Add(term, _orderClass);
            }
        }
    }

    private void AskColumns(GraduateProfile graduate, BlockQuery query)
    {
        var weights = _scale.Weights;
        Span<ushort> units = stackalloc ushort[Block.Classes];
        units.Clear();
        if (graduate.WageWish is { } wish)
        {
            _wages.Fill(units, (_, highest) => _scale.Of(Components.Wage(weights, highest, wish)));
        }

        query.AddColumn(units);
        units.Fill(graduate.AnyRegion ? _scale.Of(Components.OfTenths(weights.Region, 7)) : (ushort)0);
        foreach (var region in graduate.Regions)
        {
            _places.Raise(units, region, tenths => _scale.Of(Components.OfTenths(weights.Region, tenths)));
        }

        query.AddColumn(units);
        units.Fill(graduate.EducationRank is null ? (ushort)0 : _scale.Of(weights.Education));
        units[0] = 0;
        query.AddColumn(units, graduate.EducationRank is { } rank ? Educations.AskingMoreThan(rank) : 0);
        query.Rest = _scale.Rounding;
    }
}
