using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Matches;

/// <summary>A skill a demand would ask for.</summary>
/// <param name="Name">The skill as its sender names it; one that nobody knows counts as asked for and held by nobody.</param>
/// <param name="Must">Required (true) or welcome (false).</param>
/// <param name="Level">1 了解 to 5 精通; null: any.</param>
/// <param name="Origin">Not looked at.</param>
public sealed record PreviewAsk([Text(100)] string Name, bool Must = true, [Between(1, 5)] int? Level = null, [OneOf("STATED", "TEXT")] string Origin = "STATED");

/// <summary>A certificate a demand would ask for.</summary>
/// <param name="Name">The certificate as its sender names it.</param>
/// <param name="Compulsory">持证上岗: nobody without it can be taken.</param>
public sealed record PreviewCertificate([Text(100)] string Name, bool Compulsory = false);

/// <summary>
/// A demand that is not posted. Takes the body of POST /demands: what bears on a match is described there, of the rest nothing is looked at. Skills are those listed,
/// none are read from the description; a title without a code is coded. The company, which departments and the office name, counts for its order classes.
/// </summary>
public sealed record PreviewDemand(
    [Text(200)] string Title,
    [KnownCode(CodeKind.Region)] string RegionCode,
    long? OrganizationId = null,
    [StringLength(20_000, ErrorMessage = "最多 {1} 个字符。")] string? Description = null,
    [KnownCode(CodeKind.Occupation)] string? OccupationCode = null,
    bool RegionBinding = false,
    [KnownCode(CodeKind.Education)] string? EducationCode = null,
    [AtMost(50), KnownCode(CodeKind.Major)] IReadOnlyList<string>? MajorCodes = null,
    [Between(0, 1_000_000)] int? WageMin = null,
    [Between(0, 1_000_000)] int? WageMax = null,
    DateOnly? StartsOn = null,
    [AtMost(100)] IReadOnlyList<PreviewAsk>? Skills = null,
    [AtMost(20)] IReadOnlyList<PreviewCertificate>? Certificates = null,
    int? Headcount = null,
    string? Kind = null,
    string? State = null,
    string? ExternalRef = null,
    string? IndustryCode = null,
    long? ClusterId = null,
    int? ExperienceYears = null,
    DateOnly? OpenedOn = null,
    DateOnly? ValidThrough = null,
    int? ContractMonths = null,
    bool WageNegotiable = false);

/// <summary>A skill somebody has.</summary>
/// <param name="Name">The skill as he names it; one that nobody knows counts for nothing.</param>
/// <param name="Evidence">CERTIFICATE 证书, COURSE 课程, INTERNSHIP 实习 or CLAIM 自述.</param>
/// <param name="Level">1 了解 to 5 精通; null: not said.</param>
public sealed record PreviewSkill([Text(100)] string Name, [OneOf("CERTIFICATE", "COURSE", "INTERNSHIP", "CLAIM")] string Evidence = "CLAIM", [Between(1, 5)] int? Level = null);

/// <summary>Somebody nobody knows: what he can and wishes, and nothing that says who he is. What is left out is unknown, and not held against him.</summary>
/// <param name="Skills">Skills.</param>
/// <param name="Certificates">Certificates held.</param>
/// <param name="SkillsComplete">These are all his skills.</param>
/// <param name="CertificatesComplete">These are all his certificates.</param>
/// <param name="MajorCode">Major.</param>
/// <param name="EducationCode">Education reached.</param>
/// <param name="WishedOccupations">Wished occupations.</param>
/// <param name="WishedRegions">Wished places.</param>
/// <param name="AnyRegion">Would go anywhere.</param>
/// <param name="WageWish">Wished pay, yuan per month.</param>
/// <param name="AvailableFrom">Free from.</param>
public sealed record PreviewProfile(
    [AtMost(200)] IReadOnlyList<PreviewSkill>? Skills = null,
    [AtMost(50), EachText(100)] IReadOnlyList<string>? Certificates = null,
    bool SkillsComplete = false,
    bool CertificatesComplete = false,
    [KnownCode(CodeKind.Major)] string? MajorCode = null,
    [KnownCode(CodeKind.Education)] string? EducationCode = null,
    [AtMost(10), KnownCode(CodeKind.Occupation)] IReadOnlyList<string>? WishedOccupations = null,
    [AtMost(20), KnownCode(CodeKind.Region)] IReadOnlyList<string>? WishedRegions = null,
    bool AnyRegion = false,
    [Between(1, 1_000_000)] int? WageWish = null,
    DateOnly? AvailableFrom = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AnyRegion && WishedRegions is { Count: > 0 })
        {
            yield return new ValidationResult("不限地区时不能再列出地区。", [nameof(WishedRegions)]);
        }
    }
}

/// <summary>Asks what would match; nothing is stored. Either a demand or a profile.</summary>
/// <param name="Demand">A demand: whom it would find.</param>
/// <param name="Profile">Somebody: what he would find.</param>
/// <param name="Take">How many of the best.</param>
public sealed record MatchPreview(PreviewDemand? Demand = null, PreviewProfile? Profile = null, [Between(1, MatchQuery.MostTake)] int Take = 20) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Demand is null == Profile is null)
        {
            yield return new ValidationResult("demand 与 profile 须给出其一。", [nameof(Demand)]);
        }
    }
}

/// <summary>How many match, and how well.</summary>
/// <param name="Considered">All that were looked at: graduates who agreed to be shown and look for work, or open demands.</param>
/// <param name="Pass">Match, and every hard requirement is met.</param>
/// <param name="Unknown">Match, but a hard requirement cannot be told from what was said.</param>
/// <param name="Points">Those of both by points: 0–10, 10–20 … 90–100; the lower end belongs to it.</param>
/// <param name="Rounded">Persons whom the caller may not see one by one are counted down to whole tens, in every number here.</param>
public sealed record PreviewCounts(int Considered, int Pass, int Unknown, IReadOnlyList<int> Points, bool Rounded);

/// <summary>What would match.</summary>
/// <param name="Counts">How many.</param>
/// <param name="Graduates">The best for a demand, as a company and the office see them; empty for all others.</param>
/// <param name="Demands">The best for a profile; empty for platforms.</param>
/// <param name="UnknownWords">Skills and certificates of the request that the vocabulary does not know.</param>
/// <param name="OccupationCode">The occupation a demand was taken for; null: none was found.</param>
public sealed record PreviewedMatches(
    PreviewCounts Counts, IReadOnlyList<GraduateMatch> Graduates, IReadOnlyList<DemandMatch> Demands, IReadOnlyList<string> UnknownWords, string? OccupationCode);
