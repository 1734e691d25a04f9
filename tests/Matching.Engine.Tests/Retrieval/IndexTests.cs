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
            var (demandIndex, graduateIndex) = (new DemandIndex(Weights, demands), new GraduateIndex(Weights, candidates));

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

    [Fact]
    public void Search_DoesNotDependOnTheOrderOfInput()
    {
        var random = new RandomProfiles(7);
        var demands = Enumerable.Range(1, 50).Select(id => random.Demand(id)).ToArray();
        var candidate = random.Candidate(1);

        Assert.Equal(
            PackedMatches.Pack(new DemandIndex(Weights, demands).Search(candidate, 10, new Scratch())),
            PackedMatches.Pack(new DemandIndex(Weights, demands.Reverse()).Search(candidate, 10, new Scratch())));
    }

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

        var found = new DemandIndex(Weights, [strong, weak]).Search(candidate, 1, new Scratch());

        Assert.Equal([new RankedMatch(2, 700, Verdict.Pass)], found);
    }

    [Fact]
    public void Pack_ReadsBackWhatItWrote()
    {
        var random = new Random(1);
        for (var count = 0; count < 40; count++)
        {
            var matches = Enumerable.Range(0, count)
                .Select(_ => new RankedMatch(random.NextInt64(), random.Next(10_001), random.Next(2) == 0 ? Verdict.Pass : Verdict.Unknown)).ToArray();
            Assert.Equal(matches, PackedMatches.Unpack(PackedMatches.Pack(matches)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0100")]
    public void Unpack_RefusesOtherBytes(string hex) => Assert.Throws<FormatException>(() => PackedMatches.Unpack(Convert.FromHexString(hex)));
}
