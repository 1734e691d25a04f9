namespace Matching.Service.Features.Webhooks;

/// <summary>The types of events, and which of them a change is.</summary>
internal static class WebhookEvents
{
    public static readonly string[] All =
    [
        "demand.created", "demand.updated", "demand.closed", "demand.deleted", "program.created", "program.updated", "program.deleted",
        "bulletin.drafted", "bulletin.published", "warning.created", "warning.updated", "warning.deleted",
    ];

    public static bool Knows(string type) => All.Contains(type) || All.Any(known => Covers(type, known));

    public static bool Wants(IReadOnlyList<string> wanted, string type) => wanted.Any(one => one == type || Covers(one, type));

    /// <summary>A change in the eyes of the subscriber, with the state his row has now; null: no event.</summary>
    public static string? TypeOf(string resource, string kind, string? state) => (resource, kind, state) switch
    {
        ("bulletin", not "DELETED", "PUBLISHED") => "bulletin.published",
        ("bulletin", "CREATED", _) => "bulletin.drafted",
        ("demand", "UPDATED", "FILLED" or "WITHDRAWN" or "EXPIRED") => "demand.closed",
        ("demand" or "program" or "warning", _, _) => $"{resource}.{kind.ToLowerInvariant()}",
        _ => null,
    };

    private static bool Covers(string pattern, string type) => pattern.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(pattern[..^1], StringComparison.Ordinal);
}
