using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>Makes a plan of who would get which demand, and shows what it comes to.</summary>
internal static class PlanApi
{
    /// <summary>The plan of that title with its figures, made when there is none.</summary>
    public static async Task<JsonElement> PlanAsync(this ApiClient office, string title)
    {
        var plan = (await office.ListAsync("plans")).FirstOrDefault(known => known.Text("title") == title);
        if (plan.ValueKind == JsonValueKind.Undefined)
        {
            plan = await office.PostAsync("plans", new { title });
            await office.WaitAsync(plan.Number("jobRunId"), new Progress("plan"));
        }

        return await office.GetAsync($"plans/{plan.Text("id")}");
    }

    public static void Print(JsonElement detail)
    {
        var figures = detail.GetProperty("figures");
        Console.WriteLine($"\n{detail.GetProperty("plan").Text("title")}：{figures.Text("graduates")} 名毕业生，{figures.Text("demands")} 条需求，{figures.Text("seats")} 个名额");
        foreach (var outcome in figures.Items("outcomes"))
        {
            Console.WriteLine(
                $"  {outcome.Text("name")}：{outcome.Text("graduates")} 人，均分 {outcome.Text("averagePoints")}，名额覆盖 {outcome.Text("seatCoverage")}，"
                + $"基尼 {outcome.Text("gini")}，集中度 {outcome.Text("concentration")}，阻塞对 {(outcome.Text("blockingPairs") is { Length: > 0 } pairs ? pairs : "—")}");
        }

        foreach (var count in figures.Items("unmatched"))
        {
            Console.WriteLine($"    {count.Text("count")} {(count.Text("side") == "GRADUATE" ? "人" : "条需求")}：{count.Text("reasonName")}");
        }
    }
}
