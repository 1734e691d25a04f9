using System.Text.Json;
using Matching.Load.Api;

namespace Matching.Load.Demo;

/// <summary>Verifies through the API that everything arrived as it was made. Each line printed is one statement, true or not.</summary>
internal sealed class DemoCheck(ApiClient office, DemoCalendar calendar, JsonElement quarter, JsonElement plan)
{
    private bool _allHold = true;

    public async Task<bool> RunAsync()
    {
        Console.WriteLine();
        var organizations = DemoOrganizations.Make(calendar);
        var graduates = DemoGraduates.Make(calendar);
        // The office itself is one more.
        Expect($"{organizations.Count} organizations and the office", (await office.ListAsync("organizations")).Count == organizations.Count + 1);
        Expect($"{DemoTables.Programs.Count} programmes", (await office.ListAsync("programs")).Count == DemoTables.Programs.Count);
        await CheckDemandsAsync();
        await CheckGraduatesAsync(graduates);
        Expect("a destination for every graduate who has one", (await office.ListAsync("placements")).Count == DemoPlacements.Make(calendar, graduates).Count);
        await CheckMatchesAsync();
        await CheckPlanAsync();
        await CheckBulletinAsync();
        await CheckReportsAsync();
        // The demonstration itself goes in as NDJSON; people send workbooks.
        Expect("the template of demands is read as a workbook", await office.ReadsTemplateAsync("demands"));
        return _allHold;
    }

    private async Task CheckDemandsAsync()
    {
        var stored = (await office.ListAsync("demands")).ToDictionary(demand => demand.Text("externalRef"));
        Expect($"{DemoDemands.Count} demands", stored.Count == DemoDemands.Count);
        Expect("each demand with its occupation, headcount, fills, state and dates", DemoDemands.Make(calendar).All(made =>
            stored.TryGetValue(made.Ref, out var demand) && Summary(demand) == (made.Occupation.Code, made.Headcount, made.Filled, made.State, $"{made.OpenedOn:O}")));
        Expect("each demand with the skills it asks for", DemoDemands.Make(calendar).All(made =>
            stored.TryGetValue(made.Ref, out var demand) && demand.Items("skills").Count(skill => skill.Text("origin") == "STATED") == made.Must.Length + made.Nice.Length));
    }

    private async Task CheckMatchesAsync()
    {
        var matches = await MatchSamples.ReadAsync(office, demands: 40, take: 10);
        Expect("open demands have matches", matches.Count(list => list.Items.Count > 0) > matches.Count / 2);
        var all = matches.SelectMany(list => list.Items).ToList();
        await office.WaitAsync((await office.PostAsync("jobs/recompute-matches/runs", new { })).Number("id"), new Progress("job recompute-matches"));
        var walk = new MatchWalk(office);
        await walk.RunAsync();
        Expect($"the explanation of each of {walk.Matches} matches, all there are, adds up to the points of its list {walk.Wrong.FirstOrDefault()}", walk.Matches > 0 && walk.Wrong.Count == 0);
        Expect("no match is above what its demand can give, nor that above 100", all.TrueForAll(match =>
            match.GetProperty("explanation").Points("points") <= match.GetProperty("explanation").Points("attainable") && match.GetProperty("explanation").Points("attainable") <= 100));
        Expect("those who meet every requirement come first, then by points", matches.All(list =>
            list.Items.Select(match => (match.Text("verdict") != "PASS", -match.Points("points"))).Order().SequenceEqual(
                list.Items.Select(match => (match.Text("verdict") != "PASS", -match.Points("points"))))));
    }

