using System.Collections.Concurrent;
using System.Text.Json;
using Matching.Load.Api;

namespace Matching.Load.Demo;

/// <summary>Every match of every open demand and of every graduate, page after page, with what its explanation says.</summary>
internal sealed class MatchWalk(ApiClient office)
{
    // The service's processors are ours too.
    private const int AtOnce = 2;
    private const int Page = 50;

    private readonly ConcurrentQueue<string> _wrong = [];
    private int _matches;

    public int Matches => _matches;

    /// <summary>What did not add up: where, and the match.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public async Task RunAsync()
    {
        var lists = (await office.ListAsync("demands?state=OPEN")).Select(row => $"demands/{row.Text("id")}/matches")
            .Concat((await office.ListAsync("graduates")).Select(row => $"graduates/{row.Text("id")}/matches"));
        await Parallel.ForEachAsync(lists, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (list, _) => await ReadAsync(list));
    }

    private async Task ReadAsync(string list)
    {
        for (var after = ""; ;)
        {
            var page = await office.GetAsync($"{list}?reasons=FULL&take={Page}{after}");
            foreach (var match in page.Items("items"))
            {
                Interlocked.Increment(ref _matches);
                if (!AddsUp(match))
                {
                    _wrong.Enqueue($"{list}: {match}");
                }
            }

            if (page.GetProperty("next").GetString() is not { } next)
            {
                return;
            }

            after = $"&after={Uri.EscapeDataString(next)}";
        }
    }

    // The list's points and verdict are the explanation's, the components give them in sum, and the skills of a component give the component's.
    private static bool AddsUp(JsonElement match)
    {
        var why = match.GetProperty("explanation");
        var parts = why.Items("parts");
        return why.GetProperty("current").GetBoolean()
            && match.Points("points") == why.Points("points")
            && match.Text("verdict") == why.Text("verdict")
            && parts.Sum(part => part.Points("points")) == why.Points("points")
            && parts.All(part => part.Items("items") is not { Count: > 0 } items || items.Sum(item => item.Points("points")) == part.Points("points"));
    }
}
