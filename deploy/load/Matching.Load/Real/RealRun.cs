using Matching.Load.Api;
using Matching.Load.Demo;

namespace Matching.Load.Real;

/// <summary>
/// Posts real postings through the import of a running service, with programmes and graduates for them, runs the jobs, and prints what came of them.
/// The postings are of 2022 and 2023; their dates are moved by whole quarters so that the newest fall into the last complete quarter.
/// </summary>
internal static class RealRun
{
    private const string Consortium = "真实岗位试验（内部，勿引用）";
    private static readonly DateOnly NewestQuarter = new(2023, 9, 30);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (!Directory.Exists(arguments.Source))
        {
            throw new ArgumentException($"No postings to load: the folder {arguments.Source} is not there.");
        }

        using var admin = new ApiClient(arguments.Url, arguments.OperatorKey);
        var state = await admin.OpenAsync(arguments, Consortium, "440000", "真实岗位试验秘书处");
        using var office = new ApiClient(arguments.Url, state.Keys["office"]);
        var calendar = new DemoCalendar(state.End);
        await LoadAsync(office, calendar, arguments.Source);
        await office.RunOnceAsync("recompute-matches");
        var quarter = await office.DraftAsync(calendar.LastQuarter);
        await RealReport.PrintAsync(office);
        await office.PrintAsync(quarter, tables: 4, rows: 10);
        return 0;
    }

    private static async Task LoadAsync(ApiClient office, DemoCalendar calendar, string source)
    {
        var months = ((calendar.End.Year - NewestQuarter.Year) * 12) + calendar.End.Month - NewestQuarter.Month;
        var postings = PostingSources.Read(source);
        var programs = RealPrograms.Read(source);
        Console.WriteLine($"{postings.Count} postings, dates moved by {months} months; {programs.Count} programmes of real majors:");

        await TakeAsync("organizations", () => RealPrograms.Schools.Select(RealRows.School)
            // The first posting that says where tells where the company is.
            .Concat(postings.OrderBy(posting => posting.Place.Length == 0).DistinctBy(posting => posting.Company).Select(RealRows.Company)));
        await TakeAsync("programs", () => programs.Select(program => RealRows.Of(program)));
        await TakeAsync("graduates", () => RealPrograms.Graduates(programs).Select(graduate => RealRows.Of(graduate, calendar)));
        await TakeAsync("demands", () => postings.Select(posting => RealRows.Of(posting, months)));

        async Task TakeAsync(string kind, Func<IEnumerable<object>> rows)
        {
            var import = await office.ImportAsync(kind, $"real-{kind}.ndjson", rows);
            foreach (var reason in import.GetProperty("reasons").EnumerateArray())
            {
                Console.WriteLine($"      {reason.Text("count"),6} × {reason.Text("column")} {reason.Text("code")}: {reason.Text("example")}");
            }

            if (import.Text("state") != "DONE")
            {
                throw new ApiException($"The import of {kind} did not succeed: {import}");
            }
        }
    }
}
