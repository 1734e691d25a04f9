using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// The graduates of a consortium, to be searched by demand: the mirror of <see cref="DemandIndex"/> over the same blocks. Relations of skills are expanded once, here,
/// so a posting's code tells how well the graduate answers the skill at every level. A graduate may have several occupations and places, so nearness is a list or a class, not a range.
/// </summary>
public sealed class GraduateIndex : ISearched<DemandProfile>
{
    private const byte NoPlace = 0;
    private const byte AnyPlace = 1;

    private static readonly ushort[] Nothing = new ushort[Block.Classes];

    private readonly UnitScale _scale;
    private readonly Candidate[] _candidates;
    private readonly long[] _ids;
    private readonly int[] _rank;
    private readonly Terms _terms = new();
    private readonly StrengthCodes _codes;
    private readonly Bands _wages;
    private readonly Prefectures _places;
    private readonly Block[] _blocks;

    public GraduateIndex(ScoreWeights weights, IEnumerable<Candidate> candidates)
    {
        _scale = new(weights);
        _candidates = [.. candidates.OrderBy(candidate => candidate.Profile.Occupations.Count > 0 ? candidate.Profile.Occupations[0].Full : -1).ThenBy(candidate => candidate.Profile.Id)];
        _ids = [.. _candidates.Select(candidate => candidate.Profile.Id).Order()];
        _rank = [.. _candidates.Select(candidate => Array.BinarySearch(_ids, candidate.Profile.Id))];
        _codes = new(_candidates.SelectMany(candidate => candidate.Strengths.All.Values));
        _wages = new(_candidates.Select(candidate => candidate.Profile.WageWish));
        _places = new(_candidates.SelectMany(candidate => candidate.Profile.Regions));
        foreach (var candidate in _candidates)
        {
            Post(candidate);
        }

        var entries = _terms.Entries(
            [.. _candidates.Select(candidate => _wages.Of(candidate.Profile.WageWish))], [.. _candidates.Select(candidate => PlaceOf(candidate.Profile))],
            [.. _candidates.Select(candidate => Educations.Of(candidate.Profile.EducationRank))], [.. _candidates.Select(candidate => Verdicts.Unsaid(candidate.Profile))]);
        _blocks = BlockBuilder.Build(_terms.Count, [0], entries, new bool[_terms.Count]);
    }

    public int Count => _candidates.Length;

    /// <summary>The best graduates of a demand, exactly those of <see cref="ExhaustiveMatcher"/>.</summary>
    public RankedMatch[] Search(DemandProfile demand, int k, Scratch scratch) => Search(demand, k, scratch, Tombstones.None);

    Tombstones ISearched<DemandProfile>.Bury(IEnumerable<long> ids) => Tombstones.Of(_ids, ids);

    RankedMatch[] ISearched<DemandProfile>.Search(DemandProfile query, int k, Scratch scratch, Tombstones gone) => Search(query, k, scratch, gone);

    private RankedMatch[] Search(DemandProfile demand, int k, Scratch scratch, Tombstones gone)
    {
        if (!demand.HasSeats)
        {
            return [];
        }

        demand = demand.Create();
        var query = scratch.Query;
        query.Begin(k, _scale.PerPoint, mustShareTerm: false);
        var finisher = new GraduateFinisher(_scale.Weights, _candidates, _rank, demand, gone);
        if (AskCodes.Most(_scale, demand) > UnitScale.Most)
        {
            FinishAll(query.Top, finisher);
        }
        else
        {
            Ask(demand, query);
            if (Verdicts.Meeting(Verdicts.Asked(demand)) is not 0 and var cannotPass)
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
        }

        var keys = query.Top.BestFirst();
        var matches = new RankedMatch[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            matches[i] = RankKey.ToMatch(keys[i], _ids);
        }

        return matches;
    }

    private void Visit(BlockQuery query, BlockSearch search, ref GraduateFinisher finisher)
    {
        foreach (var block in _blocks)
        {
            search.Visit(block, block.Count, 0, query, ref finisher);
        }
    }

    private void FinishAll(TopKeys top, GraduateFinisher finisher)
    {
        for (var i = 0; i < _candidates.Length; i++)
        {
            top.Offer(finisher.Key(i, 0));
        }
    }

    private void Post(Candidate candidate)
    {
        foreach (var (skill, strengths) in candidate.Strengths.All)
        {
            _terms.Post(TermKind.Skill, skill, _codes.Of(strengths));
        }

        foreach (var certificate in candidate.Profile.Certificates.Distinct())
        {
            _terms.Post(TermKind.Certificate, certificate, 1);
        }

        foreach (var company in candidate.Profile.OrderClassCompanies.Distinct())
        {
            _terms.Post(TermKind.Company, company, 1);
        }

        _terms.Occupations(candidate.Profile.Occupations);
        _terms.Majors(candidate.Profile.Major is { } major ? [major] : []);
        _terms.EndDocument();
    }

    private byte PlaceOf(GraduateProfile graduate)
    {
        var classes = graduate.Regions.Select(_places.Of).Distinct().ToArray();
        return graduate.AnyRegion ? classes.Length == 0 ? AnyPlace : Prefectures.Others
            : classes.Length == 0 ? NoPlace : classes.Length == 1 ? classes[0] : Prefectures.Others;
    }

    private void Ask(DemandProfile demand, BlockQuery query)
    {
        AskOccupation(demand, query);
        foreach (var (asks, must) in ((IReadOnlyList<SkillAsk>, bool)[])[(demand.Must, true), (demand.Nice, false)])
        {
            foreach (var ask in asks)
            {
                if (_terms.Find(TermKind.Skill, ask.Skill) is { } term)
                {
                    query.Add(term, _codes.Table(_scale, must, asks.Count, ask.Level));
                }
            }
        }

        Held(TermKind.Company, demand.CompanyId, _scale.Of(_scale.Weights.OrderClass));
        foreach (var ask in demand.Certificates)
        {
            Held(TermKind.Certificate, ask.Certificate, _scale.Certificate(demand.Certificates.Count));
        }

        AskColumns(demand, query);

        void Held(TermKind kind, long value, ushort units)
        {
            if (_terms.Find(kind, value) is { } term)
            {
                query.AddLinear(term, units);
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
        units.Clear();
        units[AnyPlace] = _scale.Of(Components.OfTenths(weights.Region, 7));
        _places.Raise(units, demand.Region, 10, tenths => _scale.Of(Components.OfTenths(weights.Region, tenths)));
        query.AddColumn(units);
        units.Fill(demand.EducationRank is null ? (ushort)0 : _scale.Of(weights.Education));
        units[0] = 0;
        query.AddColumn(units, demand.EducationRank is { } rank ? Educations.ReachingLessThan(rank) : 0);
        query.Rest = _scale.Rounding;
    }
}

/// <summary>Scores exactly what the blocks let through and is not gone.</summary>
internal readonly struct GraduateFinisher(ScoreWeights weights, Candidate[] candidates, int[] rank, DemandProfile demand, Tombstones gone) : IFinisher
{
    public long Key(int document, int reached)
    {
        if (gone.Cover(rank[document]))
        {
            return 0;
        }

        var score = PairScorer.Score(weights, demand, candidates[document]);
        return score.Verdict == Verdict.Fail || score.Points < 1 ? 0 : RankKey.Of(score.Verdict == Verdict.Pass, score.Points, false, rank[document]);
    }
}
