using System.Globalization;
using System.Text.Json;
using Matching.Load.Api;

namespace Matching.Load.Real;

/// <summary>What the service made of the postings, read back through its API.</summary>
internal static class RealReport
{
    // Bands of the coder's confidence; what is below the last is stored as no code and waits for a person.
    private static readonly (string Name, long From)[] Bands = [("≥ 90", 90), ("75–89", 75), ("below", 0)];

    /// <param name="office">The office of the consortium.</param>
    /// <param name="files">The files in the order they went in, with the demands each of them made.</param>
    public static async Task PrintAsync(ApiClient office, IReadOnlyList<(string Name, int Created)> files)
    {
        // Oldest first, and one file went in after the other: each has the next rows of the list.
        var demands = await office.ListAsync("demands");
        var from = 0;
        foreach (var (name, created) in files)
        {
            PrintFile(name, demands[from..(from + created)]);
            from += created;
        }

        PrintFile("all files", demands);
        var lists = await MatchSamples.ReadAsync(office, demands: 200, take: 1);
        var best = lists.Where(list => list.Items.Count > 0).Select(list => list.Items[0].Points("points")).Order().ToList();
        Console.WriteLine($"""
            matches                {best.Count} of {lists.Count} demands looked at have some; best points, median {(best.Count > 0 ? best[best.Count / 2] : 0)}
            """);
        await MatchSamples.PrintAsync(office, demands: 20, take: 1);
    }

    private static void PrintFile(string name, List<JsonElement> demands)
    {
        Console.WriteLine($"""

            {name}
              demands              {demands.Count}
              occupation stored    {Share(demands.Count(Coded), demands.Count)}; confidence {string.Join(", ", Confidences(demands))}
              for a person         {Share(demands.Count(demand => !Coded(demand)), demands.Count)}
              skills               {Mean(demands.Sum(demand => demand.Items("skills").Count), demands.Count)} a posting, {Mean(demands.Sum(demand => demand.Items("skills").Count(skill => skill.Text("origin") == "TEXT")), demands.Count)} of them read from the text; {Share(demands.Count(demand => demand.Items("skills").Count == 0), demands.Count)} postings have none
              linked as copies     {Share(demands.Count(demand => demand.Text("canonicalId").Length > 0), demands.Count)}
              of labour agencies   {Share(demands.Count(demand => demand.GetProperty("agency").GetBoolean()), demands.Count)}
              headcount in doubt   {Share(demands.Count(demand => demand.GetProperty("headcountFlag").GetBoolean()), demands.Count)}; stated {demands.Sum(demand => demand.Number("headcount"))}, counted {demands.Sum(demand => demand.Number("countedHeadcount"))}
            """);
    }

    private static IEnumerable<string> Confidences(List<JsonElement> demands)
    {
        var known = demands.Where(demand => demand.GetProperty("occupationConfidence").ValueKind == JsonValueKind.Number).Select(demand => demand.Number("occupationConfidence")).ToList();
        var below = long.MaxValue;
        foreach (var (name, from) in Bands)
        {
            yield return $"{name}: {known.Count(confidence => confidence >= from && confidence < below)}";
            below = from;
        }
    }

    private static bool Coded(JsonElement demand) => demand.Text("occupationCode").Length > 0;

    private static string Mean(int sum, int count) => count == 0 ? "—" : ((double)sum / count).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) => whole == 0 ? "—" : string.Create(CultureInfo.InvariantCulture, $"{part} of {whole} ({100.0 * part / whole:F1} %)");
}
