namespace Matching.Engine.Scoring;

/// <summary>What scoring reads of a graduate besides his skills, in one piece of memory; lists that graduates share stay shared.</summary>
public readonly struct GraduateFacts(GraduateProfile graduate)
{
    public string? Major { get; } = graduate.Major;

    internal OccupationId[] Occupations { get; } = Lists.AsArray(graduate.Occupations);

    internal RegionId[] Regions { get; } = Lists.AsArray(graduate.Regions);

    internal long[] Certificates { get; } = Lists.AsArray(graduate.Certificates);

    internal long[] OrderClassCompanies { get; } = Lists.AsArray(graduate.OrderClassCompanies);

    public int? EducationRank { get; } = graduate.EducationRank;

    public int? WageWish { get; } = graduate.WageWish;

    public int? AvailableFrom { get; } = graduate.AvailableFrom;

    public bool AnyRegion { get; } = graduate.AnyRegion;

    public bool CertificatesComplete { get; } = graduate.CertificatesComplete;

    public static implicit operator GraduateFacts(GraduateProfile graduate) => new(graduate);
}

internal static class Lists
{
    /// <summary>The list as an array: itself where it is one.</summary>
    public static T[] AsArray<T>(IReadOnlyList<T> list) => list as T[] ?? [.. list];
}
