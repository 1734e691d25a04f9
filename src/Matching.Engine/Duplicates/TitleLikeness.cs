using System.Text.RegularExpressions;
using Matching.Engine.Normalizing;

namespace Matching.Engine.Duplicates;

/// <summary>What of a title tells one job of a company from another, prepared once.</summary>
internal sealed partial record TitleMarks(string Core, string Marks, string Note)
{
    /// <summary>
    /// Two titles may name one job: languages, numbers and ranks are the same (Java is not C++, 高级 is not 初级, 2 号线 is not 3 号线), notes in brackets do not contradict,
    /// and the names are one, or one holds the other, or most of their characters agree.
    /// </summary>
    public bool Agrees(TitleMarks other) =>
        Marks == other.Marks
        && (Note.Length == 0 || other.Note.Length == 0 || Note == other.Note)
        && (Core == other.Core || Core.Contains(other.Core, StringComparison.Ordinal) || other.Core.Contains(Core, StringComparison.Ordinal) || Dice(Core, other.Core) >= 0.6);

    public static TitleMarks Of(string title)
    {
        var notes = string.Concat(Bracket().Matches(title).Select(match => TextKey.Of(Benefit().Replace(match.Value, ""))));
        var bare = TextKey.Of(Idle().Replace(Bracket().Replace(title, ""), ""));
        if (bare.Length == 0)
        {
            bare = TextKey.Of(title);
        }

        var marks = string.Join(' ', Mark().Matches(bare).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
        return new(TitleText.Core(bare), marks, notes);
    }

    // Shared pairs of characters over all, in [0, 1].
    private static double Dice(string a, string b)
    {
        if (a.Length < 2 || b.Length < 2)
        {
            return 0;
        }

        var pairs = Enumerable.Range(0, a.Length - 1).Select(i => (a[i], a[i + 1])).ToHashSet();
        var others = Enumerable.Range(0, b.Length - 1).Select(i => (b[i], b[i + 1])).ToHashSet();
        return 2.0 * pairs.Count(others.Contains) / (pairs.Count + others.Count);
    }

    [GeneratedRegex(@"[（(【\[〔<《].*?([）)】\]〕>》]|$)")]
    private static partial Regex Bracket();

    // What says nothing of the job: pay, benefits, calls to apply, the sender's own long numbers.
    [GeneratedRegex(@"\d+(\.\d+)?\s*[kKwW万千元]\S*|\d{3,}[-~—]\d{3,}|[A-Za-z]{0,3}\d{3,}|[五六]险[一二]金|双休|单休|包吃住?|包住|急聘|急招|诚聘|诚招|高薪|招聘|应届(毕业)?生?|校招|社招|\d+薪|\d+名")]
    private static partial Regex Idle();

    // In brackets the sender's numbers do tell: (J10008) and (J10018) are two of his positions.
    [GeneratedRegex(@"\d+(\.\d+)?\s*[kKwW万千元]\S*|\d{3,}[-~—]\d{3,}|[五六]险[一二]金|双休|单休|包吃住?|包住|急聘|急招|诚聘|诚招|高薪|招聘|应届(毕业)?生?|校招|社招|\d+薪|\d+名")]
    private static partial Regex Benefit();

    [GeneratedRegex("[a-z][a-z+#.]*|[0-9]+|高级|资深|中级|初级|首席|主管|经理|总监|组长|班长|主任|部长|厂长|店长|实习|学徒|助理|储备|副|外贸|国际|海外|华[东南西北中]|[东南西北]区|[白夜]班|售前|售后|测试|前端|后端")]
    private static partial Regex Mark();
}
