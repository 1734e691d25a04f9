using System.ComponentModel.DataAnnotations;
using Matching.Service.Http;
using Matching.Service.Reference;

namespace Matching.Service.Features.Plans;

/// <summary>What a plan is about (方案范围).</summary>
/// <param name="Kinds">Kinds of demands: EMPLOYMENT 就业, INTERNSHIP 实习, APPRENTICE 学徒, ORDER_CLASS 订单班.</param>
/// <param name="Cohort">Graduates of that year (届); null: all who look for work.</param>
/// <param name="SchoolId">Graduates of that school; null: of all.</param>
/// <param name="RegionCode">Demands in that region; null: in all.</param>
public sealed record PlanScope(
    [AtMost(4), EachKind] IReadOnlyList<string>? Kinds = null, [Between(1980, 2100)] int? Cohort = null, long? SchoolId = null, [KnownCode(CodeKind.Region)] string? RegionCode = null)
{
    internal static readonly string[] AllKinds = ["EMPLOYMENT", "INTERNSHIP", "APPRENTICE", "ORDER_CLASS"];

    private static readonly string[] UsualKinds = ["EMPLOYMENT", "ORDER_CLASS"];

    /// <summary>With its kinds, sorted, each once; none named: EMPLOYMENT and ORDER_CLASS.</summary>
    internal PlanScope Complete() => this with { Kinds = Kinds is { Count: > 0 } ? [.. Kinds.Distinct().Order(StringComparer.Ordinal)] : UsualKinds };
}

/// <summary>Each entry is a kind of demand that graduates can be placed on.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class EachKindAttribute() : ValidationAttribute($"每项须为 {string.Join("、", PlanScope.AllKinds)} 之一。")
{
    public override bool IsValid(object? value) => value is not IEnumerable<string> kinds || kinds.All(kind => PlanScope.AllKinds.Contains(kind));
}

/// <summary>Whom demands take first (分配规则). What is first stands before others whatever the points; among equals points decide.</summary>
/// <param name="OrderClass">Whose order classes (订单班) have reserved seats: ALL 所有企业, MEMBERS 会员企业 or NONE.</param>
/// <param name="OrderClassShare">How many of a demand's seats they have, in percent, rounded up; what they leave is open to all.</param>
/// <param name="MemberSchoolsFirst">Graduates of member schools before others.</param>
/// <param name="LocalFirst">Graduates whose school or origin (生源地) is in the demand's COUNTY 县区, PREFECTURE 地市 or PROVINCE 省 before others; NONE: no difference.</param>
/// <param name="AllowUnknown">Also pairs of which a hard requirement is UNKNOWN (待确认), after all that pass. What fails is never assigned.</param>
public sealed record PlanRules(string OrderClass, int OrderClassShare, bool MemberSchoolsFirst, string LocalFirst, bool AllowUnknown);

/// <summary>Rules for one plan or a consortium's own; what is not said is as it would be without.</summary>
public sealed record WritePlanRules(
    [OneOf("ALL", "MEMBERS", "NONE")] string? OrderClass = null,
    [Between(0, 100)] int? OrderClassShare = null,
    bool? MemberSchoolsFirst = null,
    [OneOf("NONE", "COUNTY", "PREFECTURE", "PROVINCE")] string? LocalFirst = null,
    bool? AllowUnknown = null)
{
    internal PlanRules Over(PlanRules rules) => new(
        OrderClass ?? rules.OrderClass, OrderClassShare ?? rules.OrderClassShare, MemberSchoolsFirst ?? rules.MemberSchoolsFirst, LocalFirst ?? rules.LocalFirst,
        AllowUnknown ?? rules.AllowUnknown);
}

/// <summary>The rules plans of this consortium have unless they say otherwise.</summary>
/// <param name="Rules">In force: the consortium's own over the platform's.</param>
/// <param name="Own">What the consortium has set.</param>
/// <param name="Version">Grows with every change, 0 while nothing is set; the ETag of a change.</param>
public sealed record PlanDefaults(PlanRules Rules, WritePlanRules Own, int Version) : IVersioned;

/// <summary>Asks for a plan.</summary>
/// <param name="Title">What to call it.</param>
/// <param name="K">How many entries of each stored list count, of those that are of the scope: 1–50.</param>
/// <param name="Objective">STABLE 稳定分配 (nobody could do better by agreement) or MAXIMUM_POINTS 总分最大; the figures of both are computed either way.</param>
/// <param name="Scope">Null: everybody, all demands of the kinds EMPLOYMENT and ORDER_CLASS.</param>
/// <param name="Rules">Over the consortium's own; null: those.</param>
public sealed record CreatePlan(
    [Text(100)] string Title, [Between(1, 50)] int K = 20, [OneOf("STABLE", "MAXIMUM_POINTS")] string Objective = "STABLE", PlanScope? Scope = null, WritePlanRules? Rules = null);