    private async Task CheckPlanAsync()
    {
        var (id, figures) = (plan.GetProperty("plan").Text("id"), plan.GetProperty("figures"));
        var assigned = await office.ListAsync($"plans/{id}/assignments");
        var free = (await office.ListAsync("demands?state=OPEN")).ToDictionary(demand => demand.Number("id"), demand => demand.Number("headcount") - demand.Number("filled"));
        Expect("the plan has no blocking pair", assigned.Count > 0 && figures.Items("outcomes").First(outcome => outcome.Text("objective") == "STABLE").Number("blockingPairs") == 0);
        Expect("no demand of the plan gets more than its headcount", assigned.GroupBy(row => row.Number("demandId")).All(group => group.Count() <= free.GetValueOrDefault(group.Key)));
        Expect("everybody has a demand, or the reason why not",
            assigned.Count + (await office.ListAsync($"plans/{id}/unmatched-graduates")).Count(row => row.Text("reasonName").Length > 0) == figures.Number("graduates"));
    }

    private async Task CheckBulletinAsync()
    {
        var detail = await office.GetAsync($"bulletins/{quarter.Text("id")}");
        var tables = detail.Items("tables").ToDictionary(table => table.Text("key"), table => table.Items("rows"));
        Expect("the quarter's bulletin is published", detail.GetProperty("bulletin").Text("state") == "PUBLISHED");
        Expect("every table of it has rows", tables.Values.All(rows => rows.Count > 0));
        Expect("the planted shortages are among its ten greatest", AllAmong(tables["top-shortage"], occupation => occupation.IsShortage));
        Expect("the planted surpluses are among its ten greatest", AllAmong(tables["top-surplus"], occupation => occupation.IsSurplus));
    }

    private static bool AllAmong(IReadOnlyList<JsonElement> rows, Func<DemoOccupation, bool> planted)
    {
        var shown = rows.SelectMany(row => row.EnumerateArray()).Select(cell => cell.Text("text")).ToHashSet();
        return DemoTables.Occupations.Where(planted).All(occupation => shown.Contains(occupation.Code));
    }

    // These seven leave nobody out and count nobody twice.
    private static readonly string[] Shares = ["协议和合同就业率", "灵活就业率", "自主创业率", "科研助理、入伍与基层项目率", "升学率", "待就业率", "暂不就业率"];

    private async Task CheckReportsAsync()
    {
        foreach (var school in await office.ListAsync("organizations?kind=SCHOOL"))
        {
            var report = await office.GetAsync($"schools/{school.Text("id")}/placement-report?cohort={calendar.LastCohort - 1}");
            var rates = report.GetProperty("all").Items("rates").Where(rate => Shares.Contains(rate.Text("name"))).ToList();
            Expect($"the rates of {school.Text("name")} add up to all its graduates", rates.Count == Shares.Length
                && rates.Sum(rate => rate.Points("numerator")) == report.GetProperty("all").Number("graduates"));
        }
    }

    private async Task CheckGraduatesAsync(IReadOnlyList<DemoGraduate> made)
    {
        var stored = await office.ListAsync("graduates");
        Expect($"{made.Count} graduates", stored.Count == made.Count);
        Expect("consent, skills and wishes as given", Counts(stored) == (
            made.Count(graduate => graduate.Consent), made.Sum(graduate => graduate.Skills.Length), made.Sum(graduate => graduate.WishedRegions.Length)));
    }

    private static (string Occupation, long Headcount, long Filled, string State, string OpenedOn) Summary(JsonElement demand) =>
        (demand.Text("occupationCode"), demand.Number("headcount"), demand.Number("filled"), demand.Text("state"), demand.Text("openedOn"));

    private static (int Consents, int Skills, int Regions) Counts(List<JsonElement> graduates) => (
        graduates.Count(graduate => graduate.GetProperty("consent").GetBoolean()),
        graduates.Sum(graduate => graduate.GetProperty("skills").GetArrayLength()),
        graduates.Sum(graduate => graduate.GetProperty("wishedRegions").GetArrayLength()));

    private void Expect(string statement, bool holds)
    {
        Console.WriteLine($"  {(holds ? "ok  " : "FAIL")} {statement}");
        _allHold &= holds;
    }
}
