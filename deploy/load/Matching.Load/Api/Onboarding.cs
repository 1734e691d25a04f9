using System.Text.Json;
using Matching.Load.Demo;

namespace Matching.Load.Api;

/// <summary>Opens a consortium once, and issues the keys of a run.</summary>
internal static class Onboarding
{
    private static readonly string[] Roles = ["company", "school", "institute", "department", "office", "platform"];

    /// <summary>
    /// The consortium of that name, opened when it is not there yet, and a key of its office. The end of the data is decided once,
    /// for a later run must continue the same data.
    /// </summary>
    public static async Task<RunState> OpenAsync(this ApiClient admin, Arguments arguments, string name, string region, string officeName)
    {
        if (RunState.Load(arguments.Data, arguments.Verb) is { } known)
        {
            return known;
        }

        var found = (await admin.ListAsync("consortia")).FirstOrDefault(consortium => consortium.Text("name") == name);
        var id = found.ValueKind != JsonValueKind.Undefined
            ? found.Number("id")
            : (await admin.PostAsync("consortia", new { name, regionCode = region, officeName })).GetProperty("consortium").Number("id");

        // The first key was shown in an answer that an interrupted run has lost, so the operator issues another.
        using var inside = new ApiClient(arguments.Url, arguments.OperatorKey, id);
        var office = (await inside.ListAsync("organizations?kind=OFFICE"))[0].Number("id");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime);
        var state = new RunState(arguments.Verb, DemoCalendar.Before(today).End, id, new() { ["office"] = await inside.KeyAsync("office", office) });
        state.Save(arguments.Data);
        return state;
    }

    /// <summary>One key per role; each role acts for the first organization of its kind.</summary>
    public static async Task IssueMissingAsync(this ApiClient office, Dictionary<string, string> keys)
    {
        foreach (var role in Roles.Where(role => !keys.ContainsKey(role)))
        {
            long? organization = role == "platform" ? null : (await office.ListAsync($"organizations?kind={role.ToUpperInvariant()}"))[0].Number("id");
            keys[role] = await office.KeyAsync(role, organization);
        }
    }

    private static async Task<string> KeyAsync(this ApiClient issuer, string role, long? organization) =>
        (await issuer.PostAsync("api-keys", new { role, organizationId = organization, administers = organization is not null, label = "演示" })).Text("key");
}
