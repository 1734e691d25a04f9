namespace Matching.Service.Features.Demands;

/// <summary>
/// Which state a demand may be in before it moves to another (需求状态). WITHDRAWN is final: who wants people again posts again, which is linked to the old posting.
/// EXPIRED is mostly silence, so it may be opened again. FILLED comes about by filling and ends by taking a fill back. A draft that is not wanted is deleted, for it was
/// never a demand.
/// </summary>
internal static class DemandStates
{
    private static readonly Dictionary<string, string[]> Predecessors = new()
    {
        ["OPEN"] = ["DRAFT", "PAUSED", "EXPIRED"],
        ["PAUSED"] = ["OPEN"],
        ["WITHDRAWN"] = ["OPEN", "PAUSED"],
        ["EXPIRED"] = ["OPEN", "PAUSED"],
    };

    public static string[] Before(string state) => Predecessors[state];
}
