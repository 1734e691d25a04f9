using Matching.Load.Api;

namespace Matching.Load.Real;

/// <summary>What the service made of the postings, read back through its API.</summary>
internal static class RealReport
{
    public static async Task PrintAsync(ApiClient office)
    {
        var demands = await office.ListAsync("demands");
        var provisional = (await office.ListAsync("skills?kind=SKILL&state=PROVISIONAL")).Select(skill => skill.Text("name")).ToHashSet();
        var mentions = demands.SelectMany(demand => demand.GetProperty("skills").EnumerateArray()).Select(skill => skill.Text("name")).ToList();
        var coded = demands.Count(demand => demand.Text("occupationCode").Length > 0);
        Console.WriteLine($"""

            demands                {demands.Count}
            titles coded           {Share(coded, demands.Count)}
            skills resolved        {Share(mentions.Count(name => !provisional.Contains(name)), mentions.Count)}
            """);
        var lists = await MatchSamples.ReadAsync(office, demands: 200, take: 1);
        var best = lists.Where(list => list.Items.Count > 0).Select(list => list.Items[0].Points("points")).Order().ToList();
        Console.WriteLine($"""
            matches                {best.Count} of {lists.Count} demands looked at have some; best points, median {(best.Count > 0 ? best[best.Count / 2] : 0)}
            """);
        await MatchSamples.PrintAsync(office, demands: 20, take: 1);
    }

    private static string Share(int part, int whole) => whole == 0 ? "—" : $"{part} of {whole} ({100.0 * part / whole:F1} %)";
}
