using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;

namespace Matching.Service.Features.Introductions;

/// <summary>A graduate brought together with a demand (推荐).</summary>
/// <param name="Id">Number of the introduction.</param>
/// <param name="DemandId">The demand.</param>
/// <param name="DemandTitle">Its title.</param>
/// <param name="GraduateId">The graduate.</param>
/// <param name="CompanyId">The demand's company.</param>
/// <param name="SchoolId">The graduate's school.</param>
/// <param name="State">SUGGESTED 推荐 → CONTACTED 联系 → APPLIED 应聘 → INTERVIEWED 面试 → OFFERED 录用意向 → PLACED 入职, or DECLINED 未成.</param>
/// <param name="StateSince">Since when, UTC.</param>
/// <param name="DeclineReason">NOT_SUITABLE 不合适, WITHDREW 本人放弃, OTHER_OFFER 另有去处, DEMAND_CLOSED 需求已关闭 or OTHER; null: not declined, or not said.</param>
/// <param name="FromMatch">The pair stood in a list of matches when it was introduced.</param>
/// <param name="Reason">Why it was introduced without one.</param>
/// <param name="GraduateReference">The school's pseudonym for him; null: he no longer agrees to be shown.</param>
/// <param name="ProgramName">His programme; null likewise.</param>
/// <param name="Skills">What he can do; empty likewise.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Introduction(
    long Id, long DemandId, string DemandTitle, long GraduateId, long CompanyId, long SchoolId, string State, DateTime StateSince, string? DeclineReason, bool FromMatch, string Reason,
    string? GraduateReference, string? ProgramName, string[] Skills, int Version) : IVersioned;

/// <summary>Brings a graduate and a demand together; the graduate must have consented to be shown.</summary>
/// <param name="DemandId">An open demand.</param>
/// <param name="GraduateId">A graduate.</param>
/// <param name="Reason">Why, when the pair stands in no list of matches; both sides read it.</param>
public sealed record CreateIntroduction(long DemandId, long GraduateId, [Text(200)] string? Reason = null);

/// <summary>Moves an introduction on; steps may be left out, but not taken back.</summary>
/// <param name="To">The step.</param>
/// <param name="HappenedOn">Day of the start of work, for PLACED; null: today.</param>
/// <param name="Note">For the own side alone; the other does not read it.</param>
/// <param name="Reason">Why it came to nothing, for DECLINED.</param>
public sealed record IntroductionStep(
    [OneOf("CONTACTED", "APPLIED", "INTERVIEWED", "OFFERED", "PLACED", "DECLINED")] string To,
    [NotInFuture] DateOnly? HappenedOn = null,
    [StringLength(500, ErrorMessage = "最多 {1} 个字符。")] string? Note = null,
    [OneOf("NOT_SUITABLE", "WITHDREW", "OTHER_OFFER", "OTHER")] string? Reason = null);

/// <summary>One step of an introduction.</summary>
/// <param name="Id">Number of the step.</param>
/// <param name="State">State from then on.</param>
/// <param name="ByRole">Role that took it.</param>
/// <param name="Note">The own side's note; empty for the other's.</param>
/// <param name="HappenedAt">When it was recorded, UTC.</param>
public sealed record IntroductionEvent(long Id, string State, string ByRole, string Note, DateTime HappenedAt);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record IntroductionQuery(
    long? DemandId = null,
    long? GraduateId = null,
    [property: OneOf("SUGGESTED", "CONTACTED", "APPLIED", "INTERVIEWED", "OFFERED", "PLACED", "DECLINED")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
