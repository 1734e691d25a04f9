using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Seekers;

/// <summary>A skill a seeker has.</summary>
/// <param name="Name">The skill as it was registered.</param>
/// <param name="Evidence">CERTIFICATE 证书, COURSE 课程, INTERNSHIP 实习 or CLAIM 自述.</param>
/// <param name="Level">1 了解 to 5 精通; null: not said.</param>
public sealed record SeekerSkill(
    [Text(100)] string Name, [OneOf("CERTIFICATE", "COURSE", "INTERNSHIP", "CLAIM")] string Evidence, [Between(1, 5)] int? Level = null);

/// <summary>A registered job seeker who is not a graduate of the cohorts (求职者: 往届, 转岗, 失业), known by a pseudonym.</summary>
/// <param name="Id">Number of the seeker.</param>
/// <param name="OrganizationId">Who registered him.</param>
/// <param name="Reference">The registering organization's pseudonym.</param>
/// <param name="Category">FORMER_GRADUATE 往届毕业生, CHANGING_JOBS 转岗, UNEMPLOYED 失业, OTHER.</param>
/// <param name="RegionCode">Where he is, GB/T 2260.</param>
/// <param name="EducationCode">Level reached, GB/T 4658.</param>
/// <param name="BirthBand">Age band: 16-24, 25-34, 35-44 or 45+.</param>
/// <param name="WishedOccupations">Wished occupations, first wish first.</param>
/// <param name="WishedRegions">Wished regions.</param>
/// <param name="AnyRegion">Would go anywhere.</param>
/// <param name="WageWish">Wished pay, yuan per month.</param>
/// <param name="RegisteredOn">First day he is counted.</param>
/// <param name="ClosedOn">No longer looking from then on.</param>
/// <param name="Skills">Skills with their evidence.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Seeker(
    long Id, long OrganizationId, string Reference, string Category, string RegionCode, string? EducationCode, string? BirthBand, string[] WishedOccupations,
    string[] WishedRegions, bool AnyRegion, int? WageWish, DateOnly RegisteredOn, DateOnly? ClosedOn, SeekerSkill[] Skills, int Version) : IVersioned;

/// <summary>Registers a seeker or replaces what is known of him, skills included. <c>OrganizationId</c> is needed from the office only.</summary>
public sealed record WriteSeeker(
    [Text(64), Pseudonym] string Reference,
    [OneOf("FORMER_GRADUATE", "CHANGING_JOBS", "UNEMPLOYED", "OTHER")] string Category,
    [KnownCode(CodeKind.Region)] string RegionCode,
    DateOnly RegisteredOn,
    long? OrganizationId = null,
    [KnownCode(CodeKind.Education)] string? EducationCode = null,
    [OneOf("16-24", "25-34", "35-44", "45+")] string? BirthBand = null,
    [AtMost(10), KnownCode(CodeKind.Occupation)] IReadOnlyList<string>? WishedOccupations = null,
    [AtMost(20), KnownCode(CodeKind.Region)] IReadOnlyList<string>? WishedRegions = null,
    bool AnyRegion = false,
    [Between(1, 1_000_000)] int? WageWish = null,
    DateOnly? ClosedOn = null,
    [AtMost(200)] IReadOnlyList<SeekerSkill>? Skills = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClosedOn < RegisteredOn)
        {
            yield return new ValidationResult("结束日期不能早于登记日期。", [nameof(ClosedOn)]);
        }

        if (AnyRegion && WishedRegions is { Count: > 0 })
        {
            yield return new ValidationResult("不限地区时不能再列出地区。", [nameof(WishedRegions)]);
        }
    }
}

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record SeekerQuery(
    [property: OneOf("FORMER_GRADUATE", "CHANGING_JOBS", "UNEMPLOYED", "OTHER")] string? Category = null,
    [property: KnownCode(CodeKind.Region)] string? Region = null,
    long? OrganizationId = null,
    bool OnlyOpen = false,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
