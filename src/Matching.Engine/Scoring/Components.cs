namespace Matching.Engine.Scoring;

/// <summary>
/// The points of each component, in hundredths of a point, exactly as the README states them. Whole numbers throughout: a component is rounded once, half up,
/// and everything that needs its points asks here, so a stored score and its explanation cannot differ.
/// </summary>
public static class Components
{
    // A one-line posting cannot reach the top: fewer skills than this count as this many.
    internal const int MustFloor = 5;
    internal const int NiceFloor = 3;

    private const int MajorClassLength = 4;

    /// <summary>必备技能: weight · Σ strength / max(n, 5).</summary>
    public static int Must(ScoreWeights weights, int asked, int strengthSum) => Share(weights.Must, strengthSum, SkillStrengths.Full * Math.Max(asked, MustFloor));

    /// <summary>加分技能: weight · Σ strength / max(n, 3).</summary>
    public static int Nice(ScoreWeights weights, int asked, int strengthSum) => Share(weights.Nice, strengthSum, SkillStrengths.Full * Math.Max(asked, NiceFloor));

    /// <summary>证书: share of the named ones held.</summary>
    public static int Certificates(ScoreWeights weights, int asked, int held) => asked == 0 ? 0 : Share(weights.Certificates, held, asked);

    /// <summary>职业: equal 1, same 小类 0.7, same 中类 0.4, the best of his occupations; accepted major equal 1, same class 0.5, if larger.</summary>
    public static int Occupation(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate)
    {
        var tenths = 0;
        if (demand.Occupation is { } wanted)
        {
            foreach (var occupation in graduate.Occupations)
            {
                tenths = Math.Max(tenths, OccupationTenths(wanted, occupation));
            }
        }

        if (graduate.Major is { } major && tenths < 10)
        {
            foreach (var accepted in demand.Majors)
            {
                tenths = Math.Max(tenths, accepted == major ? 10 : MajorClass(accepted).SequenceEqual(MajorClass(major)) ? 5 : 0);
            }
        }

        return OfTenths(weights.Occupation, tenths);
    }

    /// <summary>地区: place equal to a wish 1, same prefecture 0.7, same province 0.4; "any" 0.7 everywhere.</summary>
    public static int Region(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate)
    {
        var tenths = graduate.AnyRegion ? 7 : 0;
        foreach (var wish in graduate.Regions)
        {
            tenths = Math.Max(tenths, RegionTenths(demand.Region, wish));
        }

        return OfTenths(weights.Region, tenths);
    }

    /// <summary>薪酬: the offered maximum reaches the wish 1, falling linearly to 0 at 30 % below it.</summary>
    public static int Wage(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate) =>
        demand.WageMax is { } offered && graduate.WageWish is { } wish ? Wage(weights, offered, wish) : 0;

    internal static int Wage(ScoreWeights weights, int offered, int wish) =>
        offered >= wish ? weights.Wage
        : (int)Math.Max(0, ((2L * weights.Wage * ((3L * wish) - (10L * (wish - offered)))) + (3L * wish)) / (6L * wish));

    /// <summary>学历: stated and reached; no bonus above.</summary>
    public static int Education(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate) =>
        demand.EducationRank is { } least && graduate.EducationRank >= least ? weights.Education : 0;

    /// <summary>订单班: a seat held for this company.</summary>
    public static int OrderClass(ScoreWeights weights, in DemandFacts demand, in GraduateFacts graduate) =>
        graduate.OrderClassCompanies.Contains(demand.CompanyId) ? weights.OrderClass : 0;

    internal static int OfTenths(int weight, int tenths) => Share(weight, tenths, 10);

    internal static int RegionTenths(RegionId place, RegionId wish) =>
        place == wish ? 10 : place.Prefecture == wish.Prefecture ? 7 : place.Province == wish.Province ? 4 : 0;

    private static int OccupationTenths(OccupationId wanted, OccupationId held) =>
        wanted.Full == held.Full ? 10
        : wanted.Minor >= 0 && wanted.Minor == held.Minor ? 7
        : wanted.Middle >= 0 && wanted.Middle == held.Middle ? 4 : 0;

    /// <summary>专业类: the first four characters of a major's code.</summary>
    internal static ReadOnlySpan<char> MajorClass(string major) => major.AsSpan(0, Math.Min(MajorClassLength, major.Length));

    private static int Share(int weight, int part, int whole) => (int)(((2L * weight * part) + whole) / (2L * whole));
}
