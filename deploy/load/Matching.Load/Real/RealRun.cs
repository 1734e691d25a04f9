using System.Text.Json;
using Matching.Load.Api;
using Matching.Load.Demo;

namespace Matching.Load.Real;

/// <summary>
/// Posts real postings through the import of a running service, with programmes and graduates for them, runs the jobs, and prints what came of them.
/// The files go in as they are, with the headers and dates of their boards (2017 to 2023).
/// </summary>
internal static class RealRun
{
    private const string Consortium = "真实岗位试验（内部，勿引用）";
    private const string Unnamed = "未具名企业（招聘网站）";

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
        var files = await LoadAsync(office, calendar, arguments.Source);
        await office.RunOnceAsync("recompute-matches");
        var quarter = await office.DraftAsync(calendar.LastQuarter);
        await RealReport.PrintAsync(office, files);
        await office.PrintAsync(quarter, tables: 4, rows: 10);
        return 0;
    }

    private static async Task<IReadOnlyList<(string Name, int Created)>> LoadAsync(ApiClient office, DemoCalendar calendar, string source)
    {
        var programs = RealPrograms.Read(source);
        Console.WriteLine($"{programs.Count} programmes of real majors, graduates made up for them:");
        await TakeAsync("organizations", () => RealPrograms.Schools.Select(RealRows.School).Append(RealRows.Nobody(Unnamed)));
        await TakeAsync("programs", () => programs.Select(program => RealRows.Of(program)));
        await TakeAsync("graduates", () => RealPrograms.Graduates(programs).Select(graduate => RealRows.Of(graduate, calendar)));

        // Companies are entered because the files name them; rows that name none, or hide it, count for one made for that.
        var nobody = (await office.ListAsync("organizations?kind=COMPANY")).Single(company => company.Text("name") == Unnamed).Number("id");
        var files = new List<(string, int)>();
        foreach (var file in RealFile.All.Where(file => File.Exists(Path.Combine(source, file))))
        {
            var import = Done(await office.UploadAsync("demands", Path.Combine(source, file), file.Replace('/', '-'), $"&registerCompanies=true&organizationId={nobody}"));
            RealFile.Print(import);
            files.Add((file, (int)import.Number("created")));
        }

        return files;

        async Task TakeAsync(string kind, Func<IEnumerable<object>> rows) => Done(await office.ImportAsync(kind, $"real-{kind}.ndjson", rows));
    }

    private static JsonElement Done(JsonElement import) =>
        import.Text("state") == "DONE" ? import : throw new ApiException($"The import did not succeed: {import}");
}
