namespace Matching.Engine.Scoring;

/// <summary>What scoring reads of a demand besides its skills, in one piece of memory, so that an index finishes a pair without following the profile's lists.</summary>
public readonly struct DemandFacts(DemandProfile demand)
{
    public long CompanyId { get; } = demand.CompanyId;

    public OccupationId? Occupation { get; } = demand.Occupation;

    internal string[] Majors { get; } = Lists.AsArray(demand.Majors);

    internal CertificateAsk[] Certificates { get; } = Lists.AsArray(demand.Certificates);

    public int? EducationRank { get; } = demand.EducationRank;

    public int? WageMax { get; } = demand.WageMax;

    public int? StartsOn { get; } = demand.StartsOn;

    public RegionId Region { get; } = demand.Region;

    /// <summary>How many skills it requires.</summary>
    public int MustCount { get; } = demand.Must.Count;

    /// <summary>How many skills it welcomes.</summary>
    public int NiceCount { get; } = demand.Nice.Count;

    public bool RegionBinding { get; } = demand.RegionBinding;

    public bool HasSeats { get; } = demand.HasSeats;

    public bool Priority { get; } = demand.Priority;

    public static implicit operator DemandFacts(DemandProfile demand) => new(demand);
}
