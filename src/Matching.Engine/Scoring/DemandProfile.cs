namespace Matching.Engine.Scoring;

/// <summary>A skill asked for.</summary>
/// <param name="Skill">Number of the skill.</param>
/// <param name="Level">Least level 1–5; 0: any.</param>
public readonly record struct SkillAsk(long Skill, int Level);

/// <summary>A certificate asked for; a compulsory one (持证上岗) is a hard requirement too.</summary>
public readonly record struct CertificateAsk(long Certificate, bool Compulsory);

/// <summary>What scoring knows of a demand (需求). Lists hold each number once, in ascending order: <see cref="Create"/> sees to it.</summary>
public sealed record DemandProfile
{
    public required long Id { get; init; }

    /// <summary>The company.</summary>
    public required long CompanyId { get; init; }

    public OccupationId? Occupation { get; init; }

    /// <summary>Accepted majors; empty: any.</summary>
    public IReadOnlyList<string> Majors { get; init; } = [];

    /// <summary>Required skills.</summary>
    public IReadOnlyList<SkillAsk> Must { get; init; } = [];

    /// <summary>Welcome skills; never one that is required too.</summary>
    public IReadOnlyList<SkillAsk> Nice { get; init; } = [];

    public IReadOnlyList<CertificateAsk> Certificates { get; init; } = [];

    /// <summary>Least education as a rank; null: any.</summary>
    public int? EducationRank { get; init; }

    public required RegionId Region { get; init; }

    /// <summary>Only for those who would work there.</summary>
    public bool RegionBinding { get; init; }

    /// <summary>Most pay, yuan per month; null: not said.</summary>
    public int? WageMax { get; init; }

    /// <summary>Wanted start as a day number; null: any.</summary>
    public int? StartsOn { get; init; }

    /// <summary>Open and with a seat left.</summary>
    public bool HasSeats { get; init; } = true;

    /// <summary>Of a member of the alliance, where the region gives members priority; breaks ties only.</summary>
    public bool Priority { get; init; }

    /// <summary>
    /// The same demand with tidy lists: sorted, of a repeated skill the stricter wording, a skill both required and welcome counted as required.
    /// </summary>
    public DemandProfile Create()
    {
        var must = Tidy(Must);
        var required = must.Select(ask => ask.Skill).ToHashSet();
        return this with
        {
            Must = must,
            Nice = Tidy(Nice.Where(ask => !required.Contains(ask.Skill))),
            Certificates = [.. Certificates.GroupBy(ask => ask.Certificate).Select(group => new CertificateAsk(group.Key, group.Any(ask => ask.Compulsory))).OrderBy(ask => ask.Certificate)],
            Majors = [.. Majors.Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static SkillAsk[] Tidy(IEnumerable<SkillAsk> asks) =>
        [.. asks.GroupBy(ask => ask.Skill).Select(group => new SkillAsk(group.Key, group.Max(ask => ask.Level))).OrderBy(ask => ask.Skill)];
}
