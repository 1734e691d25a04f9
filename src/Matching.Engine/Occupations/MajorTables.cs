namespace Matching.Engine.Occupations;

/// <summary>An occupation (细类) with what describes it.</summary>
/// <param name="Code">Code of the 职业分类大典, four parts.</param>
/// <param name="Name">Its name.</param>
/// <param name="Titles">Alternative titles (工种).</param>
/// <param name="Functions">Work functions of its national skill standard (职业功能); empty where there is none.</param>
/// <param name="Terms">Words of its field: what is worked on, with and by.</param>
public sealed record OccupationText(string Code, string Name, IReadOnlyList<string> Titles, IReadOnlyList<string> Functions, IReadOnlyList<string> Terms);

/// <summary>A group (小类) of occupations.</summary>
public sealed record OccupationGroup(string Code, string Name);

/// <summary>A major (专业) with what describes it.</summary>
/// <param name="Code">Code of the catalogue; empty when only a name is known.</param>
/// <param name="Name">Its name.</param>
/// <param name="Courses">Its courses; may be empty.</param>
public sealed record MajorText(string Code, string Name, IReadOnlyList<string> Courses)
{
    // Vocational codes of one subject differ between levels by 20 in their first two digits: 机械 is 26 本科, 46 专科, 66 中职.
    private int LevelOffset => Code.Length == 6 ? Code[0] switch { '2' or '3' => 20, '4' or '5' => 40, '6' or '7' => 60, _ => 0 } : 0;

    /// <summary>The level of the catalogue: 20 职业本科, 40 高职专科, 60 中职, 0 another or unknown.</summary>
    public int Level => LevelOffset;

    /// <summary>The 专业类 whatever the level; empty when the code is unknown.</summary>
    public string Class => Code.Length < 4 ? "" : LevelOffset == 0 ? Code[..4] : $"v{int.Parse(Code.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture) - LevelOffset:00}{Code[2..4]}";

    /// <summary>The 专业大类 whatever the level; empty when the code is unknown.</summary>
    public string Category => Class.Length == 0 ? "" : Class[..^2];
}

/// <summary>What a major's official standard links it to: occupations (细类) or groups (小类).</summary>
public sealed record MajorLinks(MajorText Major, IReadOnlyList<string> Occupations);
