using System.Text.Json;

namespace Matching.Load.Api;

/// <summary>
/// What a later run of the same verb must know to go on: when its data end, its consortium and the keys, which the service shows only once.
/// It lies in the data folder, readable by its owner alone.
/// </summary>
internal sealed record RunState(string Verb, DateOnly End, long Consortium, Dictionary<string, string> Keys)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static RunState? Load(string folder, string verb) =>
        File.Exists(PathIn(folder, verb)) ? JsonSerializer.Deserialize<RunState>(File.ReadAllText(PathIn(folder, verb)), Json) : null;

    /// <summary>Written beside and renamed, so that a run cut off here leaves the old file or the new one.</summary>
    public void Save(string folder)
    {
        var unfinished = PathIn(folder, Verb) + ".unfinished";
        File.WriteAllText(unfinished, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(unfinished, JsonSerializer.Serialize(this, Json));
        File.Move(unfinished, PathIn(folder, Verb), overwrite: true);
    }

    public static string PathIn(string folder, string verb) => Path.Combine(folder, $"{verb}.json");
}
