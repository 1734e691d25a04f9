using Matching.Service.Http;

namespace Matching.Service.Features.Plans;

/// <summary>A graduate and the demand the plan gives him.</summary>
/// <param name="GraduateId">The graduate.</param>
/// <param name="GraduateReference">The school's pseudonym.</param>
/// <param name="SchoolId">His school.</param>
/// <param name="ProgramName">His programme.</param>
/// <param name="DemandId">The demand.</param>
/// <param name="DemandTitle">Its title.</param>
/// <param name="CompanyId">Its company.</param>
/// <param name="Points">Match points, 0–100.</param>
/// <param name="Verdict">PASS, or UNKNOWN where the plan allows it.</param>
/// <param name="Choice">Which place the demand has in his own list, 1 is the first.</param>
/// <param name="OrderClass">He belongs to the company's order class, and the plan counts it.</param>
public sealed record PlanAssignment(
    long GraduateId, string GraduateReference, long SchoolId, string ProgramName, long DemandId, string DemandTitle, long CompanyId, decimal Points, string Verdict, int Choice,
    bool OrderClass);

/// <summary>A graduate without a demand.</summary>
/// <param name="GraduateId">The graduate.</param>
/// <param name="GraduateReference">The school's pseudonym.</param>
/// <param name="SchoolId">His school.</param>
/// <param name="ProgramName">His programme.</param>
/// <param name="Reason">NOT_QUALIFIED, AWAITS_ANSWERS, LOST_TO_POINTS or LOST_TO_PRIORITY.</param>
/// <param name="ReasonName">In words.</param>
public sealed record UnmatchedGraduate(long GraduateId, string GraduateReference, long SchoolId, string ProgramName, string Reason, string ReasonName);

/// <summary>A demand with seats left.</summary>
/// <param name="DemandId">The demand.</param>
/// <param name="DemandTitle">Its title.</param>
/// <param name="CompanyId">Its company.</param>
/// <param name="Seats">Seats it offered.</param>
/// <param name="SeatsLeft">Seats left.</param>
/// <param name="Listed">Graduates in whose lists it stands.</param>
/// <param name="Reason">NOBODY_QUALIFIED, AWAITS_ANSWERS or WISHES.</param>
/// <param name="ReasonName">In words.</param>
public sealed record UnmatchedDemand(
    long DemandId, string DemandTitle, long CompanyId, int Seats, int SeatsLeft, int Listed, string Reason, string ReasonName);

/// <summary>Filters of a plan's rows, all optional and combined with AND.</summary>
public sealed record PlanRowQuery(
    long? SchoolId = null, long? CompanyId = null, long? DemandId = null, Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>Filters of those without, all optional and combined with AND.</summary>
public sealed record UnmatchedQuery(
    [property: OneOf("NOT_QUALIFIED", "NOBODY_QUALIFIED", "AWAITS_ANSWERS", "LOST_TO_POINTS", "LOST_TO_PRIORITY", "WISHES")] string? Reason = null,
    long? SchoolId = null, long? CompanyId = null, Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
