namespace Matching.Engine.Normalizing;

/// <summary>What people write for an education level → its GB/T 4658 code.</summary>
public static class EducationText
{
    // The first word found decides, so that 博士 stands before 研究生 and 本科 before 大专.
    private static readonly (string Word, string Code)[] Words =
    [
        ("博士", "11"), ("硕士", "14"), ("研究生", "14"), ("mba", "14"), ("本科", "21"), ("学士", "21"), ("大专", "31"), ("专科", "31"), ("高职", "31"), ("高专", "31"),
        ("中专", "41"), ("中职", "41"), ("职高", "44"), ("职业高中", "44"), ("技校", "47"), ("技工", "47"), ("中技", "47"), ("高中", "61"), ("初中", "71"), ("小学", "81"),
    ];

    private static readonly (string Word, string Code)[] English =
        [("phd", "11"), ("doctor", "11"), ("master", "14"), ("bachelor", "21"), ("associate", "31"), ("juniorcollege", "31"), ("highschool", "61")];

    private static readonly string[] None = ["不限", "无要求", "不要求", "无学历要求", "学历不限", "不限学历", "其他", "无", "any", "none"];

    /// <summary>
    /// True when the text is understood; <paramref name="code"/> is null when it asks for nothing (不限). Of several levels the lowest named counts as the minimum:
    /// 大专/本科 asks for 大专, 本科及以上 for 本科; a highest level (初中及以下) asks for none. A wish (本科优先) is not a minimum and not understood.
    /// </summary>
    public static bool TryParse(string text, out string? code)
    {
        code = null;
        var key = TextKey.Of(text);
        if (key.Length == 0 || None.Contains(key))
        {
            return true;
        }

        if (key.Contains("优先", StringComparison.Ordinal))
        {
            return false;
        }

        if (key.EndsWith("以下", StringComparison.Ordinal) && Words.Any(word => key.Contains(word.Word, StringComparison.Ordinal)))
        {
            return true;
        }

        code = Words.Concat(English).LastOrDefault(word => key.Contains(word.Word, StringComparison.Ordinal)).Code;
        return code is not null;
    }
}
