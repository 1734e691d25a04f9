using Matching.Engine.Normalizing;

namespace Matching.Service.Data;

/// <summary>Names of skills as the SQL function <c>resolve_skills</c> takes them. Names without a letter or digit have no key and are left out.</summary>
internal sealed record SkillTexts(string[] Names, string[] Keys)
{
    public static SkillTexts Of(IEnumerable<string>? names)
    {
        var known = (names ?? []).Select(name => (Name: name.Trim(), Key: TextKey.Of(name))).Where(pair => pair.Key.Length > 0).ToArray();
        return new([.. known.Select(pair => pair.Name)], [.. known.Select(pair => pair.Key)]);
    }
}
