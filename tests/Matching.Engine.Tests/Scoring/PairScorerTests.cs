using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

/// <summary>Cases worked out by hand from the formula in the README.</summary>
public class PairScorerTests
{
    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    private static readonly DemandProfile Demand = new DemandProfile
    {
        Id = 1,
        CompanyId = 9,
        Occupation = OccupationId.Parse("6-18-01-07"),
        Must = [new(1, 3), new(2, 0), new(3, 0), new(4, 0), new(5, 0), new(6, 0)],
        Nice = [new(7, 0)],
        Certificates = [new(100, true), new(101, false)],
        EducationRank = 3,
        Region = new(440306),
        WageMax = 7_000,
        StartsOn = 100,
    }.Create();

    private static readonly GraduateProfile Graduate = new()
    {
        Id = 1,
        Occupations = [OccupationId.Parse("6-18-01-01")],
        Skills = [new(1, Evidence.Course, 2), new(2, Evidence.Claim, 0), new(3, Evidence.Certificate, 4)],
        Certificates = [100],
        EducationRank = 5,
        Regions = [new(440300)],
        WageWish = 8_000,
        AvailableFrom = 90,
    };

    [Fact]
    public void Score_IsTheSumOfTheFormula()
    {
        // Must: asked level 3, held 2 by course: 0.9·0.6 = 0.54; claim 0.6; certificate 1 → 2.14 of 6: 3500·2.14/6 = 1248.33 → 1248.
        // Occupation: same 小类 0.7 → 1400. Nice 0. Certificates 1 of 2 → 500. Region: same prefecture 0.7 → 700.
        // Wage: 1000 below a wish of 8000 is 12.5 %: 700·(1 − 0.125/0.3) = 408.33 → 408. Education 500.
        var parts = Explainer.Explain(Weights, Demand, new Candidate(Graduate, SkillGraph.Empty)).Parts;

        Assert.Equal([1_248, 1_400, 0, 500, 700, 408, 500, 0], parts.Select(part => part.Points));
        Assert.Equal(new PairScore(4_756, Verdict.Pass), PairScorer.Score(Weights, Demand, new Candidate(Graduate, SkillGraph.Empty)));
    }

    [Fact]
    public void Items_AreSplitByLargestRemainder()
    {
        var items = Explainer.Explain(Weights, Demand, new Candidate(Graduate, SkillGraph.Empty)).Parts[0].Items;

        // Exact: 315.00, 350.00, 583.33 → 315 + 350 + 583 = 1248.
        Assert.Equal([315, 350, 583, 0, 0, 0], items.Select(item => item.Points));
    }

    [Fact]
    public void Attainable_CountsOnlyWhatTheDemandAsks_AndFloorsShortPostings()
    {
        Assert.Equal(3_500 + 2_000 + 333 + 1_000 + 1_000 + 700 + 500 + 300, Attainable(Demand));
        Assert.Equal(700 + 1_000 + 300, Attainable(new DemandProfile { Id = 1, CompanyId = 1, Region = new(110105), Must = [new(1, 0)] }));

        static int Attainable(DemandProfile demand) => Explainer.Explain(Weights, demand, new Candidate(Graduate, SkillGraph.Empty)).Attainable;
    }

    [Theory]
    [InlineData(20, 10, 9)] // has a part of what is asked: 0.9
    [InlineData(11, 10, 5)] // has another part of the same: 0.5
    [InlineData(10, 10, 10)]
    [InlineData(12, 10, 0)]
    public void Relations_Count(long asked, long held, int tenths)
    {
        var graph = new SkillGraph(new Dictionary<long, long> { [10] = 20, [11] = 20, [12] = 21 });
        var candidate = new Candidate(new GraduateProfile { Id = 1, Skills = [new(held, Evidence.Certificate, 5)] }, graph);

        Assert.Equal(tenths * 100, candidate.Strengths.Of(new SkillAsk(asked, 0)));
    }

    [Fact]
    public void Requirements_TellUnknownFromNo()
    {
        var silent = Graduate with { Certificates = [], EducationRank = null, AvailableFrom = null };
        Assert.Equal(Verdict.Unknown, HardRequirements.Verdict(Demand, silent));
        Assert.Equal(Verdict.Fail, HardRequirements.Verdict(Demand, silent with { CertificatesComplete = true }));
        Assert.Equal(Verdict.Fail, HardRequirements.Verdict(Demand, Graduate with { EducationRank = 2 }));
        Assert.Equal(Verdict.Fail, HardRequirements.Verdict(Demand, Graduate with { AvailableFrom = 101 }));
        Assert.Equal(Verdict.Fail, HardRequirements.Verdict(Demand with { HasSeats = false }, Graduate));
        Assert.Equal(Verdict.Pass, HardRequirements.Verdict(Demand with { RegionBinding = true }, Graduate));
        Assert.Equal(Verdict.Fail, HardRequirements.Verdict(Demand with { RegionBinding = true }, Graduate with { Regions = [new(320205)] }));
        Assert.Equal(Verdict.Unknown, HardRequirements.Verdict(Demand with { RegionBinding = true }, Graduate with { Regions = [] }));
    }

