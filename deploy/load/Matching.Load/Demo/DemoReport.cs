using System.Text.Json;
using Matching.Load.Api;

namespace Matching.Load.Demo;

/// <summary>The page a newcomer sees at the end: where to look, and a key for every role.</summary>
internal static class DemoReport
{
    public static async Task PrintAsync(ApiClient office, Arguments arguments, RunState state, DemoCalendar calendar, JsonElement month, JsonElement quarter, JsonElement plan)
    {
        var api = new Uri(arguments.Url, "/api/v1/");
        await office.PrintAsync(quarter, tables: 4, rows: 6);
        await MatchSamples.PrintAsync(office, demands: 6, take: 1);
        PlanApi.Print(plan);
        var school = (await office.ListAsync("organizations?kind=SCHOOL"))[0];
        Console.WriteLine($"""

            Look at
              documentation       {new Uri(arguments.Url, "/swagger")}
              quarterly bulletin  {new Uri(arguments.Url, $"/bulletins/{quarter.Text("id")}")} (published: no key needed)
              monthly draft       {api}bulletins/{month.Text("id")}
              open demands        {api}demands?state=OPEN
              matches of one      {api}demands/{(await office.ListAsync("demands?state=OPEN"))[0].Text("id")}/matches
              plan                {api}plans/{plan.GetProperty("plan").Text("id")}
              placement report    {api}schools/{school.Text("id")}/placement-report?cohort={calendar.LastCohort - 1}

            Keys (kept in {RunState.PathIn(arguments.Data, state.Verb)})
            """);
        foreach (var (role, key) in state.Keys)
        {
            Console.WriteLine($"  {role,-15} {key}");
        }

        Console.WriteLine($"""
              admin           {arguments.OperatorKey}   with the header X-Consortium: {state.Consortium}

            Try
              curl -H "Authorization: Bearer {state.Keys["company"]}" "{api}demands?state=OPEN&take=2"
            """);
    }
}
