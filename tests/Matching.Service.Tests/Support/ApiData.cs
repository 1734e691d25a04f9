using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Service.Features.Demands;
using Matching.Service.Features.Graduates;
using Matching.Service.Features.Programs;

namespace Matching.Service.Tests.Support;

/// <summary>Makes what a test needs through the API, as its owner would.</summary>
internal static class ApiData
{
    private static int _next;

    public static int Next() => Interlocked.Increment(ref _next);

    public static WriteProgram NewProgram() => new(
        "460103", $"数控技术{Next()}", "31", Capacity: 100, Occupations: [new("6-18-01-07", 0.7m), new("6-18-01-01", 0.3m)],
        Skills: ["数控编程", "机械制图"], Certificates: ["数控车铣加工"], Years: [new(2026, 300, 95, 90)]);

    public static WriteGraduate NewGraduate(long programId) => new(
        programId, $"2026-{Next():0000}", 2026, new DateOnly(2026, 6, 30), Consent: true, WishedOccupations: ["6-18-01-07"], WishedRegions: ["440300"], WageWish: 6000,
        Skills: [new("数控编程", "COURSE", 3), new("PLC", "CLAIM")], Certificates: ["数控车铣加工"]);

    // Letters, for long numbers in a title are the sender's own and tell no positions apart: such demands would be linked as copies.
    private static string Letters(int number) => number < 26 ? $"{(char)('A' + number)}" : Letters((number / 26) - 1) + (char)('A' + (number % 26));

    public static WriteDemand NewDemand() => new(
        $"数控车床操作工{Letters(Next())}", "440306", 3, EducationCode: "41", WageMin: 5000, WageMax: 7000, OpenedOn: new DateOnly(2026, 9, 1),
        Skills: [new("数控编程", true, 3), new("机械制图", false)], Certificates: [new("数控车铣加工")]);

    public static Task<TrainingProgram> CreateProgramAsync(HttpClient school) => CreateAsync<TrainingProgram>(school, "programs", NewProgram());

    public static async Task<Graduate> CreateGraduateAsync(HttpClient school, bool consent = true) =>
        await CreateAsync<Graduate>(school, "graduates", NewGraduate((await CreateProgramAsync(school)).Id) with { Consent = consent });

    public static Task<Demand> CreateDemandAsync(HttpClient company) => CreateAsync<Demand>(company, "demands", NewDemand());

    public static async Task<T> CreateAsync<T>(HttpClient client, string resource, object body) =>
        await HttpAssert.BodyAsync<T>(await client.PostAsJsonAsync($"/api/v1/{resource}", body), HttpStatusCode.Created);

    /// <summary>A row of that resource, written by its owner: the first company or the first school.</summary>
    public static async Task<long> CreateRowAsync(ApiFixture api, string resource)
    {
        using var company = api.ClientAs("company");
        using var school = api.ClientAs("school");
        return resource switch
        {
            "organizations" => api.Data.First.Organizations["company"],
            "programs" => (await CreateProgramAsync(school)).Id,
            "graduates" => (await CreateGraduateAsync(school)).Id,
            "demands" => (await CreateDemandAsync(company)).Id,
            "placements" => await IdAsync(school, resource, new
            {
                graduateId = (await CreateGraduateAsync(school)).Id, destinationKind = "FREELANCE", evidence = "OWN_STATEMENT", placedOn = "2026-07-01",
            }),
            "seekers" => await IdAsync(school, resource, new { reference = $"S{Next()}", category = "OTHER", regionCode = "440306", registeredOn = "2026-01-01" }),
            "introductions" => await IdAsync(company, resource, new { demandId = (await CreateDemandAsync(company)).Id, graduateId = (await CreateGraduateAsync(school)).Id, reason = "双选会" }),
            "plans" => await CreatePlanAsync(api),
            _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "no such resource"),
        };
    }

    /// <summary>A row as it was read, without what only the answer holds: a body that changes nothing.</summary>
    public static Dictionary<string, JsonElement> SentBack(string resource, JsonElement row)
    {
        var body = row.EnumerateObject().Where(field => !AnswerOnly.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value);
        if (resource == "placements")
        {
            body.Remove("schoolId");
        }

        return body;
    }

    // A plan needs lists of matches; the first one makes them.
    private static async Task<long> CreatePlanAsync(ApiFixture api)
    {
        using var office = api.ClientAs("office");
        using var response = await office.PostAsJsonAsync("/api/v1/plans", new { Title = "测算" });
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        }

        await CreateRowAsync(api, "graduates");
        await WaitingWork.RunAsync(api, api.Data.First.Id, "recompute-matches");
        return await CreatePlanAsync(api);
    }

    private static readonly string[] AnswerOnly =
        ["id", "version", "consentAt", "occupationConfidence", "filled", "source", "postedById", "canonicalId", "closedOn", "shared", "endedOn",
            "confirmedOn", "agency", "headcountFlag", "countedHeadcount", "looksLikeAgency", "warnings", "confirmed", "headcountStated", "unparsed"];

    private static async Task<long> IdAsync(HttpClient owner, string resource, object body) =>
        (await CreateAsync<JsonElement>(owner, resource, body)).GetProperty("id").GetInt64();
}
