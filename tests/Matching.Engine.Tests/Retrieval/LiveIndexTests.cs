using Matching.Engine.Retrieval;
using Matching.Engine.Scoring;
using Matching.Engine.Tests.Scoring;

namespace Matching.Engine.Tests.Retrieval;

public class LiveIndexTests
{
    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    [Fact]
    public void Search_OfDemands_AgreesWithARebuildAndTheOracle_AfterAnyInterleaving()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomProfiles(seed);
            Interleave(
                random, random.Demand, demand => demand.Id, demands => LiveIndex.OfDemands(Weights, demands, random.Graph),
                random.Candidate, (demands, candidate, k, scratch) =>
                    (ExhaustiveMatcher.TopDemands(Weights, demands, candidate, k), new DemandIndex(Weights, demands, random.Graph).Search(candidate, k, scratch)));
        }
    }

    [Fact]
    public void Search_OfGraduates_AgreesWithARebuildAndTheOracle_AfterAnyInterleaving()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomProfiles(seed);
            Interleave(
                random, random.Candidate, candidate => candidate.Profile.Id, candidates => LiveIndex.OfGraduates(Weights, candidates),
                random.Demand, (candidates, demand, k, scratch) =>
                    (ExhaustiveMatcher.TopGraduates(Weights, demand, candidates, k), new GraduateIndex(Weights, candidates).Search(demand, k, scratch)));
        }
    }

    // All that there is has been replaced or removed, and everything ties but for the id.
    [Fact]
    public void Search_OrdersTiesById_WhicheverIndexHoldsThem()
    {
        static DemandProfile Demand(long id) => new() { Id = id, CompanyId = 1, Region = new(440306) };
        var candidate = new Candidate(new GraduateProfile { Id = 1, AnyRegion = true }, SkillGraph.Empty);
        var live = LiveIndex.OfDemands(Weights, Enumerable.Range(1, 200).Select(id => Demand(id)), SkillGraph.Empty).With([Demand(3), Demand(7), Demand(500)], [1, 2, 4, 900]);

        Assert.Equal([3L, 5, 6, 7, 8], live.Search(candidate, 5, new Scratch()).Select(match => match.Id));
        Assert.Equal(198, live.Documents.Count());
        Assert.Equal(500, live.Search(candidate, 200, new Scratch())[^1].Id);
    }

    [Fact]
    public void Search_PassesOverDemandsThatAreGone_AlsoWhereTheyAreScoredOneByOne()
    {
        static DemandProfile Huge(long id) => new() { Id = id, CompanyId = 1, Region = new(440306), Must = [.. Enumerable.Range(1, 700).Select(skill => new SkillAsk(skill, 0))] };
        var candidate = new Candidate(new GraduateProfile { Id = 1, AnyRegion = true }, SkillGraph.Empty);

        var live = LiveIndex.OfDemands(Weights, [Huge(1), Huge(2)], SkillGraph.Empty).With([Huge(3)], [1]);

        Assert.Equal([2L, 3], live.Search(candidate, 5, new Scratch()).Select(match => match.Id));
    }

    [Fact]
    public void NeedsCompacting_OnlyAfterManyChanges()
    {
        static DemandProfile Demand(long id) => new() { Id = id, CompanyId = 1, Region = new(440306) };
        var live = LiveIndex.OfDemands(Weights, [Demand(1)], SkillGraph.Empty).With(Enumerable.Range(1, 1_000).Select(id => Demand(id)), []);

        Assert.False(live.NeedsCompacting);
        live = live.With([Demand(2_000)], []);
        Assert.True(live.NeedsCompacting);
        Assert.False(live.Compact().NeedsCompacting);
    }

    // Changes, removals of what there is and what there is not, compacting that begins at one moment and ends at a later one; the oracle is a dictionary.
    private static void Interleave<TDocument, TQuery>(
        RandomProfiles random, Func<long, TDocument> make, Func<TDocument, long> id, Func<IEnumerable<TDocument>, LiveIndex<TDocument, TQuery>> build,
        Func<long, TQuery> ask, Func<TDocument[], TQuery, int, Scratch, (RankedMatch[] Oracle, RankedMatch[] Rebuilt)> expect)
        where TDocument : class
    {
        var scratch = new Scratch();
        var truth = Enumerable.Range(1, random.Below(40)).ToDictionary(number => (long)number, number => make(number));
        var live = build(truth.Values);
        LiveIndex<TDocument, TQuery>? compacting = null;
        for (var step = 0; step < 20; step++)
        {
            TDocument[] put = [.. Enumerable.Range(0, random.Below(4)).Select(_ => make(1 + random.Below(60))).DistinctBy(id)];
            long[] removed = [.. Enumerable.Range(0, random.Below(3)).Select(_ => 1L + random.Below(60))];
            live = live.With(put, removed);
            foreach (var document in put)
            {
                truth[id(document)] = document;
            }

            foreach (var gone in removed)
            {
                truth.Remove(gone);
            }

            (live, compacting) = random.Below(5) switch
            {
                0 => (live, live.Compact()),
                1 when compacting is not null => (live.Onto(compacting), null),
                _ => (live, compacting),
            };
            var k = 1 + random.Below(12);
            var query = ask(1);
            var (oracle, rebuilt) = expect([.. truth.Values], query, k, scratch);
            Assert.Equal(oracle, rebuilt);
            Assert.Equal(oracle, live.Search(query, k, scratch));
            Assert.Equal(truth.Keys.Order(), live.Documents.Select(id).Order());
        }
    }
}