/// <summary>A plan (分配方案).</summary>
/// <param name="Id">Number of the plan.</param>
/// <param name="Title">What it is called.</param>
/// <param name="State">QUEUED 排队, RUNNING 计算中, DONE 完成 (and frozen), FAILED 失败 or CANCELLED 取消.</param>
/// <param name="Objective">STABLE or MAXIMUM_POINTS.</param>
/// <param name="K">Entries of each list.</param>
/// <param name="Scope">What it is about.</param>
/// <param name="Rules">Whom demands take first.</param>
/// <param name="JobRunId">Its run; follow it at <c>/job-runs/{id}</c>.</param>
/// <param name="RequestedAt">UTC.</param>
/// <param name="SnapshotAt">As of when seats and graduates were read, UTC; null: not yet.</param>
/// <param name="ListsSince">When the oldest list of matches it rests on was computed, UTC; null: not yet, or there was none.</param>
/// <param name="WeightsVersion">Of the match points; null likewise.</param>
public sealed record Plan(
    long Id, string Title, string State, string Objective, int K, PlanScope Scope, PlanRules Rules, long? JobRunId, DateTime RequestedAt, DateTime? SnapshotAt,
    DateTime? ListsSince, int? WeightsVersion);

/// <summary>A plan with its figures.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Figures">Null: not computed yet.</param>
public sealed record PlanDetail(Plan Plan, PlanFigureTable? Figures);

/// <summary>What a plan rests on and comes to.</summary>
/// <param name="Graduates">Graduates of the scope who look for work.</param>
/// <param name="Demands">Open demands of the scope.</param>
/// <param name="Seats">Their open headcount.</param>
/// <param name="Pairs">Pairs of both in the lists.</param>
/// <param name="StaleLists">Lists whose graduate or demand has changed since they were computed: recompute the matches first if there are many.</param>
/// <param name="Outcomes">The plan, the other objective and plain top lists, side by side.</param>
/// <param name="Unmatched">How many are without, by reason, in the plan as it is stored.</param>
public sealed record PlanFigureTable(
    int Graduates, int Demands, long Seats, int Pairs, int StaleLists, IReadOnlyList<PlanOutcome> Outcomes, IReadOnlyList<UnmatchedCount> Unmatched);

/// <summary>Figures of one way to place people, v1. Shares have four digits; null: nothing to count over.</summary>
/// <param name="Objective">STABLE, MAXIMUM_POINTS, or TOP_K: everybody is sent the first k of his list and nobody counts seats.</param>
/// <param name="Name">In words.</param>
/// <param name="Names">Graduates named to demands.</param>
/// <param name="Graduates">Graduates with at least one demand.</param>
/// <param name="GraduateCoverage">Share of all graduates.</param>
/// <param name="Demands">Demands with at least one graduate.</param>
/// <param name="DemandCoverage">Share of all demands.</param>
/// <param name="Seats">Seats with a graduate; more names than seats count once.</param>
/// <param name="SeatCoverage">Share of all seats.</param>
/// <param name="Points">Points of all names.</param>
/// <param name="AveragePoints">Points a name.</param>
/// <param name="AverageChoice">Mean place in the graduate's own list, 1 is the first.</param>
/// <param name="Gini">Of names over seats: 0 every seat has as many, towards 1 all are on few.</param>
/// <param name="Concentration">集中度 1 + Σ p ln p / ln n over the n demands: 0 even, 1 all on one.</param>
/// <param name="BlockingPairs">阻塞对, counted by a checker of its own: 0 is stable; null for TOP_K.</param>
/// <param name="Overfilled">Demands with more graduates than seats; null for TOP_K.</param>
public sealed record PlanOutcome(
    string Objective, string Name, int Names, int Graduates, decimal? GraduateCoverage, int Demands, decimal? DemandCoverage, long Seats, decimal? SeatCoverage, decimal Points,
    decimal? AveragePoints, decimal? AverageChoice, decimal? Gini, decimal? Concentration, int? BlockingPairs, int? Overfilled);

/// <summary>How many are without, and why.</summary>
/// <param name="Side">GRADUATE or DEMAND.</param>
/// <param name="Reason">See the lists of both.</param>
/// <param name="ReasonName">In words.</param>
/// <param name="Count">Graduates, or demands.</param>
/// <param name="Seats">Seats left, for demands.</param>
public sealed record UnmatchedCount(string Side, string Reason, string ReasonName, int Count, long? Seats);

/// <summary>Filters of the list of plans, newest first.</summary>
public sealed record PlanQuery(
    [property: OneOf("STABLE", "MAXIMUM_POINTS")] string? Objective = null, Cursor? After = null, [property: Between(1, Page.MaxTake)] int Take = Page.DefaultTake);
