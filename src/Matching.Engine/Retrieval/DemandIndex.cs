using System.Collections.Concurrent;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The open demands of a consortium, to be searched by graduate. Documents are the demands in the order of their occupations, so that a graduate's own occupations are a few ranges.
/// Immutable but for a memo of tables, so threads share it; each brings its own <see cref="Scratch"/>. Design and costs: README.md of this folder.
/// </summary>
public sealed class DemandIndex : ISearched<Candidate>
{
    private static readonly ushort[] Nothing = new ushort[Block.Classes];

    private readonly UnitScale _scale;
    private readonly DemandDocuments _documents;
    private readonly Terms _terms = new();
    private readonly Block[] _blocks;
    private readonly Bands _wages;
    private readonly Prefectures _places;
    private readonly SkillFamilies _families;
    private readonly ushort[] _certificates;
    private readonly ConcurrentDictionary<(long, int), ushort[]> _tables = new();

    /// <param name="weights">What scores are made of.</param>
    /// <param name="demands">All of them; those without seats are counted only.</param>
    /// <param name="graph">Which skills are siblings, best the graph of the candidates: it decides how fast searches are and nothing else.</param>
    public DemandIndex(ScoreWeights weights, IEnumerable<DemandProfile> demands, SkillGraph? graph = null)
    {
        _scale = new(weights);
        _certificates = [0, .. Enumerable.Range(1, byte.MaxValue).Select(_scale.Certificate)];
        DemandProfile[] all = [.. demands.Select(demand => demand.Create())];
        Count = all.Length;
        var seats = all.Where(demand => demand.HasSeats).ToArray();
        _wages = new(seats.Select(demand => demand.WageMax));
        _places = new(seats.Select(demand => demand.Region));
        _families = new(_scale, graph ?? SkillGraph.Empty, seats);
        _documents = new(_scale, _families, seats);
        foreach (var demand in _documents.Demands)
        {
            Post(demand);
        }

        _documents.Flatten(_terms);
        var entries = _terms.Entries(
            [.. _documents.Demands.Select(demand => _wages.Of(demand.WageMax))], [.. _documents.Demands.Select(demand => _places.Of(demand.Region))], [.. _documents.Demands.Select(demand => PlaceClass(demand.Region))],
            [.. _documents.Demands.Select(demand => Educations.Of(demand.EducationRank))], [.. _documents.Demands.Select(Verdicts.Asked)]);
        _blocks = BlockBuilder.Build(_terms.Count, [0], entries, _terms.Of(TermKind.Family));
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
        AskSkills(candidate, query, strengths, scratch);
        AskHeld(candidate.Profile, query);
        AskColumns(candidate.Profile, query);

        var finisher = new DemandFinisher(_scale.Weights, _documents, candidate, strengths, gone);
        if (Verdicts.Meeting(Verdicts.Unsaid(candidate.Profile)) is not 0 and var cannotPass)
        {
            query.AddColumn(Nothing, cannotPass);
            Visit(query, scratch.Search, ref finisher);
            query.DropColumn();
            query.OnlyUnknownLeft = true;
        }

        if (!RankKey.Pass(query.Top.Worst))
        {
            Visit(query, scratch.Search, ref finisher);
        }

        _documents.OfferOversized(query.Top, _scale.Weights, candidate, gone);
        foreach (var term in scratch.Answered)
        {
            strengths.AsSpan(term * SkillStrengths.Levels, SkillStrengths.Levels).Clear();
        }

        return _documents.ToMatches(query.Top.BestFirst());
    }

    // Blocks of his occupations first: what must be reached rises at once.
    private void Visit(BlockQuery query, BlockSearch search, ref DemandFinisher finisher)
    {
        foreach (var home in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var block in _blocks)
            {
                if (home == query.IsHome(block))
                {
                    search.Visit(block, block.Count, 0, query, ref finisher);
                }
            }
        }
    }

    // What an equal place gives beyond its prefecture. Places share a class, which makes the bound of some too high.
    private static byte PlaceClass(RegionId place) => (byte)((uint)place.Code % Block.Classes);

    private void Post(DemandProfile demand)
    {
        foreach (var (asks, must) in ((IReadOnlyList<SkillAsk>, bool)[])[(demand.Must, true), (demand.Nice, false)])
        {
            foreach (var ask in asks)
            {
                _terms.Post(TermKind.Skill, ask.Skill, AskCodes.Of(must, asks.Count, ask.Level));
            }
        }

        foreach (var (family, code) in _families.Of(demand))
        {
            _terms.Post(TermKind.Family, family, code);
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
                }
            }
        }
    }

    // A family counts as much as his best answer to a sibling, and what he has himself counts beyond that.
    private void AskSkills(Candidate candidate, BlockQuery query, short[] strengths, Scratch scratch)
    {
        var families = scratch.FamilyStrengths;
        families.Clear();
        scratch.Answered.Clear();
        foreach (var (skill, answer) in candidate.Strengths.All)
        {
            if (answer[0] <= SkillStrengths.Full / 2 && _families.FamilyOf(skill) is { } family)
            {
                families[family] = Math.Max(families.GetValueOrDefault(family), answer[0]);
            }
        }

        foreach (var (family, strength) in families)
        {
            if (_terms.Find(TermKind.Family, family) is { } term)
            {
                query.AddLinear(term, _families.Weight(strength));
            }
        }

        foreach (var (skill, answer) in candidate.Strengths.All)
        {
            if (_terms.Find(TermKind.Skill, skill) is { } term)
            {
                answer.CopyTo(strengths.AsSpan(term * SkillStrengths.Levels));
                scratch.Answered.Add(term);
                var given = _families.FamilyOf(skill) is { } family ? families.GetValueOrDefault(family) : 0;
                if (answer[0] > given)
                {
                    query.Add(term, _tables.GetOrAdd((StrengthCodes.Key(answer), given), (key, own) => AskCodes.Table(_scale, own, key.Item2), answer));
                }
            }
        }
    }

    private void AskHeld(GraduateProfile graduate, BlockQuery query)
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
            _places.Raise(units, region, 7, tenths => _scale.Of(Components.OfTenths(weights.Region, tenths)));
        }

        query.AddColumn(units);
        units.Clear();
        foreach (var region in graduate.Regions)
        {
            units[PlaceClass(region)] = (ushort)(_scale.Of(Components.OfTenths(weights.Region, 10)) - _scale.Of(Components.OfTenths(weights.Region, 7)));
        }

        query.AddColumn(units);
        units.Fill(graduate.EducationRank is null ? (ushort)0 : _scale.Of(weights.Education));
        units[0] = 0;
        query.AddColumn(units, graduate.EducationRank is { } rank ? Educations.AskingMoreThan(rank) : 0);
        query.Rest = _scale.Rounding;
    }
}
