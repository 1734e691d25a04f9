using Matching.Load.Api;

namespace Matching.Load.Demo;

/// <summary>
/// Fills a running service through its API, step by step, and shows what came out. Every step looks first whether it is done,
/// so a run that was cut off continues and a second one finds everything in place.
/// </summary>
internal static class DemoRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var admin = new ApiClient(arguments.Url, arguments.OperatorKey);
        var state = await admin.OpenAsync(arguments, DemoOrganizations.Consortium, DemoOrganizations.Region, DemoOrganizations.Office);
        using var office = new ApiClient(arguments.Url, state.Keys["office"]);
        var calendar = new DemoCalendar(state.End);
        Console.WriteLine($"Demonstration data, {DemoCalendar.Quarters} quarters up to {calendar.LastQuarter}:");
        await LoadAsync(office, calendar);
        await office.IssueMissingAsync(state.Keys);
        state.Save(arguments.Data);

        await office.RunOnceAsync("recompute-matches");
        var plan = await office.PlanAsync("就业分配测算（演示数据）");
        var month = await office.DraftAsync(calendar.LastMonth);
        var quarter = await office.DraftAsync(calendar.LastQuarter);
        await office.PublishAsync(quarter);
        await DemoReport.PrintAsync(office, arguments, state, calendar, month, quarter, plan);
        return !arguments.Check || await new DemoCheck(office, calendar, quarter, plan).RunAsync() ? 0 : 1;
    }

    private static async Task LoadAsync(ApiClient office, DemoCalendar calendar)
    {
        var clusters = (await office.ListAsync("industry-clusters")).Select(cluster => cluster.Text("name")).ToHashSet();
        foreach (var cluster in DemoOrganizations.Clusters.Where(cluster => !clusters.Contains(cluster.Name)))
        {
            await office.PostAsync("industry-clusters", new { name = cluster.Name, industryCodes = cluster.Industries });
        }

        var graduates = new Lazy<IReadOnlyList<DemoGraduate>>(() => DemoGraduates.Make(calendar));
        await TakeAsync("organizations", () => DemoOrganizations.Make(calendar).Select(organization => DemoRows.Of(organization)));
        await TakeAsync("programs", () => DemoTables.Programs.SelectMany(program => DemoRows.Of(program, calendar)));
        await TakeAsync("graduates", () => graduates.Value.Select(graduate => DemoRows.Of(graduate)));
        await TakeAsync("demands", () => DemoDemands.Make(calendar).Select(demand => DemoRows.Of(demand)));
        await TakeAsync("placements", () => DemoPlacements.Make(calendar, graduates.Value).Select(placement => DemoRows.Of(placement)));

        async Task TakeAsync(string kind, Func<IEnumerable<object>> rows) => (await office.ImportAsync(kind, $"demo-{kind}.ndjson", rows)).RequireAll();
    }
}
