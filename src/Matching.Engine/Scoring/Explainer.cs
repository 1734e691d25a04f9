namespace Matching.Engine.Scoring;

/// <summary>Explains a pair by the same components that scored it; nothing of an explanation is ever stored.</summary>
public static class Explainer
{
    private const int MostOnStack = 64;

    /// <summary>Why the pair has its points. O(things asked), and so cheap that a page is explained whenever it is read.</summary>
    /// <param name="weights">The weights that scored it.</param>
    /// <param name="demand">The demand.</param>
    /// <param name="candidate">The graduate.</param>
    /// <param name="mostRaises">How many of <see cref="Explanation.Raises"/> are wanted.</param>
    public static Explanation Explain(ScoreWeights weights, DemandProfile demand, Candidate candidate, int mostRaises = int.MaxValue)
    {
        DemandFacts facts = demand;
        ref readonly var graduate = ref candidate.Facts;
        var raises = new GreatestRaises(mostRaises);
        ScorePart[] parts =
        [
            Skills(weights, Component.Must, demand.Must, candidate, raises),
            Single(Component.Occupation, Components.Occupation(weights, facts, graduate), demand.Occupation is not null || facts.Majors.Length > 0 ? weights.Occupation : 0, OccupationSaid(facts, graduate), raises),
            Skills(weights, Component.Nice, demand.Nice, candidate, raises),
            Certificates(weights, facts.Certificates, graduate, raises),
            Single(Component.Region, Components.Region(weights, facts, graduate), weights.Region, graduate.AnyRegion || graduate.Regions.Length > 0, raises),
            Single(Component.Wage, Components.Wage(weights, facts, graduate), demand.WageMax is null ? 0 : weights.Wage, graduate.WageWish is not null, raises),
            Single(Component.Education, Components.Education(weights, facts, graduate), demand.EducationRank is null ? 0 : weights.Education, graduate.EducationRank is not null, raises),
            // Nobody can work on an order class seat that does not exist.
            Single(Component.OrderClass, Components.OrderClass(weights, facts, graduate), weights.OrderClass, said: true, raises: null),
        ];
        var points = 0;
        foreach (var part in parts)
        {
            points += part.Points;
        }

        return new Explanation(
            points, HardRequirements.Verdict(facts, graduate), Components.Attainable(weights, facts), parts, HardRequirements.All(facts, graduate), raises.List);
    }

    // Each gain is the difference to the score with that one thing at its best, so gains of one component do not simply add up after rounding.
    private static ScorePart Skills(ScoreWeights weights, Component component, IReadOnlyList<SkillAsk> asks, Candidate candidate, GreatestRaises raises)
    {
        var (weight, floor) = component == Component.Must ? (weights.Must, Components.MustFloor) : (weights.Nice, Components.NiceFloor);
        Span<int> strengths = asks.Count <= MostOnStack ? stackalloc int[asks.Count] : new int[asks.Count];
        var sum = 0;
        for (var i = 0; i < asks.Count; i++)
        {
            sum += strengths[i] = candidate.Strengths.Of(asks[i]);
        }

        var total = Points(sum);
        var items = Items(total, strengths, weight, SkillStrengths.Full * Math.Max(asks.Count, floor));
        var absent = State(candidate.Profile.SkillsComplete);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = items[i] with { Id = asks[i].Skill, State = strengths[i] > 0 ? ItemState.Matched : absent };
            raises.Add(new Raise(component, asks[i].Skill, items[i].State != ItemState.Unknown, Points(sum - strengths[i] + SkillStrengths.Full) - total));
        }

        return new ScorePart(component, total > 0 ? ItemState.Matched : absent, total, Points(SkillStrengths.Full * asks.Count), items);

        int Points(int strength) => component == Component.Must ? Components.Must(weights, asks.Count, strength) : Components.Nice(weights, asks.Count, strength);
    }

    private static ScorePart Certificates(ScoreWeights weights, CertificateAsk[] asks, in GraduateFacts graduate, GreatestRaises raises)
    {
        Span<int> held = asks.Length <= MostOnStack ? stackalloc int[asks.Length] : new int[asks.Length];
        var sum = 0;
        for (var i = 0; i < asks.Length; i++)
        {
            sum += held[i] = graduate.Certificates.Contains(asks[i].Certificate) ? 1 : 0;
        }

        var total = Components.Certificates(weights, asks.Length, sum);
        var gain = sum < asks.Length ? Components.Certificates(weights, asks.Length, sum + 1) - total : 0;
        var items = Items(total, held, weights.Certificates, asks.Length);
        var absent = State(graduate.CertificatesComplete);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = items[i] with { Id = asks[i].Certificate, State = held[i] > 0 ? ItemState.Matched : absent };
            if (held[i] == 0)
            {
                raises.Add(new Raise(Component.Certificates, asks[i].Certificate, absent == ItemState.Missing, gain));
            }
        }

        return new ScorePart(Component.Certificates, total > 0 ? ItemState.Matched : absent, total, asks.Length == 0 ? 0 : weights.Certificates, items);
    }

    private static ScorePart Single(Component component, int points, int attainable, bool said, GreatestRaises? raises)
    {
        var state = points > 0 ? ItemState.Matched : State(said);
        raises?.Add(new Raise(component, null, state != ItemState.Unknown, attainable - points));
        return new(component, state, points, attainable, []);
    }

    // The points alone; what they are for is the caller's.
    private static PartItem[] Items(int total, ReadOnlySpan<int> amounts, int weight, int whole)
    {
        Span<int> points = amounts.Length <= MostOnStack ? stackalloc int[amounts.Length] : new int[amounts.Length];
        LargestRemainder.Split(total, amounts, weight, whole, points);
        var items = new PartItem[amounts.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new PartItem(0, default, points[i]);
        }

        return items;
    }

    // Of occupation and major, only what the demand asks for needs to have been said.
    private static bool OccupationSaid(in DemandFacts demand, in GraduateFacts graduate) =>
        (demand.Occupation is null || graduate.Occupations.Length > 0) && (demand.Majors.Length == 0 || graduate.Major is not null);

    private static ItemState State(bool complete) => complete ? ItemState.Missing : ItemState.Unknown;
}
