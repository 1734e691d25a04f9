using Matching.Service.Http;

namespace Matching.Service.Features.Introductions;

/// <summary>The order of an introduction's steps, and whose step each is.</summary>
internal static class IntroductionStates
{
    private static readonly string[] Steps = ["SUGGESTED", "CONTACTED", "APPLIED", "INTERVIEWED", "OFFERED", "PLACED"];

    /// <summary>States from which the step may be taken: any earlier one; declining is possible until it is over.</summary>
    public static string[] Before(string state) => state == "DECLINED" ? Steps[..^1] : Steps[..Array.IndexOf(Steps, state)];

    /// <summary>An offer and a start of work are the company's word; everything before may be reported by either side.</summary>
    public static bool MayTake(string role, string state) => role != ApiRoles.School || state is not ("OFFERED" or "PLACED");
}
