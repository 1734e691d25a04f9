namespace Matching.Engine.Scoring;

/// <summary>What a skill is proven by, worst first.</summary>
public enum Evidence
{
    /// <summary>自述: 0.6.</summary>
    Claim,

    /// <summary>实习: 0.9.</summary>
    Internship,

    /// <summary>课程: 0.9.</summary>
    Course,

    /// <summary>证书: 1.</summary>
    Certificate,
}

/// <summary>A skill held.</summary>
/// <param name="Skill">Number of the skill.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="Level">Level 1–5; 0: not said, which counts as reaching level 1 only.</param>
public readonly record struct SkillHeld(long Skill, Evidence Evidence, int Level);

/// <summary>What scoring knows of a graduate (毕业生). What is empty or null has not been said, and is not held against him.</summary>
public sealed record GraduateProfile
{
    public required long Id { get; init; }

    /// <summary>Major code of his programme.</summary>
    public string? Major { get; init; }

    /// <summary>Wished occupations and those his programme serves.</summary>
    public IReadOnlyList<OccupationId> Occupations { get; init; } = [];

    public IReadOnlyList<SkillHeld> Skills { get; init; } = [];

    /// <summary>The school marked the skills as all there are.</summary>
    public bool SkillsComplete { get; init; }

    public IReadOnlyList<long> Certificates { get; init; } = [];

    /// <summary>The school marked the certificates as all there are.</summary>
    public bool CertificatesComplete { get; init; }

    /// <summary>Education reached as a rank.</summary>
    public int? EducationRank { get; init; }

    public IReadOnlyList<RegionId> Regions { get; init; } = [];

    public bool AnyRegion { get; init; }

    /// <summary>Wished pay, yuan per month.</summary>
    public int? WageWish { get; init; }

    /// <summary>Free from, as a day number.</summary>
    public int? AvailableFrom { get; init; }

    /// <summary>Companies whose order class (订单班) he belongs to.</summary>
    public IReadOnlyList<long> OrderClassCompanies { get; init; } = [];
}
