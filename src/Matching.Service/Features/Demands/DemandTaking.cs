using Matching.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>
/// The company names whom it took (录用名单). Their introductions become placed first; the seats are counted once, by the fill. A refusal at any step undoes all of it,
/// for the request is one transaction.
/// </summary>
internal static class DemandTaking
{
    public static async Task<ProblemHttpResult?> BeforeFillAsync(Demand demand, DemandFill fill, DemandStore store, CancellationToken ct) =>
        fill.Taken is not { Count: > 0 } taken ? null
        : taken.Distinct().Count() > fill.Count ? Problems.InvalidField("taken_exceeds_count", "taken", "录用名单的人数不能多于登记的人数。")
        : await store.TakeAsync(demand.Id, taken, ct) ? null : NotTaken();

    /// <summary>Only a demand that closes names whom it took; one that goes on reports fills.</summary>
    public static async Task<ProblemHttpResult?> BeforeMoveAsync(Demand demand, DemandTransition move, DemandStore store, CancellationToken ct)
    {
        var taken = move.Taken ?? [];
        var count = taken.Distinct().Count() + move.Elsewhere;
        return count == 0 ? null
            : move.To is not ("WITHDRAWN" or "EXPIRED") ? Problems.InvalidField("taken_only_when_closing", "taken", "只有撤回或过期时才随状态登记录用名单；其余请登记录用人数。")
            : demand.Filled + count >= demand.Headcount ? Problems.InvalidField("fills_the_demand", "taken", "录用后已无余额，请登记录用人数，需求即为招满。")
            : taken.Count > 0 && !await store.TakeAsync(demand.Id, taken, ct) ? NotTaken()
            : await store.FillAsync(demand.Id, new DemandFill(count, move.HappenedOn, move.Note), ct) ? null
            : Problems.Conflict("fill_not_possible", $"需求当前为 {demand.State}，尚余 {demand.Headcount - demand.Filled} 人；无法登记 {count} 人。");
    }

    private static ProblemHttpResult NotTaken() => Problems.InvalidField("reference_not_found", "taken", "名单中有不属于此需求、已结束或毕业生已撤回同意的推荐。");
}
