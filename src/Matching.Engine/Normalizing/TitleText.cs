using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>Takes from a posted title what does not name the job: notes in brackets, pay, ranks, calls to apply; and evens out endings.</summary>
internal static partial class TitleText
{
    // Longer endings first: 工程技术人员 and 工程师 are the same trade seen by the classification and by the market.
    private static readonly (string Ending, string Instead)[] Endings =
    [
        ("工程技术人员", "工程"), ("工程师", "工程"), ("专业人员", ""), ("技术人员", ""), ("服务人员", ""), ("技术员", ""), ("操作工", ""), ("人员", ""), ("专员", ""), ("助理", ""),
        ("主管", ""), ("经理", ""), ("总监", ""), ("师", ""), ("员", ""), ("工", ""),
    ];

    /// <summary>The title without notes and ranks; the title itself when nothing else is left.</summary>
    public static string Clean(string title)
    {
        var bare = Rank().Replace(Pay().Replace(Note().Replace(title, " "), " "), " ");
        var head = Separator().Split(bare.Trim())[0].Trim();
        return head.Length > 1 ? head : bare.Trim().Length > 1 ? bare.Trim() : title;
    }

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

    [GeneratedRegex(@"\d+(\.\d+)?\s*[kKwW万千元][^\s]*|\d{3,}[-~—]\d{3,}|[五六]险一金|双休|包吃住?|急聘|诚聘|高薪|接受应届生?|应届(毕业)?生?|校招|社招|双休")]
    private static partial Regex Pay();

    [GeneratedRegex("高级|资深|初级|中级|首席|实习生?|储备|兼职|全职|驻场|远程|外派|[A-Za-z]?\\d{4,}|(?i:senior|junior|intern)\\b")]
    private static partial Regex Rank();

    [GeneratedRegex(@"\s*[-—–_|/／、，,;；+＋]\s*(?=\D)|\s{2,}")]
    private static partial Regex Separator();
}
