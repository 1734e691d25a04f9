using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Organizations;

/// <summary>A company, school, department, institute or office of the consortium (成员单位).</summary>
/// <param name="Id">Number of the organization.</param>
/// <param name="Kind">COMPANY 企业, SCHOOL 学校, DEPARTMENT 主管部门, INSTITUTE 研究机构 or OFFICE 秘书处.</param>
/// <param name="Name">Registered name, unique among its kind in the consortium.</param>
/// <param name="CreditCode">统一社会信用代码, 18 characters.</param>
/// <param name="ExternalRef">The sender's own reference; imports find the organization by it again.</param>
/// <param name="RegionCode">Where it is, GB/T 2260.</param>
/// <param name="IndustryCode">What it does, GB/T 4754.</param>
/// <param name="ClusterId">The region's industry cluster it counts to.</param>
/// <param name="Nature">单位性质: STATE, PRIVATE, FOREIGN, COLLECTIVE, PUBLIC or OTHER.</param>
/// <param name="StaffCount">Employees, persons.</param>
/// <param name="StaffMin">Employees at least, where only a band (人员规模) is known, persons.</param>
/// <param name="StaffMax">Employees at most, persons; null: not said.</param>
/// <param name="Agency">劳务中介, by the office's word: its demands are left out of the counted demand; null: what name and industry tell.</param>
/// <param name="LooksLikeAgency">What name and industry tell.</param>
/// <param name="TeacherCount">Teachers of a school, persons.</param>
/// <param name="MemberSince">Member of the alliance since; null: not a member.</param>
/// <param name="State">ACTIVE or SUSPENDED; keys of a suspended organization do not work.</param>
/// <param name="Confirmed">false: entered because a file named it, awaiting confirmation (待确认); the office confirms it by saving it.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Organization(
    long Id, string Kind, string Name, string? CreditCode, string? ExternalRef, string RegionCode, string? IndustryCode, long? ClusterId,
    string? Nature, int? StaffCount, int? StaffMin, int? StaffMax, bool? Agency, bool LooksLikeAgency, int? TeacherCount, DateOnly? MemberSince, string State, bool Confirmed, int Version) : IVersioned;

/// <summary>Enrols an organization or replaces what is known of it.</summary>
public sealed record WriteOrganization(
    [OneOf("COMPANY", "SCHOOL", "DEPARTMENT", "INSTITUTE", "OFFICE")] string Kind,
    [Text(200)] string Name,
    [KnownCode(CodeKind.Region)] string RegionCode,
    [Format(Formats.CreditCode, Formats.CreditCodeMeaning)] string? CreditCode = null,
    [Text(100)] string? ExternalRef = null,
    [KnownCode(CodeKind.Industry)] string? IndustryCode = null,
    long? ClusterId = null,
    [OneOf("STATE", "PRIVATE", "FOREIGN", "COLLECTIVE", "PUBLIC", "OTHER")] string? Nature = null,
    [Between(0, 10_000_000)] int? StaffCount = null,
    [Between(0, 100_000)] int? TeacherCount = null,
    DateOnly? MemberSince = null,
    [OneOf("ACTIVE", "SUSPENDED")] string State = "ACTIVE",
    [Between(0, 10_000_000)] int? StaffMin = null,
    [Between(0, 10_000_000)] int? StaffMax = null,
    bool? Agency = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StaffMax is not null && (StaffMin is null || StaffMin > StaffMax))
        {
            yield return new ValidationResult("人员规模须同时给出下限，且上限不能低于下限。", [nameof(StaffMax)]);
        }
    }
}

/// <summary>Filters of the list, all optional and combined with AND.</summary>
/// <remarks>The rules are on the properties: the OpenAPI generator fails on rules of a query record's constructor parameters.</remarks>
public sealed record OrganizationQuery(
    [property: OneOf("COMPANY", "SCHOOL", "DEPARTMENT", "INSTITUTE", "OFFICE")] string? Kind = null,
    [property: KnownCode(CodeKind.Region)] string? Region = null,
    bool? Confirmed = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
