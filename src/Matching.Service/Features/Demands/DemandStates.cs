namespace Matching.Service.Features.Demands;

/// <summary>Which state a demand may be in before it moves to another (需求状态). FILLED, WITHDRAWN and EXPIRED are final; a draft that is not wanted is deleted, for it was never a demand.</summary>
internal static class DemandStates
{
    private static readonly Dictionary<string, string[]> Predecessors = new()
    {
        ["OPEN"] = ["DRAFT", "PAUSED"],
        ["PAUSED"] = ["OPEN"],
        ["WITHDRAWN"] = ["OPEN", "PAUSED"],
        ["EXPIRED"] = ["OPEN", "PAUSED"],
    };

    public static string[] Before(string state) => Predecessors[state];
}
