using System.ComponentModel.DataAnnotations;
using Matching.Service.Data;
using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>How the region treats its demands (需求管理规则).</summary>
/// <param name="StaleDays">After so many days without a change, fill or confirmation a demand stands among the reminders.</param>
/// <param name="ExpireDays">After so many days without one it expires when it has no end of validity; null: never.</param>
/// <param name="HeadcountFloor">Up to so many seats any headcount is plausible, persons.</param>
/// <param name="HeadcountPercent">Beyond that, up to so many percent of the company's staff.</param>
/// <param name="HeadcountUnknown">Up to so many seats where the company's size is not known, persons.</param>
/// <param name="Version">Grows with every change, 0 while the defaults hold; the ETag.</param>
public sealed record DemandRule(int StaleDays, int? ExpireDays, int HeadcountFloor, int HeadcountPercent, int HeadcountUnknown, int Version) : IVersioned;

/// <summary>Sets the region's rules.</summary>
public sealed record WriteDemandRule(
    [Between(1, 3650)] int StaleDays, [Between(15, 3650)] int? ExpireDays, [Between(1, 100_000)] int HeadcountFloor, [Between(1, 1000)] int HeadcountPercent,
    [Between(1, 100_000)] int HeadcountUnknown) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ExpireDays < StaleDays + 14)
        {
            yield return new ValidationResult("须比提醒天数多 14 天以上，先提醒、后到期。", [nameof(ExpireDays)]);
        }
    }
}

internal sealed class DemandRuleStore(TenantSession session)
{
    private const string Columns = "stale_days, expire_days, headcount_floor, headcount_percent, headcount_unknown, row_version AS version";

    private const string SaveSql = $"""
        INSERT INTO demand_rule AS r (consortium_id, stale_days, expire_days, headcount_floor, headcount_percent, headcount_unknown)
        SELECT current_consortium(), @StaleDays, @ExpireDays, @HeadcountFloor, @HeadcountPercent, @HeadcountUnknown WHERE (own_demand_rule()).row_version = @Version
        ON CONFLICT ON CONSTRAINT demand_rule_pk DO UPDATE
        SET stale_days = @StaleDays, expire_days = @ExpireDays, headcount_floor = @HeadcountFloor, headcount_percent = @HeadcountPercent, headcount_unknown = @HeadcountUnknown
        WHERE r.row_version = @Version
        RETURNING {Columns}
        """;

    public async Task<DemandRule> FindAsync(CancellationToken ct) => (await session.FindAsync<DemandRule>($"SELECT {Columns} FROM own_demand_rule()", null, ct))!;

    /// <summary>Null when the rules are no longer at that version.</summary>
    public Task<DemandRule?> SaveAsync(int version, WriteDemandRule r, CancellationToken ct) => session.FindAsync<DemandRule>(
        SaveSql, new { Version = version, r.StaleDays, r.ExpireDays, r.HeadcountFloor, r.HeadcountPercent, r.HeadcountUnknown }, ct);
}

internal static class DemandRuleEndpoints
{
    private const string Example = """{ "staleDays": 30, "expireDays": 90, "headcountFloor": 50, "headcountPercent": 50, "headcountUnknown": 300 }""";

    public static void MapDemandRules(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/demand-rules").WithTags("Demands");
        rules.MapGet("/", Get).WithName("GetDemandRules").WithSummary("本联合体的需求管理规则").AllowRoles(ApiRoles.Members);
        rules.MapPut("/", Put).WithName("SetDemandRules").WithSummary("设定需求管理规则").AllowRoles(ApiRoles.Staff).WithExample(Example);
    }

    internal static async Task<Ok<DemandRule>> Get(DemandRuleStore store, HttpContext http, CancellationToken ct)
    {
        var rule = await store.FindAsync(ct);
        ETags.Set(http, rule.Version);
        return TypedResults.Ok(rule);
    }

    internal static Task<Results<Ok<DemandRule>, ProblemHttpResult>> Put(WriteDemandRule request, DemandRuleStore store, HttpContext http, CancellationToken ct) =>
        Answers.ChangeAsync<DemandRule>(http, "demand_rule", 0, async () => await store.FindAsync(ct), version => store.SaveAsync(version, request, ct));
}
