using Matching.Service.Http;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>Decides for whom a demand is posted and which occupation it is, before it is stored.</summary>
internal sealed class DemandIntake(DemandStore store, DuplicateStore duplicates, Caller caller, ReferenceTables reference, LearnedTitles learned, DemandLaw law)
{
    public static ProblemHttpResult NoCompany(string field) =>
        Problems.InvalidField("reference_not_found", field, "请指明本联合体内的企业；企业只能发布本企业的需求。");

    /// <summary>Null when the company is missing, unknown or somebody else's.</summary>
    public async Task<DemandToStore?> PrepareAsync(WriteDemand request, CancellationToken ct)
    {
        // A department posts for companies (C21); its own id is kept so that both may look after the demand.
        var forOthers = caller.IsStaff || caller.Role == ApiRoles.Department;
        var company = forOthers ? request.OrganizationId : caller.ActsFor(request.OrganizationId);
        return company is { } id && await store.IsCompanyAsync(id, ct)
            ? await CodeAsync(request, id, caller.OrganizationId == id ? null : caller.OrganizationId, Source(), ct)
            : null;
    }

    /// <summary>Stores all of them or, at the first without a company of the caller's, answers which; the request's transaction undoes the rest.</summary>
    public async Task<Results<Ok<Page<Demand>>, ProblemHttpResult>> StoreAllAsync(IReadOnlyList<WriteDemand> items, CancellationToken ct)
    {
        if (await law.WhyRefusedAsync(items, batch: true, ct) is { } refusal)
        {
            return refusal;
        }

        var ids = new List<long>(items.Count);
        foreach (var item in items)
        {
            if (await PrepareAsync(item, ct) is not { } demand)
            {
                return NoCompany($"items[{ids.Count}].organizationId");
            }

            ids.Add(await store.InsertAsync(demand, ct));
        }

        await duplicates.LinkAsync([.. ids], ct);
        var created = new List<Demand>(ids.Count);
        foreach (var id in ids)
        {
            created.Add((await store.FindAsync(id, ct))!);
        }

        return TypedResults.Ok(new Page<Demand>(created, null));
    }

    /// <summary>The occupation given by the sender, or taught for the title, or found from it when the coder is sure enough.</summary>
    public async Task<DemandToStore> CodeAsync(WriteDemand request, long organization, long? postedBy, string source, CancellationToken ct)
    {
        var (code, confidence) = request.OccupationCode is { } given
            ? (given, null)
            : reference.CodeTitle(request.Title, await learned.OfAsync(request.Title, ct));
        return new DemandToStore(request, organization, postedBy, source, code, confidence, await law.WarningsAsync(request, ct));
    }

    /// <summary>What of a known demand may not change, or not any more; null when the request keeps to it.</summary>
    public static ProblemHttpResult? WhyFixed(Demand known, WriteDemand request) =>
        (request.OrganizationId ?? known.OrganizationId) != known.OrganizationId ? Problems.OwnerIsFixed("organizationId")
        : known.ClosedOn is not null ? Problems.Conflict("demand_closed", $"需求已为 {known.State}，不能再修改。")
        : request.Headcount < known.Filled ? Problems.InvalidField("below_filled", "headcount", $"已录用 {known.Filled} 人，人数不能更少。")
        : known.State != "DRAFT" && (request.OpenedOn ?? known.OpenedOn) != known.OpenedOn
            ? Problems.InvalidField("opening_day_fixed", "openedOn", "需求发布后，发布日期不再更改。")
            : null;

    public bool Owns(Demand demand) =>
        caller.IsStaff || (caller.OrganizationId is { } own && (demand.OrganizationId == own || demand.PostedById == own));

    private string Source() => caller.Role switch { ApiRoles.Company => "COMPANY", ApiRoles.Department => "DEPARTMENT", _ => "SURVEY" };
}
