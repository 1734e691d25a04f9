using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>Takes from a posted title what does not name the job: notes in brackets, pay, ranks, calls to apply, departments; and evens out endings.</summary>
internal static partial class TitleText
{
    private const int MostParts = 3;

    // Longer endings first: 工程技术人员 and 工程师 are the same trade seen by the classification and by the market.
    private static readonly (string Ending, string Instead)[] Endings =
    [
        ("工程技术人员", "工程"), ("工程师", "工程"), ("专业人员", ""), ("技术人员", ""), ("服务人员", ""), ("技术员", ""), ("操作工", ""), ("人员", ""), ("专员", ""), ("助理", ""),
        ("主管", ""), ("经理", ""), ("总监", ""), ("师", ""), ("员", ""), ("工", ""),
    ];

    /// <summary>
    /// The keys of the jobs a title names, in its order, at most three: Java开发/前端开发（深圳） → java开发, 前端开发.
    /// A part that names a department or a place of work (销售部, 华南项目) says nothing of the job and is left out unless it is all there is.
    /// </summary>
    public static IReadOnlyList<string> Parts(string title)
    {
        var bare = Number().Replace(Note().Replace(title, " ").Trim(), "");
        bare = Call().Replace(Rank().Replace(Pay().Replace(bare, " "), " ").Trim(), "");
        var all = Separator().Split(bare).Select(Key).Where(key => key.Length > 1).ToList();
        var jobs = all.FindAll(key => !Department().IsMatch(key));
        return jobs.Count > 0 ? [.. jobs.Take(MostParts)] : all.Count > 0 ? [all[0]] : [Key(title)];
    }

    /// <summary>The key of a title as a whole, with words that mean the same written one way.</summary>
    public static string Key(string title) => TextKey.Of(title).Replace("老师", "教师", StringComparison.Ordinal);

    /// <summary>What is left of a key without its ending.</summary>
    public static string Core(string key)
    {
        foreach (var (ending, instead) in Endings)
        {
            if (key.Length > ending.Length + 1 && key.EndsWith(ending, StringComparison.Ordinal))
            {
                return string.Concat(key.AsSpan(0, key.Length - ending.Length), instead);
            }
        }

        return key;
    }

    [GeneratedRegex(@"[（(【\[〔<《].*?([）)】\]〕>》]|$)")]
    private static partial Regex Note();

    [GeneratedRegex(@"\d+(\.\d+)?\s*[kKwW万千元][^\s]*|\d{3,}[-~—]\d{3,}|[五六]险一金|双休|包吃住?|急聘|诚聘|高薪|接受应届生?|应届(毕业)?生?|校招|社招")]
    private static partial Regex Pay();

    [GeneratedRegex("高级|资深|初级|中级|首席|实习生?|储备|兼职|全职|驻场|远程|外派|[A-Za-z]?\\d{4,}|(?i:senior|junior|intern)\\b")]
    private static partial Regex Rank();

    // 招聘会计 calls for an accountant; 招聘专员 recruits.
    [GeneratedRegex("^(急招|诚招|招聘)(?!专员|主管|经理|助理|总监|顾问|师|官|专家|实习|负责|岗|主任|运营|网站|平台|$)")]
    private static partial Regex Call();

    // The posting's own number in front: AB01-, K_02.
    [GeneratedRegex(@"^[A-Za-z]{0,4}[_-]?\d{2,}\s*[-_ ]\s*(?=\S)")]
    private static partial Regex Number();

    [GeneratedRegex("(事业部|部|组|中心|项目|行业|方向|公司|集团|店|区|路)$")]
    private static partial Regex Department();

    [GeneratedRegex(@"\s*[-—–_|/／、，,;；+＋]\s*(?=[^\d+＋])|\s{2,}")]
    private static partial Regex Separator();
}
