namespace Matching.Engine.Scoring;

/// <summary>Explains a pair by the same components that scored it; nothing of an explanation is ever stored.</summary>
public static class Explainer
{
    private const int MostOnStack = 64;

    /// <summary>Why the pair has its points, to keep, with the points of every skill and certificate.</summary>
    /// <param name="weights">The weights that scored it.</param>
    /// <param name="demand">The demand.</param>
    /// <param name="candidate">The graduate.</param>
    /// <param name="mostRaises">How many of <see cref="Explanation.Raises"/> are wanted.</param>
    public static Explanation Explain(ScoreWeights weights, DemandProfile demand, Candidate candidate, int mostRaises = int.MaxValue)
    {
        var reasons = new PairReasons();
        Explain(weights, new ExplainedDemand(demand), candidate, mostRaises, reasons);
        var parts = new ScorePart[reasons.Parts.Length];
        var items = reasons.Items;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = reasons.Parts[i];
            parts[i] = new(part.Component, part.State, part.Points, part.Attainable, Items(weights, part, items[..part.Asked]));
            items = items[part.Asked..];
        }

        return new(reasons.Points, reasons.Verdict, reasons.Attainable, parts, reasons.Requirements.ToArray(), reasons.Raises.ToArray());
    }

    /// <summary>The same without the points of skills and certificates. O(things asked), and so cheap that a page is explained whenever it is read.</summary>
    /// <param name="weights">The weights that scored it.</param>
    /// <param name="demand">The demand.</param>
    /// <param name="candidate">The graduate.</param>
    /// <param name="mostRaises">How many of <see cref="PairReasons.Raises"/> are wanted.</param>
    /// <param name="reasons">Written to; what it held before is gone.</param>
    public static void Explain(ScoreWeights weights, ExplainedDemand demand, Candidate candidate, int mostRaises, PairReasons reasons)
    {
        ref readonly var facts = ref demand.Facts;
        ref readonly var graduate = ref candidate.Facts;
        reasons.Clear(mostRaises);
        AddSkills(weights, Component.Must, demand.Must, candidate, reasons);
        AddSingle(
            Component.Occupation, Components.Occupation(weights, facts, graduate), facts.Occupation is not null || facts.Majors.Length > 0 ? weights.Occupation : 0,
            OccupationSaid(facts, graduate), reasons);
        AddSkills(weights, Component.Nice, demand.Nice, candidate, reasons);
        AddCertificates(weights, facts.Certificates, graduate, reasons);
        AddSingle(Component.Region, Components.Region(weights, facts, graduate), weights.Region, graduate.AnyRegion || graduate.Regions.Length > 0, reasons);
        AddSingle(Component.Wage, Components.Wage(weights, facts, graduate), facts.WageMax is null ? 0 : weights.Wage, graduate.WageWish is not null, reasons);
        AddSingle(Component.Education, Components.Education(weights, facts, graduate), facts.EducationRank is null ? 0 : weights.Education, graduate.EducationRank is not null, reasons);
        // Nobody can work on an order class seat that does not exist: it is no raise.
        var seat = Components.OrderClass(weights, facts, graduate);
        reasons.Add(new ReasonPart(Component.OrderClass, seat > 0 ? ItemState.Matched : ItemState.Missing, seat, weights.OrderClass, 0));
        HardRequirements.AddAll(facts, graduate, reasons);
    }

    // Each gain is the difference to the score with that one thing at its best, so gains of one component do not simply add up after rounding.
    private static void AddSkills(ScoreWeights weights, Component component, ReadOnlySpan<SkillAsk> asks, Candidate candidate, PairReasons reasons)
    {
        var items = reasons.AddItems(asks.Length);
        var asked = asks.Length;
        var (strengths, absent, sum) = (candidate.Strengths, State(candidate.Profile.SkillsComplete), 0);
        for (var i = 0; i < items.Length; i++)
        {
            var strength = strengths.Of(asks[i]);
            items[i] = new(asks[i].Skill, strength > 0 ? ItemState.Matched : absent, strength);
            sum += strength;
        }

        var total = Points(sum);
        // Skills that are answered alike gain alike, and most are not answered at all.
        var (alike, gain) = (-1, 0);
        foreach (ref readonly var item in items)
        {
            if (item.Share != alike)
            {
                (alike, gain) = (item.Share, Points(sum - item.Share + SkillStrengths.Full) - total);
            }

            reasons.Greatest.Add(new(component, item.Id, item.State != ItemState.Unknown, gain));
        }

        reasons.Add(new ReasonPart(component, total > 0 ? ItemState.Matched : absent, total, Points(SkillStrengths.Full * asked), asked));

        int Points(int strength) => component == Component.Must ? Components.Must(weights, asked, strength) : Components.Nice(weights, asked, strength);
    }

    private static void AddCertificates(ScoreWeights weights, CertificateAsk[] asks, in GraduateFacts graduate, PairReasons reasons)
    {
        var items = reasons.AddItems(asks.Length);
        var (absent, sum) = (State(graduate.CertificatesComplete), 0);
        for (var i = 0; i < items.Length; i++)
        {
            var held = graduate.Certificates.Contains(asks[i].Certificate);
            items[i] = new(asks[i].Certificate, held ? ItemState.Matched : absent, held ? 1 : 0);
            sum += items[i].Share;
        }

        var total = Components.Certificates(weights, asks.Length, sum);
        var gain = sum < asks.Length ? Components.Certificates(weights, asks.Length, sum + 1) - total : 0;
        foreach (ref readonly var item in items)
        {
            if (item.Share == 0)
            {
                reasons.Greatest.Add(new(Component.Certificates, item.Id, absent == ItemState.Missing, gain));
            }
        }

        reasons.Add(new ReasonPart(Component.Certificates, total > 0 ? ItemState.Matched : absent, total, asks.Length == 0 ? 0 : weights.Certificates, asks.Length));
    }

    private static void AddSingle(Component component, int points, int attainable, bool said, PairReasons reasons)
    {
        var state = points > 0 ? ItemState.Matched : State(said);
        reasons.Greatest.Add(new(component, null, state != ItemState.Unknown, attainable - points));
        reasons.Add(new ReasonPart(component, state, points, attainable, 0));
    }

    private static PartItem[] Items(ScoreWeights weights, ReasonPart part, ReadOnlySpan<ReasonItem> asked)
    {
        Span<int> shares = asked.Length <= MostOnStack ? stackalloc int[asked.Length] : new int[asked.Length];
        Span<int> points = asked.Length <= MostOnStack ? stackalloc int[asked.Length] : new int[asked.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = asked[i].Share;
        }

        var (weight, whole) = part.Component switch
        {
            Component.Must => (weights.Must, SkillStrengths.Full * Math.Max(asked.Length, Components.MustFloor)),
            Component.Nice => (weights.Nice, SkillStrengths.Full * Math.Max(asked.Length, Components.NiceFloor)),
            _ => (weights.Certificates, asked.Length),
        };
        // Whatever has no items has its points as a whole.
        if (asked.Length > 0)
        {
            LargestRemainder.Split(part.Points, shares, weight, whole, points);
        }

        var items = new PartItem[asked.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new(asked[i].Id, asked[i].State, points[i]);
        }

        return items;
    }

    // Of occupation and major, only what the demand asks for needs to have been said.
    private static bool OccupationSaid(in DemandFacts demand, in GraduateFacts graduate) =>
        (demand.Occupation is null || graduate.Occupations.Length > 0) && (demand.Majors.Length == 0 || graduate.Major is not null);

    private static ItemState State(bool complete) => complete ? ItemState.Missing : ItemState.Unknown;
}
