using Matching.Service.Http;

namespace Matching.Service.Features.Introductions;

/// <summary>An introduction that stands still (待跟进).</summary>
/// <param name="Id">Number of the introduction.</param>
/// <param name="DemandId">The demand.</param>
/// <param name="DemandTitle">Its title.</param>
/// <param name="GraduateId">The graduate.</param>
/// <param name="GraduateReference">The school's pseudonym for him.</param>
/// <param name="CompanyId">The company.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StateSince">Since when, UTC.</param>
/// <param name="Days">Whole days since then.</param>
/// <param name="WaitsFor">COMPANY or SCHOOL: whose turn it is.</param>
public sealed record IntroductionReminder(
    long Id, long DemandId, string DemandTitle, long GraduateId, string? GraduateReference, long CompanyId, long SchoolId, string State, DateTime StateSince, int Days, string WaitsFor);

/// <summary>Days an introduction may stay in a state before it is reminded of, 1–365.</summary>
public sealed record IntroductionPatience(
    [Between(1, 365)] int Suggested = 7, [Between(1, 365)] int Contacted = 7, [Between(1, 365)] int Applied = 7, [Between(1, 365)] int Interviewed = 14,
    [Between(1, 365)] int Offered = 30);

/// <summary>Page of the reminders, oldest first.</summary>
public sealed record ReminderQuery(Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);

/// <summary>How far the introductions of a period came (漏斗).</summary>
/// <param name="Group">Id of the demand, company or school, or code of the occupation group (中类; null: 未归类); null for the whole.</param>
/// <param name="Suggested">Introductions begun in the period, persons.</param>
/// <param name="Contacted">Of them, those that came to a contact or further.</param>
/// <param name="Applied">To an application or further.</param>
/// <param name="Interviewed">To an interview or further.</param>
/// <param name="Offered">To an offer or further.</param>
/// <param name="Placed">To a start of work.</param>
/// <param name="Declined">That came to nothing.</param>
public sealed record FunnelRow(string? Group, int Suggested, int Contacted, int Applied, int Interviewed, int Offered, int Placed, int Declined);

/// <summary>Of which introductions the funnel is.</summary>
/// <param name="From">Begun on or after.</param>
/// <param name="To">Begun on or before.</param>
/// <param name="By">demand, company, school or occupation; null: all in one row.</param>
public sealed record FunnelQuery(DateOnly? From = null, DateOnly? To = null, [property: OneOf("demand", "company", "school", "occupation")] string? By = null);
