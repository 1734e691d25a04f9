using Matching.Service.Http;

namespace Matching.Service.Features.Demands;

/// <summary>Another posting of the same demand (重复需求).</summary>
/// <param name="DemandId">The posting.</param>
/// <param name="Title">Its title.</param>
/// <param name="Source">COMPANY, DEPARTMENT or SURVEY.</param>
/// <param name="State">Its state.</param>
/// <param name="Headcount">Seats it asks for, persons.</param>
/// <param name="OpenedOn">First day it was open.</param>
/// <param name="ClosedOn">Day it was filled, withdrawn or expired.</param>
/// <param name="PostedById">The department or office that posted it for the company.</param>
/// <param name="Canonical">It stands for the group: it is counted and matched.</param>
/// <param name="LikeId">The posting it was found to repeat; null: it was the first of the group.</param>
/// <param name="Reason">COPY 重复, REPOST 再次发布, DEPARTMENT 部门代发, MANUAL 人工关联.</param>
/// <param name="Similarity">Likeness of the texts, percent; null: decided by title, place and headcount, or by people.</param>
/// <param name="LinkedAt">When it was linked, UTC.</param>
public sealed record DemandCopy(
    long DemandId, string Title, string Source, string State, int Headcount, DateOnly OpenedOn, DateOnly? ClosedOn, long? PostedById, bool Canonical, long? LikeId, string? Reason,
    int? Similarity, DateTime? LinkedAt);

/// <summary>Says that a demand is the same as another of its company.</summary>
/// <param name="CanonicalId">The other demand, or any of its copies.</param>
public sealed record LinkDemand(long CanonicalId);

/// <summary>A page of the list.</summary>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Take">Rows of a page.</param>
public sealed record CopyQuery(Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
