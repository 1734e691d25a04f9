using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>
/// Experience asked for → least whole years: 3-4年 and 3年以上 ask for 3, 无需经验 and 应届 for 0, 不限 for nothing (null). Months and half years count down to
/// whole years. Years a cell names beside other conditions (3年以上同岗位管理经验) are read, years at most (1年以内) ask for 0.
/// </summary>
public static partial class ExperienceText
{
    private static readonly string[] Any = ["不限", "经验不限", "不限经验", "无要求", "不要求", "无经验要求", "经验无要求", "无"];

    private static readonly string[] Fresh = ["无需经验", "无经验", "不需要经验", "应届", "应届生", "应届毕业生", "应届毕业", "在校生", "在校/应届", "在校生/应届生", "在校应届", "应届可", "实习"];

    /// <summary>True when understood; <paramref name="years"/> is null when nothing is asked for.</summary>
    public static bool TryParse(string text, out int? years)
    {
        years = null;
        var tight = PlainText.Tight(text);
        if (tight.Length == 0 || Any.Contains(tight))
        {
            return true;
        }

        if (Fresh.Contains(tight))
        {
            years = 0;
            return true;
        }

        var match = Years().Match(tight);
        if (!match.Success || !NumberText.TryChinese(match.Groups["a"].Value == "半" ? "0" : match.Groups["a"].Value, out var least))
        {
            return false;
        }

        least = match.Groups["months"].Success ? least / 12 : least;
        years = match.Groups["under"].Success && !match.Groups["b"].Success ? 0 : least;
        return years <= 50;
    }

    [GeneratedRegex(@"^(经验|工作经验|要求|至少|具有|具备|满|:)*(?<a>半|\d{1,2}|[一二两三四五六七八九十]{1,3})(\.\d|\.0)?(年|(?<months>个月))?((-|~|—|–|至|到)(?<b>\d{1,2}|[一二两三四五六七八九十]{1,3})(\.0)?)?(年|(?<months>个月))?(?<over>及?以上|\+|起)?(?<under>及?以下|以内)?(的?(相关|同岗位|同行业|本行业|行业|管理|工作|岗位)*经[验历])?(者?优先)?$")]
    private static partial Regex Years();
}
