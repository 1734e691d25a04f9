namespace Matching.Engine.Occupations;

/// <summary>Codes of the 职业分类大典 by their parts: 4-04-05-01 is a 细类, 4-04-05 its 小类.</summary>
public static class OccupationCodes
{
    private const int GroupLength = 7;

    /// <summary>The 小类 of a 细类 or 小类.</summary>
    public static string Group(string code) => code.Length <= GroupLength ? code : code[..GroupLength];

    /// <summary>Whether the code is a 细类.</summary>
    public static bool IsOccupation(string code) => code.Length > GroupLength;
}
