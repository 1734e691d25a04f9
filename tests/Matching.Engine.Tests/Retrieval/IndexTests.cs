using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Engine.Tests.Scoring;

namespace Matching.Engine.Tests.Retrieval;

public class IndexTests
{
    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    [Fact]
    public void BothIndexes_AgreeWithTheOracle_OnRandomConsortia()
    {
        var scratch = new Scratch();
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new RandomProfiles(seed);
            var demands = Enumerable.Range(1, random.Below(60)).Select(id => random.Demand(id)).ToArray();
            var candidates = Enumerable.Range(1, random.Below(60)).Select(id => random.Candidate(id)).ToArray();
            var k = 1 + random.Below(12);
            var (demandIndex, graduateIndex) = (new DemandIndex(Weights, demands, random.Graph), new GraduateIndex(Weights, candidates));

            foreach (var candidate in candidates)
            {
                Assert.Equal(ExhaustiveMatcher.TopDemands(Weights, demands, candidate, k), demandIndex.Search(candidate, k, scratch));
            }

            foreach (var demand in demands)
            {
                Assert.Equal(ExhaustiveMatcher.TopGraduates(Weights, demand, candidates, k), graduateIndex.Search(demand, k, scratch));
            }
        }
    }

    // More than one block, so that ranges, home and what is left out cross from one into the next; sixty skills and hundreds; graduates of one skill and none.
    [Fact]
    public void BothIndexes_AgreeWithTheOracle_OnManyDocuments()
    {
        var random = new RandomProfiles(77);
        var demands = Enumerable.Range(1, 36_000).Select(id => Varied(random.Demand(id), id)).ToArray();
        var candidates = Enumerable.Range(1, 20_000).Select(id => random.Candidate(id)).ToArray();
        var (demandIndex, graduateIndex) = (new DemandIndex(Weights, demands, random.Graph), new GraduateIndex(Weights, candidates));
        var scratch = new Scratch();
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(ExhaustiveMatcher.TopDemands(Weights, demands, candidates[i], 20), demandIndex.Search(candidates[i], 20, scratch));
            Assert.Equal(ExhaustiveMatcher.TopGraduates(Weights, demands[i], candidates, 20), graduateIndex.Search(demands[i], 20, scratch));
        }

        static DemandProfile Varied(DemandProfile demand, int id) => id % 50 != 0 ? demand
            : Asking(demand, id % 100 == 0 ? 60 : 700);
    }

    [Fact]
    public void Search_IsExact_WithOtherWeights()
    {
        var weights = new ScoreWeights(2, 33_33, 17_77, 11_11, 9_99, 10_01, 7_79, 6_67, 3_33);
        var scratch = new Scratch();
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new RandomProfiles(seed);
            var demands = Enumerable.Range(1, 300).Select(id => random.Demand(id)).ToArray();
            var candidates = Enumerable.Range(1, 300).Select(id => random.Candidate(id)).ToArray();
            var (demandIndex, graduateIndex) = (new DemandIndex(weights, demands, random.Graph), new GraduateIndex(weights, candidates));
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(ExhaustiveMatcher.TopDemands(weights, demands, candidates[i], 5), demandIndex.Search(candidates[i], 5, scratch));
                Assert.Equal(ExhaustiveMatcher.TopGraduates(weights, demands[i], candidates, 5), graduateIndex.Search(demands[i], 5, scratch));
            }
        }
    }

    // Whoever has said little is UNKNOWN to nearly all: both passes, with ties at the end of the list.
    [Fact]
    public void Search_IsExact_ForThoseWhoHaveSaidNothing()
    {
        var random = new RandomProfiles(5);
        var demands = Enumerable.Range(1, 20_000).Select(id => random.Demand(id)).ToArray();
        var candidates = Enumerable.Range(1, 5_000).Select(id => random.Candidate(id)).ToArray();
        var (demandIndex, graduateIndex) = (new DemandIndex(Weights, demands, random.Graph), new GraduateIndex(Weights, candidates));
        var scratch = new Scratch();
        GraduateProfile silent = new() { Id = 1 };
        GraduateProfile[] graduates =
        [
            silent, silent with { AnyRegion = true }, silent with { Skills = [new(3, Evidence.Claim, 0)] }, silent with { Skills = [new(3, Evidence.Course, 2)], EducationRank = 9 },
            silent with { Certificates = [101], EducationRank = 0 }, silent with { EducationRank = 6, Certificates = [100, 102], CertificatesComplete = true, AnyRegion = true, AvailableFrom = 0 },
        ];
        foreach (var candidate in graduates.Select(graduate => new Candidate(graduate, random.Graph)))
        {
            foreach (var k in (int[])[1, 20, 15_000])
            {
                Assert.Equal(ExhaustiveMatcher.TopDemands(Weights, demands, candidate, k), demandIndex.Search(candidate, k, scratch));
            }
        }

        DemandProfile open = new() { Id = 1, CompanyId = 1, Region = new(440306) };
        foreach (var demand in (DemandProfile[])[open, open with { EducationRank = 6, RegionBinding = true, StartsOn = 100, Certificates = [new(101, true)] }, open with { Must = [new(2, 5)] }])
        {
            Assert.Equal(ExhaustiveMatcher.TopGraduates(Weights, demand.Create(), candidates, 4_000), graduateIndex.Search(demand, 4_000, scratch));
        }
    }

    // More than are taken through the blocks together, some of them in two passes, some too large to be summed, each after others in the same memory.
    [Fact]
    public void SearchAll_FindsForEachWhatItFindsForOne()
    {
        var random = new RandomProfiles(11);
        var demands = Enumerable.Range(1, 600).Select(id => id % 50 == 0 ? Asking(random.Demand(id), 700) : random.Demand(id)).ToArray();
        var candidates = Enumerable.Range(1, 600).Select(id => random.Candidate(id)).ToArray();
        var (demandIndex, graduateIndex) = (new DemandIndex(Weights, demands, random.Graph), new GraduateIndex(Weights, candidates));
        var scratch = new Scratch();

        Assert.Equal(candidates.Select(candidate => ExhaustiveMatcher.TopDemands(Weights, demands, candidate, 5)), demandIndex.SearchAll(candidates, 5, scratch));
        Assert.Equal(demands.Select(demand => ExhaustiveMatcher.TopGraduates(Weights, demand, candidates, 5)), graduateIndex.SearchAll(demands, 5, scratch));
        Assert.Equal(demandIndex.SearchAll(candidates, 5, scratch), candidates.Select(candidate => demandIndex.Search(candidate, 5, scratch)));
        Assert.Equal(graduateIndex.SearchAll(demands, 5, scratch), demands.Select(demand => graduateIndex.Search(demand, 5, scratch)));
    }

    // Deep and wide relations, circles among them: a skill may be a part of one family and the broader one of another, and be asked and held as both.
    [Fact]
    public void BothIndexes_AgreeWithTheOracle_OnAnyGraph()
    {
        var scratch = new Scratch();
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomProfiles(seed);
            var graph = new SkillGraph(Enumerable.Range(1, 22).Where(_ => random.Below(4) > 0).ToDictionary(skill => (long)skill, _ => 1L + random.Below(24)));
            var demands = Enumerable.Range(1, 80).Select(id => random.Demand(id)).ToArray();
            var candidates = Enumerable.Range(1, 80).Select(id => new Candidate(random.Graduate(id), graph)).ToArray();

            Assert.Equal(candidates.Select(candidate => ExhaustiveMatcher.TopDemands(Weights, demands, candidate, 6)), new DemandIndex(Weights, demands, graph).SearchAll(candidates, 6, scratch));
            Assert.Equal(demands.Select(demand => ExhaustiveMatcher.TopGraduates(Weights, demand, candidates, 6)), new GraduateIndex(Weights, candidates).SearchAll(demands, 6, scratch));
        }
    }

    // The lists of families are made by one graph, so another one's strengths might exceed them.
    [Fact]
    public void Indexes_RefuseCandidatesOfAnotherGraph()
    {
        var profile = new GraduateProfile { Id = 1 };
        var (one, other) = (new Candidate(profile, SkillGraph.Empty), new Candidate(profile, new RandomProfiles(1).Graph));

        Assert.Throws<ArgumentException>(() => new DemandIndex(Weights, [], SkillGraph.Empty).Search(other, 1, new Scratch()));
        Assert.Throws<ArgumentException>(() => new GraduateIndex(Weights, [one, other]));
    }

    [Fact]
    public void Search_DoesNotDependOnTheOrderOfInput()
    {
        var random = new RandomProfiles(7);
        var demands = Enumerable.Range(1, 50).Select(id => random.Demand(id)).ToArray();
        var candidate = random.Candidate(1);

        Assert.Equal(
            PackedMatches.Pack(new DemandIndex(Weights, demands, random.Graph).Search(candidate, 10, new Scratch())),
            PackedMatches.Pack(new DemandIndex(Weights, demands.Reverse(), random.Graph).Search(candidate, 10, new Scratch())));
    }

    // More than a block of them; the builder makes one index after the other.
    [Fact]
    public void Graduates_MayComeInAnyOrder()
    {
        var random = new RandomProfiles(8);
        var graduates = Enumerable.Range(1, 18_000).Select(id => random.Graduate(id)).ToArray();
        var builder = new GraduateIndexBuilder(Weights, random.Graph);
        var inOrder = Built(graduates);
        new Random(1).Shuffle(graduates);
        var (shuffled, fewer) = (Built(graduates), Built(graduates[..100]));

        Assert.Equal((18_000, 18_000, 100, 0), (inOrder.Count, shuffled.Count, fewer.Count, builder.Build().Count));
        var demands = Enumerable.Range(1, 50).Select(id => random.Demand(id)).ToArray();
        Assert.Equal(inOrder.SearchAll(demands, 20, new Scratch()), shuffled.SearchAll(demands, 20, new Scratch()));
        Candidate[] few = [.. graduates[..100].Select(graduate => new Candidate(graduate, random.Graph))];
        Assert.Equal(demands.Select(demand => ExhaustiveMatcher.TopGraduates(Weights, demand, few, 20)), fewer.SearchAll(demands, 20, new Scratch()));

        GraduateIndex Built(IEnumerable<GraduateProfile> all)
        {
            foreach (var graduate in all)
            {
                builder.Add(graduate);
            }

            return builder.Build();
        }
    }

    private static DemandProfile Asking(DemandProfile demand, int skills) => (demand with { Must = [.. demand.Must, .. Enumerable.Range(1, skills).Select(skill => new SkillAsk(skill, skill % 6))] }).Create();

    [Fact]
    public void Order_IsPassThenPointsThenPriorityThenId()
    {
        RankedMatch[] expected =
        [
            new(9, 10, Verdict.Pass), new(2, 5, Verdict.Pass, true), new(1, 5, Verdict.Pass), new(3, 5, Verdict.Pass), new(4, 9_000, Verdict.Unknown),
        ];
        var best = new BestMatches(5);
        foreach (var match in (RankedMatch[])[.. expected.Reverse(), new(7, 5_000, Verdict.Fail), new(8, 0, Verdict.Pass), new(6, 1, Verdict.Unknown)])
        {
            best.Offer(match);
        }

        Assert.Equal(expected, best.BestFirst());
    }

    [Fact]
    public void Search_FindsPassWithFewPoints_BeforeUnknownWithMany()
    {
        var strong = new DemandProfile { Id = 1, CompanyId = 1, Region = new(440306), Must = [new(1, 0)], EducationRank = 5 }.Create();
        var weak = new DemandProfile { Id = 2, CompanyId = 1, Region = new(440306) }.Create();
        var candidate = new Candidate(new GraduateProfile { Id = 1, Skills = [new(1, Evidence.Certificate, 5)], AnyRegion = true }, SkillGraph.Empty);

        var found = new DemandIndex(Weights, [strong, weak], SkillGraph.Empty).Search(candidate, 1, new Scratch());

        Assert.Equal([new RankedMatch(2, 700, Verdict.Pass)], found);
    }

    [Fact]
    public void Pack_ReadsBackWhatItWrote()
    {
        var random = new Random(1);
        for (var count = 0; count < 40; count++)
        {
            var matches = Enumerable.Range(0, count)
                .Select(i => new RankedMatch(1 + random.NextInt64(long.MaxValue), 1 + random.Next(10_000), i < count / 2 ? Verdict.Pass : Verdict.Unknown)).ToArray();
            Assert.Equal(matches, PackedMatches.Unpack(PackedMatches.Pack(matches)));
        }
    }

    [Fact]
    public void Pack_WritesTenBytesAnEntry_AfterAVersion() =>
        Assert.Equal("01" + "0201000000000000" + "1027" + "0300000000000000" + "0180", Convert.ToHexString(PackedMatches.Pack([new(258, 10_000, Verdict.Pass), new(3, 1, Verdict.Unknown)])));

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0100")] // half an entry
    [InlineData("0100000000000000000100")] // no id
    [InlineData("01FFFFFFFFFFFFFFFF0100")] // a negative id
    [InlineData("0101000000000000000000")] // no points
    [InlineData("0101000000000000001127")] // 10,001 points
    [InlineData("0101000000000000000180" + "02000000000000000100")] // PASS after UNKNOWN
    public void Unpack_RefusesOtherBytes(string hex) => Assert.Throws<FormatException>(() => PackedMatches.Unpack(Convert.FromHexString(hex)));
}
