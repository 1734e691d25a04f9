namespace Matching.Engine.Scoring;

/// <summary>Explains a pair by the same components that scored it; nothing of an explanation is ever stored.</summary>
public static class Explainer
{
    public static Explanation Explain(ScoreWeights weights, DemandProfile demand, Candidate candidate)
    {
        var graduate = candidate.Profile;
        ScorePart[] parts =
        [
            Skills(Component.Must, demand.Must, candidate, weights.Must, Components.MustFloor, (asked, sum) => Components.Must(weights, asked, sum)),
            Single(Component.Occupation, Components.Occupation(weights, demand, graduate), demand.Occupation is not null || demand.Majors.Count > 0 ? weights.Occupation : 0, OccupationSaid(demand, graduate)),
            Skills(Component.Nice, demand.Nice, candidate, weights.Nice, Components.NiceFloor, (asked, sum) => Components.Nice(weights, asked, sum)),
            CertificatesPart(weights, demand, graduate),
            Single(Component.Region, Components.Region(weights, demand, graduate), weights.Region, graduate.AnyRegion || graduate.Regions.Count > 0),
            Single(Component.Wage, Components.Wage(weights, demand, graduate), demand.WageMax is null ? 0 : weights.Wage, graduate.WageWish is not null),
            Single(Component.Education, Components.Education(weights, demand, graduate), demand.EducationRank is null ? 0 : weights.Education, graduate.EducationRank is not null),
            Single(Component.OrderClass, Components.OrderClass(weights, demand, graduate), weights.OrderClass, said: true),
        ];
        return new Explanation(
            parts.Sum(part => part.Points), HardRequirements.Verdict(demand, graduate), Components.Attainable(weights, demand), parts,
            [.. HardRequirements.All(demand, graduate)], [.. Raises(weights, demand, candidate, parts)]);
    }

    private static ScorePart Skills(
        Component component, IReadOnlyList<SkillAsk> asks, Candidate candidate, int weight, int floor, Func<int, int, int> points)
    {
        var strengths = asks.Select(ask => (long)candidate.Strengths.Of(ask)).ToArray();
        var total = points(asks.Count, (int)strengths.Sum());
        var most = points(asks.Count, SkillStrengths.Full * asks.Count);
        // Exact share of an item: weight · strength / (1000 · max(n, floor)).
        var split = LargestRemainder.Split(total, [.. strengths.Select(strength => strength * weight)], (long)SkillStrengths.Full * Math.Max(asks.Count, floor));
        return new ScorePart(
            component, total > 0 ? ItemState.Matched : State(candidate.Profile.SkillsComplete), total, most,
            [.. asks.Select((ask, i) => new PartItem(ask.Skill, strengths[i] > 0 ? ItemState.Matched : State(candidate.Profile.SkillsComplete), split[i]))]);
    }

    private static ScorePart CertificatesPart(ScoreWeights weights, DemandProfile demand, GraduateProfile graduate)
    {
        var held = demand.Certificates.Select(ask => graduate.Certificates.Contains(ask.Certificate) ? 1L : 0).ToArray();
        var total = Components.Certificates(weights, held.Length, (int)held.Sum());
        var split = held.Length == 0 ? [] : LargestRemainder.Split(total, [.. held.Select(one => one * weights.Certificates)], held.Length);
        return new ScorePart(
            Component.Certificates, total > 0 ? ItemState.Matched : State(graduate.CertificatesComplete), total, held.Length == 0 ? 0 : weights.Certificates,
            [.. demand.Certificates.Select((ask, i) => new PartItem(ask.Certificate, held[i] > 0 ? ItemState.Matched : State(graduate.CertificatesComplete), split[i]))]);
    }

    private static ScorePart Single(Component component, int points, int attainable, bool said) =>
        new(component, points > 0 ? ItemState.Matched : said ? ItemState.Missing : ItemState.Unknown, points, attainable, []);

    // Each gain is the difference to the score with that one thing at its best, so gains of one component do not simply add up after rounding.
    private static IEnumerable<Raise> Raises(ScoreWeights weights, DemandProfile demand, Candidate candidate, ScorePart[] parts) =>
        parts.SelectMany(part => part.Component switch
        {
            Component.Must => SkillRaises(part, demand.Must, candidate, sum => Components.Must(weights, demand.Must.Count, sum)),
            Component.Nice => SkillRaises(part, demand.Nice, candidate, sum => Components.Nice(weights, demand.Nice.Count, sum)),
            Component.Certificates => part.Items.Where(item => item.State != ItemState.Matched).Select(item => new Raise(
                part.Component, item.Id, item.State == ItemState.Missing,
                Components.Certificates(weights, part.Items.Count, part.Items.Count(other => other.State == ItemState.Matched) + 1) - part.Points)),
            // Nobody can work on an order class seat that does not exist.
            Component.OrderClass => [],
            _ => part.Points < part.Attainable ? [new Raise(part.Component, null, part.State != ItemState.Unknown, part.Attainable - part.Points)] : [],
        })
        .Where(raise => raise.Gain > 0)
        .OrderByDescending(raise => raise.Gain).ThenBy(raise => raise.Component).ThenBy(raise => raise.Id);

    private static IEnumerable<Raise> SkillRaises(ScorePart part, IReadOnlyList<SkillAsk> asks, Candidate candidate, Func<int, int> points)
    {
        var sum = PairScorer.Sum(asks, candidate);
        return asks.Select((ask, i) => new Raise(
            part.Component, ask.Skill, part.Items[i].State != ItemState.Unknown, points(sum - candidate.Strengths.Of(ask) + SkillStrengths.Full) - part.Points));
    }

    // Of occupation and major, only what the demand asks for needs to have been said.
    private static bool OccupationSaid(DemandProfile demand, GraduateProfile graduate) =>
        (demand.Occupation is null || graduate.Occupations.Count > 0) && (demand.Majors.Count == 0 || graduate.Major is not null);

    private static ItemState State(bool complete) => complete ? ItemState.Missing : ItemState.Unknown;
}
