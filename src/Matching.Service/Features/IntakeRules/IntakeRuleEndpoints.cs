using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.IntakeRules;

internal static class IntakeRuleEndpoints
{
    public static void MapIntakeRules(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/intake-rules").WithTags("IntakeRules");
        rules.MapGet("/", List).WithName("ListIntakeRules").WithSummary("录入规则：法律禁止的要求与本联合体的地方规则").AllowRoles(ApiRoles.Members);
        rules.MapGet("/{rule}", Get).WithName("GetIntakeRule").WithSummary("一条录入规则").AllowRoles(ApiRoles.Members);
        rules.MapPut("/{rule}", Set).WithName("SetIntakeRule").WithSummary("设定地方规则的严格程度").AllowRoles(ApiRoles.Staff)
            .WithExample("""{ "severity": "REFUSE", "threshold": 12 }""");
    }

    internal static async Task<Ok<Page<IntakeRule>>> List(IntakeRuleStore store, CancellationToken ct) =>
        TypedResults.Ok(new Page<IntakeRule>(await store.ListAsync(ct), null));

    internal static async Task<Results<Ok<IntakeRule>, ProblemHttpResult>> Get(string rule, IntakeRuleStore store, HttpContext http, CancellationToken ct) =>
        await store.FindAsync(rule, ct) is { } known ? Answers.Found(http, "intake_rule", 0, known) : Problems.NotFound("intake_rule", rule);

    internal static async Task<Results<Ok<IntakeRule>, ProblemHttpResult>> Set(
        string rule, WriteIntakeRule request, IntakeRuleStore store, HttpContext http, CancellationToken ct) =>
        await store.FindAsync(rule, ct) is not { } known ? Problems.NotFound("intake_rule", rule)
        : known.Fixed ? Problems.Conflict("rule_fixed", "法律禁止的要求一律不予接收，不能更改。")
        : await Answers.ChangeAsync(http, "intake_rule", 0, () => Task.FromResult<IntakeRule?>(known), version => store.SetAsync(rule, version, request, ct));
}
