using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Placements;

/// <summary>A destination of a graduate (毕业去向). One is current at a time; a new one ends the one before.</summary>
/// <param name="Id">Number of the placement.</param>
/// <param name="SchoolId">The graduate's school.</param>
/// <param name="GraduateId">The graduate.</param>
/// <param name="DestinationKind">One of the 14 kinds of <c>/destination-kinds</c>.</param>
/// <param name="Evidence">What proves it: AGREEMENT 就业协议, LABOUR_CONTRACT 劳动合同, EMPLOYER_STATEMENT 用人单位证明, BUSINESS_LICENCE 营业执照, ENLISTMENT_NOTICE 入伍通知,
/// PROJECT_NOTICE 项目录用通知, ADMISSION_NOTICE 录取通知, OWN_STATEMENT 本人声明, NONE.</param>
/// <param name="EmployerName">Employer as written.</param>
/// <param name="EmployerId">Employer, when it is an organization of the consortium.</param>
/// <param name="DemandId">The demand that was filled.</param>
/// <param name="OccupationCode">Occupation taken up.</param>
/// <param name="RegionCode">Place of work or study.</param>
/// <param name="Wage">Pay, yuan per month.</param>
/// <param name="PlacedOn">First day.</param>
/// <param name="EndedOn">Last day; null: current.</param>
/// <param name="Confirmed">Confirmed by the graduate.</param>
/// <param name="Status6Months">Six months later: SAME_EMPLOYER, OTHER_EMPLOYER, NOT_EMPLOYED or UNKNOWN.</param>
/// <param name="Status12Months">Twelve months later.</param>
/// <param name="Status24Months">Twenty-four months later.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Placement(
    long Id, long SchoolId, long GraduateId, string DestinationKind, string Evidence, string? EmployerName, long? EmployerId, long? DemandId, string? OccupationCode,
    string? RegionCode, int? Wage, DateOnly PlacedOn, DateOnly? EndedOn, bool Confirmed, string? Status6Months, string? Status12Months, string? Status24Months,
    int Version) : IVersioned;

/// <summary>Records a destination or replaces what is known of it.</summary>
public sealed record WritePlacement(
    long GraduateId,
    [KnownCode(CodeKind.Destination)] string DestinationKind,
    [OneOf("AGREEMENT", "LABOUR_CONTRACT", "EMPLOYER_STATEMENT", "BUSINESS_LICENCE", "ENLISTMENT_NOTICE", "PROJECT_NOTICE", "ADMISSION_NOTICE", "OWN_STATEMENT", "NONE",
        PlacementRules.InternshipCertificate)]
    string Evidence,
    DateOnly PlacedOn,
    [Text(200)] string? EmployerName = null,
    long? EmployerId = null,
    long? DemandId = null,
    [KnownCode(CodeKind.Occupation)] string? OccupationCode = null,
    [KnownCode(CodeKind.Region)] string? RegionCode = null,
    [Between(1, 1_000_000)] int? Wage = null,
    bool Confirmed = false,
    [OneOf("SAME_EMPLOYER", "OTHER_EMPLOYER", "NOT_EMPLOYED", "UNKNOWN")] string? Status6Months = null,
    [OneOf("SAME_EMPLOYER", "OTHER_EMPLOYER", "NOT_EMPLOYED", "UNKNOWN")] string? Status12Months = null,
    [OneOf("SAME_EMPLOYER", "OTHER_EMPLOYER", "NOT_EMPLOYED", "UNKNOWN")] string? Status24Months = null);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record PlacementQuery(
    long? SchoolId = null,
    long? GraduateId = null,
    [property: Between(1980, 2100)] int? Cohort = null,
    bool Current = false,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
