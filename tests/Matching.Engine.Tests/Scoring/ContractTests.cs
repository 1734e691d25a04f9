using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

/// <summary>The contract of the points, each sentence over random pairs.</summary>
public class ContractTests
{
    private const int Pairs = 3_000;
    private static readonly ScoreWeights Weights = ScoreWeights.Default;

    [Fact]
    public void Parts_AddUpToTheScore_AndItemsToTheirPart() => OnPairs((random, demand, graduate) =>
    {
        var candidate = new Candidate(graduate, random.Graph);
        var explanation = Explainer.Explain(Weights, demand, candidate);
        var score = PairScorer.Score(Weights, demand, candidate);

        Assert.Equal(score.Verdict, explanation.Verdict);
        Assert.Equal(explanation.Points, explanation.Parts.Sum(part => part.Points));
        Assert.True(score.Verdict == Verdict.Fail || score.Points == explanation.Points);
        Assert.All(explanation.Parts.Where(part => part.Items.Count > 0), part => Assert.Equal(part.Points, part.Items.Sum(item => item.Points)));
        Assert.All(explanation.Parts, part => Assert.InRange(part.Points, 0, part.Attainable));
        Assert.InRange(explanation.Points, 0, explanation.Attainable);
        Assert.InRange(explanation.Attainable, 0, 10_000);
        Assert.Equal(explanation.Attainable, explanation.Parts.Sum(part => part.Attainable));
        Assert.Equal(score.Verdict, explanation.Requirements.Max(check => check.Verdict));
    });

    [Fact]
    public void Raises_GiveAtLeastWhatTheyPromise_ForSkillsAndCertificates() => OnPairs((random, demand, graduate) =>
    {
        var explanation = Explainer.Explain(Weights, demand, new Candidate(graduate, random.Graph));
        foreach (var raise in explanation.Raises.Where(raise => raise.Id is not null))
        {
            var raised = raise.Component == Component.Certificates
                ? graduate with { Certificates = [.. graduate.Certificates, raise.Id!.Value] }
                : graduate with { Skills = [.. graduate.Skills, new(raise.Id!.Value, Evidence.Certificate, 5)] };
            Assert.True(Points(random, demand, raised) >= explanation.Points + raise.Gain);
        }
    });

    [Fact]
    public void FewerRaises_AreTheGreatestOfAll() => OnPairs((random, demand, graduate) =>
    {
        var all = Explainer.Explain(Weights, demand, new Candidate(graduate, random.Graph)).Raises;

        Assert.Equal(all.OrderByDescending(raise => raise.Gain).ThenBy(raise => raise.Component).ThenBy(raise => raise.Id), all);
        Assert.All(all, raise => Assert.True(raise.Gain > 0));
        Assert.Equal(all.Take(3), Explainer.Explain(Weights, demand, new Candidate(graduate, random.Graph), mostRaises: 3).Raises);
    });

    // What one pair left behind must not show in the next.
    [Fact]
    public void Reasons_InMemoryThatIsUsedAgain_AreThoseOfTheExplanation()
    {
        var reasons = new PairReasons();
        OnPairs((random, demand, graduate) =>
        {
            var candidate = new Candidate(graduate, random.Graph);
            foreach (var most in (int[])[3, 0, int.MaxValue])
            {
                var expected = Explainer.Explain(Weights, demand, candidate, most);
                Explainer.Explain(Weights, new ExplainedDemand(demand), candidate, most, reasons);

                Assert.Equal((expected.Points, expected.Verdict, expected.Attainable), (reasons.Points, reasons.Verdict, reasons.Attainable));
                Assert.Equal(
                    expected.Parts.Select(part => (part.Component, part.State, part.Points, part.Attainable, part.Items.Count)),
                    reasons.Parts.ToArray().Select(part => (part.Component, part.State, part.Points, part.Attainable, part.Asked)));
                Assert.Equal(expected.Parts.SelectMany(part => part.Items).Select(item => (item.Id, item.State)), reasons.Items.ToArray().Select(item => (item.Id, item.State)));
                Assert.Equal(expected.Requirements, reasons.Requirements.ToArray());
                Assert.Equal(expected.Raises, reasons.Raises.ToArray());
                Assert.True(reasons.Raises.Length <= most);
            }
        });
    }

    [Fact]
    public void MoreOfAnything_NeverCostsPoints() => OnPairs((random, demand, graduate) =>
    {
        var points = Points(random, demand, graduate);
        foreach (var more in Improvements(random, demand, graduate))
        {
            Assert.True(Points(random, demand, more) >= points);
        }

        // What was said may turn out not to be enough, but what is met stays met.
        foreach (var more in Improvements(random, demand, graduate).Where(_ => HardRequirements.Verdict(demand, graduate) == Verdict.Pass))
        {
            Assert.Equal(Verdict.Pass, HardRequirements.Verdict(demand, more));
        }
    });