    [Theory]
    [InlineData(440306, 440305, Verdict.Pass)] // another county of the city
    [InlineData(440306, 440106, Verdict.Fail)] // another city
    [InlineData(440306, 440000, Verdict.Pass)] // anywhere in the province
    [InlineData(110105, 110000, Verdict.Pass)]
    [InlineData(440000, 440306, Verdict.Unknown)] // somewhere in the province, perhaps not there
    [InlineData(440306, 320000, Verdict.Fail)]
    public void BindingRegion_IsMet_WhereHisWishCoversThePlace(int place, int wish, Verdict verdict)
    {
        var demand = Demand with { Region = new(place), RegionBinding = true };

        Assert.Equal(verdict, HardRequirements.Verdict(demand, Graduate with { Regions = [new(wish)] }));
        Assert.Equal(Verdict.Pass, HardRequirements.Verdict(demand, Graduate with { Regions = [new(wish), new(place)] }));
        Assert.Equal(Verdict.Pass, HardRequirements.Verdict(demand, Graduate with { Regions = [], AnyRegion = true }));
    }

    [Theory]
    [InlineData(440306, 1_000)]
    [InlineData(440305, 700)]
    [InlineData(440106, 400)]
    [InlineData(440000, 400)]
    [InlineData(320200, 0)]
    public void Region_GivesLess_TheFartherTheWish(int wish, int points)
    {
        Assert.Equal(points, Components.Region(Weights, Demand, Graduate with { Regions = [new(320205), new(wish)] }));
        Assert.Equal(700, Components.Region(Weights, Demand, Graduate with { Regions = [], AnyRegion = true }));
    }

    [Theory]
    [InlineData("6-18-01-07", 2_000)]
    [InlineData("6-18-01-01", 1_400)]
    [InlineData("6-18-02-01", 800)]
    [InlineData("6-19-01-07", 0)]
    public void Occupation_GivesLess_TheFartherTheGroup(string occupation, int points) =>
        Assert.Equal(points, Components.Occupation(Weights, Demand, Graduate with { Occupations = [OccupationId.Parse("2-02-07-01"), OccupationId.Parse(occupation)] }));

    [Theory]
    [InlineData(Evidence.Certificate, 3, 1_000)]
    [InlineData(Evidence.Certificate, 2, 600)]
    [InlineData(Evidence.Certificate, 1, 300)]
    [InlineData(Evidence.Certificate, 0, 300)] // level not said: the first
    [InlineData(Evidence.Course, 5, 900)]
    [InlineData(Evidence.Internship, 2, 540)]
    [InlineData(Evidence.Claim, 1, 180)]
    public void Strength_IsEvidenceTimesLevel(Evidence evidence, int level, int strength) =>
        Assert.Equal(strength, new Candidate(new GraduateProfile { Id = 1, Skills = [new(1, evidence, level)] }, SkillGraph.Empty).Strengths.Of(new SkillAsk(1, 3)));

    [Fact]
    public void OccupationPart_IsUnknown_OnlyWhereWhatIsAskedWasNotSaid()
    {
        var silent = Graduate with { Occupations = [], Major = null };
        var byMajor = Demand with { Occupation = null, Majors = ["460103"] };

        Assert.Equal(ItemState.Unknown, OccupationState(Demand, silent));
        Assert.Equal(ItemState.Missing, OccupationState(byMajor, silent with { Major = "530302" }));
        Assert.Equal(ItemState.Unknown, OccupationState(byMajor, Graduate));
        Assert.Equal(ItemState.Matched, OccupationState(byMajor, silent with { Major = "460103" }));
    }

    private static ItemState OccupationState(DemandProfile demand, GraduateProfile graduate) =>
        Explainer.Explain(Weights, demand, new Candidate(graduate, SkillGraph.Empty)).Parts.Single(part => part.Component == Component.Occupation).State;

    [Fact]
    public void AcceptedMajors_CountWhereTheyAreMoreThanTheOccupation()
    {
        var demand = Demand with { Occupation = OccupationId.Parse("2-02-07-01"), Majors = ["460103"] };
        Assert.Equal(2_000, Components.Occupation(Weights, demand, Graduate with { Major = "460103" }));
        Assert.Equal(1_000, Components.Occupation(Weights, demand, Graduate with { Major = "460199" }));
        Assert.Equal(0, Components.Occupation(Weights, demand, Graduate with { Major = "530302" }));
    }

    [Theory]
    [InlineData(8_000, 8_000, 700)]
    [InlineData(8_000, 9_000, 700)]
    [InlineData(10_000, 7_000, 0)]
    [InlineData(10_000, 8_500, 350)]
    [InlineData(10_000, 1, 0)]
    public void Wage_FallsLinearlyToNothing_AtThirtyPercentBelow(int wish, int offered, int points) =>
        Assert.Equal(points, Components.Wage(Weights, Demand with { WageMax = offered }, Graduate with { WageWish = wish }));
}
