using Matching.Service.Http;

namespace Matching.Service.Features.Introductions;

/// <summary>A graduate brought together with a demand (推荐).</summary>
/// <param name="Id">Number of the introduction.</param>
/// <param name="DemandId">The demand.</param>
/// <param name="GraduateId">The graduate.</param>
/// <param name="CompanyId">The demand's company.</param>
/// <param name="SchoolId">The graduate's school.</param>
/// <param name="State">SUGGESTED 推荐 → CONTACTED 联系 → APPLIED 应聘 → INTERVIEWED 面试 → OFFERED 录用意向 → PLACED 入职, or DECLINED 未成.</param>
/// <param name="Version">Grows with every change; the ETag.</param>
public sealed record Introduction(long Id, long DemandId, long GraduateId, long CompanyId, long SchoolId, string State, int Version) : IVersioned;

/// <summary>Brings a graduate and a demand together; the graduate must have consented to be shown.</summary>
public sealed record CreateIntroduction(long DemandId, long GraduateId);

/// <summary>Moves an introduction on; steps may be left out, but not taken back.</summary>
public sealed record IntroductionStep(
    [OneOf("CONTACTED", "APPLIED", "INTERVIEWED", "OFFERED", "PLACED", "DECLINED")] string To,
    [NotInFuture] DateOnly? HappenedOn = null,
    [System.ComponentModel.DataAnnotations.StringLength(500, ErrorMessage = "最多 {1} 个字符。")] string? Note = null);

/// <summary>One step of an introduction.</summary>
public sealed record IntroductionEvent(long Id, string State, string ByRole, string Note, DateTime HappenedAt);

/// <summary>Filters of the list, all optional and combined with AND.</summary>
public sealed record IntroductionQuery(
    long? DemandId = null,
    long? GraduateId = null,
    [property: OneOf("SUGGESTED", "CONTACTED", "APPLIED", "INTERVIEWED", "OFFERED", "PLACED", "DECLINED")] string? State = null,
    Cursor? After = null,
    [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