    // Every set of weights in which thirds and tenths do not come out whole keeps the sums too.
    [Fact]
    public void Parts_AddUp_WithOtherWeights() => OnPairs((random, demand, graduate) =>
    {
        var weights = new ScoreWeights(2, 33_33, 17_77, 11_11, 9_99, 10_01, 7_79, 6_67, 3_33);
        var explanation = Explainer.Explain(weights, demand, new Candidate(graduate, random.Graph));

        Assert.Equal(explanation.Points, explanation.Parts.Sum(part => part.Points));
        Assert.All(explanation.Parts.Where(part => part.Items.Count > 0), part => Assert.Equal(part.Points, part.Items.Sum(item => item.Points)));
        Assert.InRange(explanation.Points, 0, explanation.Attainable);
        Assert.InRange(explanation.Attainable, 0, 10_000);
    });

    [Fact]
    public void RemovingAStatement_NeverRaisesPoints_NorTurnsUnknownIntoPass() => OnPairs((random, demand, graduate) =>
    {
        var (points, verdict) = (Points(random, demand, graduate), HardRequirements.Verdict(demand, graduate));
        foreach (var less in Removals(graduate))
        {
            Assert.True(Points(random, demand, less) <= points);
            Assert.False(verdict == Verdict.Unknown && HardRequirements.Verdict(demand, less) == Verdict.Pass);
        }
    });

    [Fact]
    public void OrderAndRepetition_ChangeNothing() => OnPairs((random, demand, graduate) =>
    {
        var points = Points(random, demand, graduate);
        var shuffled = graduate with { Skills = [.. graduate.Skills.Reverse(), .. graduate.Skills], Certificates = [.. graduate.Certificates.Reverse()], Occupations = [.. graduate.Occupations.Reverse()] };
        var repeated = (demand with { Must = [.. demand.Must.Reverse(), .. demand.Must], Nice = [.. demand.Nice, .. demand.Must, .. demand.Nice] }).Create();

        Assert.Equal(points, Points(random, demand, shuffled));
        Assert.Equal(points, Points(random, repeated, graduate));
        Assert.Equivalent(Explainer.Explain(Weights, demand, new Candidate(graduate, random.Graph)), Explainer.Explain(Weights, repeated, new Candidate(shuffled, random.Graph)), strict: true);
    });

    // Points as explained, whatever the verdict: FAIL pairs are left out of lists, but their points keep the contract too.
    private static int Points(RandomProfiles random, DemandProfile demand, GraduateProfile graduate) =>
        Explainer.Explain(Weights, demand, new Candidate(graduate, random.Graph)).Points;

    private static IEnumerable<GraduateProfile> Improvements(RandomProfiles random, DemandProfile demand, GraduateProfile graduate)
    {
        yield return graduate with { Skills = [.. graduate.Skills, new(1 + random.Below(12), (Evidence)random.Below(4), random.Below(6))] };
        yield return graduate with { Skills = [.. graduate.Skills.Select(skill => skill with { Level = Math.Min(5, skill.Level + 1) })] };
        yield return graduate with { Skills = [.. graduate.Skills.Select(skill => skill with { Evidence = Evidence.Certificate })] };
        yield return graduate with { Certificates = [.. graduate.Certificates.Union([100L + random.Below(4)])] };
        yield return graduate with { EducationRank = (graduate.EducationRank ?? 0) + 1 };
        yield return graduate with { WageWish = graduate.WageWish is { } wish ? wish - 500 : demand.WageMax };
        yield return graduate with { Regions = [.. graduate.Regions, demand.Region] };
        yield return graduate with { AnyRegion = true };
        yield return graduate with { Occupations = [.. graduate.Occupations, OccupationId.Parse("6-18-01-07")] };
        yield return graduate with { OrderClassCompanies = [.. graduate.OrderClassCompanies, demand.CompanyId] };
    }

    private static IEnumerable<GraduateProfile> Removals(GraduateProfile graduate)
    {
        for (var i = 0; i < graduate.Skills.Count; i++)
        {
            yield return graduate with { Skills = [.. graduate.Skills.Where((_, at) => at != i)] };
        }

        yield return graduate with { Skills = [], SkillsComplete = false };
        yield return graduate with { Certificates = [], CertificatesComplete = false };
        yield return graduate with { EducationRank = null };
        yield return graduate with { Regions = [] };
        yield return graduate with { AnyRegion = false };
        yield return graduate with { WageWish = null };
        yield return graduate with { AvailableFrom = null };
        yield return graduate with { CertificatesComplete = false };
        yield return graduate with { SkillsComplete = false };
        for (var i = 0; i < graduate.Regions.Count; i++)
        {
            yield return graduate with { Regions = [.. graduate.Regions.Where((_, at) => at != i)] };
        }

        for (var i = 0; i < graduate.Certificates.Count; i++)
        {
            yield return graduate with { Certificates = [.. graduate.Certificates.Where((_, at) => at != i)], CertificatesComplete = false };
        }

        for (var i = 0; i < graduate.Occupations.Count; i++)
        {
            yield return graduate with { Occupations = [.. graduate.Occupations.Where((_, at) => at != i)] };
        }

        yield return graduate with { Major = null };
        yield return graduate with { Occupations = [] };
        yield return graduate with { OrderClassCompanies = [] };
    }

    private static void OnPairs(Action<RandomProfiles, DemandProfile, GraduateProfile> check)
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var random = new RandomProfiles(seed);
            check(random, random.Demand(1), random.Graduate(1));
        }
    }
}
