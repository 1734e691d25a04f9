using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>Short ways into an answer.</summary>
internal static class Json
{
    public static string Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    public static decimal Points(this JsonElement element, string name) => element.GetProperty(name).GetDecimal();

    /// <summary>The entries of a list in the answer.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
