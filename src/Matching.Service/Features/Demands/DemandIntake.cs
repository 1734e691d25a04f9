using Matching.Service.Http;
using Matching.Service.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Service.Features.Demands;

/// <summary>Decides for whom a demand is posted and which occupation it is, before it is stored.</summary>
internal sealed class DemandIntake(DemandStore store, Caller caller, ReferenceTables reference)
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
            ? Code(request, id, caller.OrganizationId == id ? null : caller.OrganizationId, Source())
            : null;
    }

    /// <summary>The occupation given by the sender, or found from the title when the coder is sure enough.</summary>
    public DemandToStore Code(WriteDemand request, long organization, long? postedBy, string source)
    {
        var (code, confidence) = request.OccupationCode is { } given ? (given, null) : reference.CodeTitle(request.Title);
        return new DemandToStore(request, organization, postedBy, source, code, confidence);
    }

    public bool Owns(Demand demand) =>
        caller.IsStaff || (caller.OrganizationId is { } own && (demand.OrganizationId == own || demand.PostedById == own));

    private string Source() => caller.Role switch { ApiRoles.Company => "COMPANY", ApiRoles.Department => "DEPARTMENT", _ => "SURVEY" };
}
