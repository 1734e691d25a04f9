using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// What a graduate asks of the blocks of demands: his occupations and major as floors, his skills and their families as lists, his wishes as classes, all in units that never say less than the
/// points they stand for. Immutable but for a memo of tables, so threads share it.
/// </summary>
internal sealed class DemandAsking(UnitScale scale, DemandDocuments documents, SkillNumbers numbers, Terms terms, SkillFamilies families, Bands wages, Prefectures places)
{
    private readonly ushort[] _certificates = [0, .. Enumerable.Range(1, byte.MaxValue).Select(scale.Certificate)];
    private readonly ConcurrentDictionary<(LevelStrengths, int), ushort[]> _tables = new();

    /// <summary>The class of what an equal place gives beyond its prefecture. Places share one, which makes the bound of some too high.</summary>
    public static byte PlaceClass(RegionId place) => (byte)((uint)place.Code % Block.Classes);

    /// <summary>Makes the query what the candidate asks of the blocks.</summary>
    /// <exception cref="ArgumentException">His skills are related by another graph.</exception>
    public void Ask(Candidate candidate, int k, DemandQuery query, Block[] blocks, Scratch scratch)
    {
        if (!ReferenceEquals(candidate.Graph, numbers.Graph))
        {
            throw new ArgumentException("The candidate's skills are related by another graph than the index's.", nameof(candidate));
        }

        query.Candidate = candidate;
        scratch.Held.Clear();
        foreach (var held in candidate.Profile.Skills)
        {
            if (numbers.TryFind(held.Skill, out var number))
            {
                scratch.Held.Add(new(number, held));
            }
        }

        query.Answers.Make(CollectionsMarshal.AsSpan(scratch.Held), numbers, scratch.Answers);
        query.Block.Begin(k, scale.PerPoint, mustShareTerm: false);
        AskOccupations(candidate.Facts, query.Block);
        AskSkills(query);
        AskHeld(candidate.Facts, query.Block);
        AskColumns(candidate.Facts, query.Block);
        query.FindHome(blocks);
        query.BeginPasses(Verdicts.Meeting(Verdicts.Unsaid(candidate.Facts)));
    }

    // The better of occupation and major: floors in ascending order.
    private void AskOccupations(in GraduateFacts graduate, BlockQuery query)
    {
        Floors(4, graduate.Occupations, documents.Middle);
        if (graduate.Major is { } major && terms.FindMajorClass(major) is { } majorClass)
        {
            query.AddFloor(majorClass, scale.Of(Components.OfTenths(scale.Weights.Occupation, 5)));
        }

        Floors(7, graduate.Occupations, documents.Minor);
        Floors(10, graduate.Occupations, documents.Full);
        if (graduate.Major is { } same && terms.FindMajor(same) is { } term)
        {
            query.AddFloor(term, scale.Of(Components.OfTenths(scale.Weights.Occupation, 10)));
        }

        void Floors(int tenths, ReadOnlySpan<OccupationId> occupations, Func<OccupationId, (int From, int To)> range)
        {
            foreach (var occupation in occupations)
            {
                var (from, to) = range(occupation);
                if (from < to)
                {
                    query.AddFloor(from, to, scale.Of(Components.OfTenths(scale.Weights.Occupation, tenths)));
                }
            }
        }
    }

    // A family counts as much as his best answer to a sibling, and what he has himself counts beyond that.
    private void AskSkills(DemandQuery query)
    {
        foreach (var family in query.Answers.Families)
        {
            query.Block.AddLinear(numbers.Count + family.Number, families.Weight(family.Strengths.Most));
        }

        foreach (var skill in query.Answers.Skills)
        {
            if (skill.Strengths.Most > skill.Given)
            {
                query.Block.Add(skill.Number, _tables.GetOrAdd((skill.Strengths, skill.Given), (key, units) => AskCodes.Table(units, key.Item1, key.Item2), scale));
            }
        }
    }

    private void AskHeld(in GraduateFacts graduate, BlockQuery query)
    {
        foreach (var certificate in graduate.Certificates.Distinct())
        {
            if (terms.Find(TermKind.Certificate, certificate) is { } term)
            {
                query.Add(term, _certificates);
            }
        }

        foreach (var company in graduate.OrderClassCompanies.Distinct())
        {
            if (terms.Find(TermKind.Company, company) is { } term)
            {
                query.AddLinear(term, scale.Of(scale.Weights.OrderClass));
            }
        }
    }

    private void AskColumns(in GraduateFacts graduate, BlockQuery query)
    {
        Span<ushort> units = stackalloc ushort[Block.Classes];
        units.Clear();
        if (graduate.WageWish is { } wish)
        {
            wages.Fill(units, (_, highest) => scale.Of(Components.Wage(scale.Weights, highest, wish)));
        }

        query.AddColumn(units);
        var (place, prefecture, province) = (Region(10), Region(7), Region(4));
        units.Fill(graduate.AnyRegion ? prefecture : (ushort)0);
        foreach (var region in graduate.Regions)
        {
            places.Raise(units, region, prefecture, province);
        }

        query.AddColumn(units);
        units.Clear();
        foreach (var region in graduate.Regions)
        {
            units[PlaceClass(region)] = (ushort)(place - prefecture);
        }

        query.AddColumn(units);
        units.Fill(graduate.EducationRank is null ? (ushort)0 : scale.Of(scale.Weights.Education));
        units[0] = 0;
        query.AddColumn(units, graduate.EducationRank is { } rank ? Educations.AskingMoreThan(rank) : 0);
        query.Rest = scale.Rounding;

        ushort Region(int tenths) => scale.Of(Components.OfTenths(scale.Weights.Region, tenths));
    }
}
