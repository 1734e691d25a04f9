using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Graduates;

/// <summary>A skill a graduate has.</summary>
/// <param name="Name">The skill as the school names it.</param>
/// <param name="Evidence">CERTIFICATE 证书, COURSE 课程, INTERNSHIP 实习 or CLAIM 自述.</param>
/// <param name="Level">1 了解 to 5 精通; null: not said.</param>
public sealed record GraduateSkill(
    [Text(100)] string Name, [OneOf("CERTIFICATE", "COURSE", "INTERNSHIP", "CLAIM")] string Evidence, [Between(1, 5)] int? Level = null);

/// <summary>A graduate (毕业生), known by a pseudonym of the school's own: no name, no national id, no phone number.</summary>
/// <param name="Id">Number of the graduate.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="ProgramId">The programme.</param>
/// <param name="Reference">The school's pseudonym.</param>
/// <param name="Cohort">Year of graduation (届).</param>
/// <param name="EducationCode">Level reached, GB/T 4658; null: the programme's.</param>
/// <param name="GraduatesOn">Day of graduation.</param>
/// <param name="AvailableFrom">Free to start from; null: from graduation.</param>
/// <param name="OriginRegionCode">生源地.</param>
/// <param name="WishedOccupations">Wished occupations, first wish first.</param>
/// <param name="WishedRegions">Wished regions.</param>
/// <param name="AnyRegion">Would go anywhere.</param>
/// <param name="WageWish">Wished pay, yuan per month.</param>
/// <param name="Consent">Agrees to be shown to companies.</param>
/// <param name="ConsentAt">Since when, UTC.</param>
/// <param name="SkillsComplete">The school has marked the skills as all there are, so a missing one counts as not held.</param>
/// <param name="CertificatesComplete">Likewise for certificates.</param>
/// <param name="Skills">Skills with their evidence.</param>
/// <param name="Certificates">Certificates held.</param>
/// <param name="OrderClassCompanyIds">Companies whose order class (订单班) the graduate belongs to.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Graduate(
    long Id, long SchoolId, long ProgramId, string Reference, int Cohort, string? EducationCode, DateOnly GraduatesOn, DateOnly? AvailableFrom, string? OriginRegionCode,
    string[] WishedOccupations, string[] WishedRegions, bool AnyRegion, int? WageWish, bool Consent, DateTime? ConsentAt, bool SkillsComplete, bool CertificatesComplete,
    GraduateSkill[] Skills, string[] Certificates, long[] OrderClassCompanyIds, int Version) : IVersioned;

/// <summary>Enters a graduate or replaces what is known of him, lists included. <c>SchoolId</c> is needed from the office only.</summary>
public sealed record WriteGraduate(
    long ProgramId,
    [Text(64), Pseudonym] string Reference,
    [Between(1980, 2100)] int Cohort,
    DateOnly GraduatesOn,
    long? SchoolId = null,
    [KnownCode(CodeKind.Education)] string? EducationCode = null,
    DateOnly? AvailableFrom = null,
    [KnownCode(CodeKind.Region)] string? OriginRegionCode = null,
    [AtMost(10), KnownCode(CodeKind.Occupation)] IReadOnlyList<string>? WishedOccupations = null,
    [AtMost(20), KnownCode(CodeKind.Region)] IReadOnlyList<string>? WishedRegions = null,
    bool AnyRegion = false,
    [Between(1, 1_000_000)] int? WageWish = null,
    bool Consent = false,
    bool SkillsComplete = false,
    bool CertificatesComplete = false,
    [AtMost(200)] IReadOnlyList<GraduateSkill>? Skills = null,
    [AtMost(50), EachText(100)] IReadOnlyList<string>? Certificates = null,
    [AtMost(20)] IReadOnlyList<long>? OrderClassCompanyIds = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AnyRegion && WishedRegions is { Count: > 0 })
        {
            yield return new ValidationResult("不限地区时不能再列出地区。", [nameof(WishedRegions)]);
        }
    }
}

/// <summary>Several graduates at once: all are stored or none.</summary>
public sealed record GraduateBatch([AtMost(500)] IReadOnlyList<WriteGraduate> Items);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record GraduateQuery(
    long? SchoolId = null,
    long? ProgramId = null,
    [property: Between(1980, 2100)] int? Cohort = null,
    bool? Consent = null,
    [property: Text(64)] string? Reference = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
