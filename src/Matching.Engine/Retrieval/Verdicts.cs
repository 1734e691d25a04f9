using Matching.Engine.Scoring;

namespace Matching.Engine.Retrieval;

/// <summary>
/// Which pairs cannot be PASS, by class: a demand's class has a bit for each hard requirement it makes, a graduate's for each he has said nothing to. A bit in common: UNKNOWN at best.
/// So the few who may be PASS are searched first, and only where they do not fill the list is the rest searched for the best UNKNOWN.
/// </summary>
internal static class Verdicts
{
    private const int Education = 1;
    private const int Start = 2;
    private const int Place = 4;
    private const int Certificate = 8;

    public static byte Asked(in DemandFacts demand) => (byte)((demand.EducationRank is null ? 0 : Education) | (demand.StartsOn is null ? 0 : Start)
        | (demand.RegionBinding ? Place : 0) | (Array.Exists(demand.Certificates, ask => ask.Compulsory) ? Certificate : 0));

    public static byte Unsaid(in GraduateFacts graduate) => (byte)((graduate.EducationRank is null ? Education : 0) | (graduate.AvailableFrom is null ? Start : 0)
        | (!graduate.AnyRegion && graduate.Regions.Length == 0 ? Place : 0) | (graduate.Certificates.Length == 0 ? Certificate : 0));

    /// <summary>Classes of the other side with a bit in common, a bit each.</summary>
    public static uint Meeting(byte one)
    {
        var meeting = 0u;
        for (var other = 0; other < Block.Classes; other++)
        {
            meeting |= (other & one) != 0 ? 1u << other : 0;
        }

        return meeting;
    }
}
