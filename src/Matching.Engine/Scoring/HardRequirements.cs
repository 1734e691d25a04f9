namespace Matching.Engine.Scoring;

/// <summary>Whether a hard requirement is met. The order matters: a pair's verdict is the worst of its requirements.</summary>
public enum Verdict
{
    /// <summary>Met.</summary>
    Pass,

    /// <summary>Cannot be told from what has been said.</summary>
    Unknown,

    /// <summary>Not met, on evidence.</summary>
    Fail,
}

/// <summary>The hard requirements (硬性条件).</summary>
public enum Requirement
{
    /// <summary>Open, with a seat left.</summary>
    Seats,

    /// <summary>Least education.</summary>
    Education,

    /// <summary>A compulsory certificate.</summary>
    Certificate,

    /// <summary>Free at the wanted start.</summary>
    Availability,

    /// <summary>Would work there.</summary>
    Region,
}

/// <summary>One requirement's answer; <c>Certificate</c> names which one, for that kind.</summary>
public readonly record struct RequirementCheck(Requirement Requirement, Verdict Verdict, long? Certificate = null);

/// <summary>Only requirements that the demand makes are asked. FAIL needs evidence; what was not said is UNKNOWN.</summary>
public static class HardRequirements
{
    /// <summary>The pair's verdict: the worst of the answers.</summary>
    public static Verdict Verdict(in DemandFacts demand, in GraduateFacts graduate)
    {
        var worst = Max(Max(Seats(demand), Education(demand, graduate)), Max(Availability(demand, graduate), Region(demand, graduate)));
        foreach (var ask in demand.Certificates)
        {
            worst = ask.Compulsory ? Max(worst, Certificate(ask, graduate)) : worst;
        }

        return worst;
    }

    /// <summary>Adds every requirement the demand makes, with its answer.</summary>
    internal static void AddAll(in DemandFacts demand, in GraduateFacts graduate, PairReasons reasons)
    {
        reasons.Add(new RequirementCheck(Requirement.Seats, Seats(demand)));
        if (demand.EducationRank is not null)
        {
            reasons.Add(new RequirementCheck(Requirement.Education, Education(demand, graduate)));
        }

        foreach (var ask in demand.Certificates)
        {
            if (ask.Compulsory)
            {
                reasons.Add(new RequirementCheck(Requirement.Certificate, Certificate(ask, graduate), ask.Certificate));
            }
        }

        if (demand.StartsOn is not null)
        {
            reasons.Add(new RequirementCheck(Requirement.Availability, Availability(demand, graduate)));
        }

        if (demand.RegionBinding)
        {
            reasons.Add(new RequirementCheck(Requirement.Region, Region(demand, graduate)));
        }
    }

    private static Verdict Seats(in DemandFacts demand) => demand.HasSeats ? Scoring.Verdict.Pass : Scoring.Verdict.Fail;

    private static Verdict Education(in DemandFacts demand, in GraduateFacts graduate) =>
        demand.EducationRank is not { } least ? Scoring.Verdict.Pass : Answer(graduate.EducationRank is { } rank ? rank >= least : null);

    private static Verdict Certificate(CertificateAsk ask, in GraduateFacts graduate) =>
        graduate.Certificates.Contains(ask.Certificate) ? Scoring.Verdict.Pass : graduate.CertificatesComplete ? Scoring.Verdict.Fail : Scoring.Verdict.Unknown;

    private static Verdict Availability(in DemandFacts demand, in GraduateFacts graduate) =>
        demand.StartsOn is not { } start ? Scoring.Verdict.Pass : Answer(graduate.AvailableFrom is { } free ? free <= start : null);

    // The most favourable of his wishes: the enum's order is best first.
    private static Verdict Region(in DemandFacts demand, in GraduateFacts graduate) =>
        !demand.RegionBinding || graduate.AnyRegion ? Scoring.Verdict.Pass
        : graduate.Regions.Length == 0 ? Scoring.Verdict.Unknown
        : Best(demand.Region, graduate.Regions);

    private static Verdict Best(RegionId place, RegionId[] wishes)
    {
        var best = Scoring.Verdict.Fail;
        foreach (var wish in wishes)
        {
            best = Min(best, Region(place, wish));
        }

        return best;
    }

    // "There" is the prefecture: people commute between the counties of a city. Who would work anywhere in a province would work there;
    // a place given as a whole province may or may not be the part of it he wishes.
    private static Verdict Region(RegionId place, RegionId wish) =>
        place.Prefecture == wish.Prefecture ? Scoring.Verdict.Pass
        : place.Province != wish.Province ? Scoring.Verdict.Fail
        : wish.IsProvince ? Scoring.Verdict.Pass
        : place.IsProvince ? Scoring.Verdict.Unknown : Scoring.Verdict.Fail;

    private static Verdict Answer(bool? met) => met switch { true => Scoring.Verdict.Pass, false => Scoring.Verdict.Fail, null => Scoring.Verdict.Unknown };

    private static Verdict Max(Verdict a, Verdict b) => a > b ? a : b;

    private static Verdict Min(Verdict a, Verdict b) => a < b ? a : b;
}
