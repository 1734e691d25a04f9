namespace Matching.Service.Features.Placements;

/// <summary>Which evidence stands for which destination, so that a rate survives an inspection.</summary>
internal static class PlacementRules
{
    /// <summary>Named so that it can be refused by name: 实习证明 proves an internship, not employment.</summary>
    public const string InternshipCertificate = "INTERNSHIP_CERTIFICATE";

    // Destinations not listed here take any evidence.
    private static readonly Dictionary<string, string[]> Accepted = new()
    {
        ["AGREEMENT"] = ["AGREEMENT"],
        ["CONTRACT"] = ["LABOUR_CONTRACT"],
        ["OTHER_EMPLOYMENT"] = ["EMPLOYER_STATEMENT", "AGREEMENT", "LABOUR_CONTRACT"],
        ["RESEARCH_ASSISTANT"] = ["AGREEMENT", "LABOUR_CONTRACT", "EMPLOYER_STATEMENT"],
        ["MILITARY"] = ["ENLISTMENT_NOTICE"],
        ["NATIONAL_PROJECT"] = ["PROJECT_NOTICE", "AGREEMENT"],
        ["LOCAL_PROJECT"] = ["PROJECT_NOTICE", "AGREEMENT"],
        ["STARTUP"] = ["BUSINESS_LICENCE", "EMPLOYER_STATEMENT"],
        ["FREELANCE"] = ["OWN_STATEMENT"],
        ["FURTHER_STUDY"] = ["ADMISSION_NOTICE"],
        ["ABROAD"] = ["ADMISSION_NOTICE", "LABOUR_CONTRACT"],
    };

    private static readonly string[] WithEmployer = ["AGREEMENT", "CONTRACT", "OTHER_EMPLOYMENT", "RESEARCH_ASSISTANT"];

    /// <summary>Why the evidence does not prove the destination; null when it does.</summary>
    public static string? WhyNotAccepted(string destination, string evidence) =>
        evidence == InternshipCertificate ? "实习证明不能作为就业证明材料。"
        : Accepted.TryGetValue(destination, out var accepted) && !accepted.Contains(evidence) ? $"该去向须以 {string.Join(" 或 ", accepted)} 证明。"
        : null;

    public static bool NeedsEmployer(string destination) => WithEmployer.Contains(destination);
}
