using Matching.Service.Http;

namespace Matching.Service.Features.Introductions;

/// <summary>The order of an introduction's steps, whose step each is, and for whom it waits.</summary>
internal static class IntroductionStates
{
    private static readonly string[] Both = [ApiRoles.Company, ApiRoles.School, .. ApiRoles.Staff];
    private static readonly string[] Employer = [ApiRoles.Company, .. ApiRoles.Staff];

    // An offer and a start of work are the company's word; everything before may be reported by either side.
    private static readonly (string State, string[] TakenBy, string WaitsFor)[] Steps =
    [
        ("SUGGESTED", [], "COMPANY"), ("CONTACTED", Both, "SCHOOL"), ("APPLIED", Both, "COMPANY"), ("INTERVIEWED", Both, "COMPANY"), ("OFFERED", Employer, "COMPANY"),
        ("PLACED", Employer, ""),
    ];

    /// <summary>States from which the step may be taken: any earlier one; declining is possible until it is over.</summary>
    public static string[] Before(string state) =>
        [.. (state == "DECLINED" ? Steps[..^1] : Steps[..Array.FindIndex(Steps, step => step.State == state)]).Select(step => step.State)];

    public static bool MayTake(string role, string state) => state == "DECLINED" ? Both.Contains(role) : Steps.Single(step => step.State == state).TakenBy.Contains(role);

    /// <summary>Whose turn it is: COMPANY or SCHOOL.</summary>
    public static string WaitsFor(string state) => Steps.Single(step => step.State == state).WaitsFor;
}
