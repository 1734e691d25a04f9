using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>The matches of some open demands, spread evenly over all of them.</summary>
internal static class MatchSamples
{
    public static async Task<IReadOnlyList<(JsonElement Demand, IReadOnlyList<JsonElement> Items)>> ReadAsync(ApiClient office, int demands, int take)
    {
        var open = await office.ListAsync("demands?state=OPEN");
        var lists = new List<(JsonElement, IReadOnlyList<JsonElement>)>();
        var count = Math.Min(demands, open.Count);
        for (var i = 0; i < count; i++)
        {
            var demand = open[i * open.Count / count];
            lists.Add((demand, (await office.GetAsync($"demands/{demand.Text("id")}/matches?take={take}")).Items("items")));
        }

        return lists;
    }

    /// <summary>For reading with one's own eyes: who was found, with how many points and why.</summary>
    public static async Task PrintAsync(ApiClient office, int demands, int take)
    {
        Console.WriteLine("\nSome matches");
        foreach (var (demand, items) in await ReadAsync(office, demands, take))
        {
            var asked = string.Join('、', demand.Items("skills").Select(skill => skill.Text("name")));
            Console.WriteLine($"  {demand.Text("title")}（{asked}）{(items.Count == 0 ? "：无" : "")}");
            foreach (var match in items)
            {
                var (graduate, why) = (match.GetProperty("graduate"), match.GetProperty("explanation"));
                var parts = why.Items("parts").Where(part => part.Points("points") > 0).Select(part => $"{part.Text("name")} {part.Points("points")}");
                var missing = why.Items("missingSkills").Concat(why.Items("unknownSkills")).Select(skill => skill.ToString()).ToList();
                Console.WriteLine($"    {match.Points("points")} / {why.Points("attainable")} {match.Text("verdict")}  {graduate.Text("programName")} {graduate.Text("reference")}："
                    + string.Join('，', parts) + (missing.Count > 0 ? $"；缺 {string.Join('、', missing)}" : ""));
            }
        }
    }
}
