using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>Takes the bulletin of a period from its draft to publication, and shows it.</summary>
internal static class BulletinApi
{
    /// <summary>The newest revision for the period, drafted when there is none.</summary>
    public static async Task<JsonElement> DraftAsync(this ApiClient office, string period)
    {
        var known = await office.FindBulletinAsync(period);
        if (known.ValueKind != JsonValueKind.Undefined)
        {
            return known;
        }

        var started = await office.PostAsync("bulletins", new { period });
        await office.WaitAsync(started.Number("jobRunId"), new Progress($"bulletin {period}"));
        return await office.FindBulletinAsync(period);
    }

    public static async Task PublishAsync(this ApiClient office, JsonElement bulletin)
    {
        foreach (var (before, step) in new[] { ("DRAFT", "review"), ("REVIEWED", "publish") })
        {
            if (bulletin.Text("state") == before)
            {
                bulletin = await office.PostAsync($"bulletins/{bulletin.Text("id")}/{step}");
            }
        }
    }

    /// <summary>The first rows of the first tables.</summary>
    public static async Task PrintAsync(this ApiClient office, JsonElement bulletin, int tables, int rows)
    {
        var detail = await office.GetAsync($"bulletins/{bulletin.Text("id")}");
        Console.WriteLine($"\n{detail.GetProperty("bulletin").Text("title")}");
        foreach (var table in detail.Items("tables").Take(tables))
        {
            Console.WriteLine($"  {table.Text("title")}：{table.Text("prose")}");
            Console.WriteLine($"    {string.Join(" | ", table.Items("columns"))}");
            foreach (var row in table.Items("rows").Take(rows))
            {
                Console.WriteLine($"    {string.Join(" | ", row.EnumerateArray().Select(cell => cell.Text("text")))}");
            }
        }
    }

    private static async Task<JsonElement> FindBulletinAsync(this ApiClient office, string period) =>
        (await office.ListAsync("bulletins")).FirstOrDefault(bulletin => bulletin.Text("period") == period);
}
