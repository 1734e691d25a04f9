using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

/// <summary>Readers of cells have a short way for what most cells hold. It gives what the rules give; here these are written out without any short way.</summary>
public class ShortWaysTests
{
    private static readonly string[] Pieces =
    [
        "数", "控", "車", "a", "Z", "7", "0", "12", "e\u0301", "é", "ﬁ", "Ⅷ", "㎡", "ｶﾞ", "가", "，", "、", "。", "；", "（", "）", "/", " / ", "|", "｜", ";", ",", "\t", "\n", "\r", " ", "\u3000", "\u00A0",
        "\u200B", "\uFEFF", "+", "#", ".", "-", "人", "元", "“", "”", "１", "\u0301", "\U00020BB7",
    ];

    [Fact]
    public void Kept_StaysWhatItIs_WhereverItStands()
    {
        var kept = Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(sign => Nfkc.IsKept([sign])).ToArray();
        var random = new Random(3);

        Assert.All(Enumerable.Range(0, 500), _ => Assert.True(new string(random.GetItems(kept, 400)).IsNormalized(NormalizationForm.FormKC)));
        Assert.True(new string(kept).IsNormalized(NormalizationForm.FormKC));
        Assert.All(Texts(), text => Assert.Equal(text.Normalize(NormalizationForm.FormKC), Nfkc.Of(text)));
    }

    [Theory]
    [InlineData("数\uFFFE控")]
    [InlineData("\uFFFF\uD83D")]
    [InlineData("\uDE00é")]
    public void Of_LeavesWhatHasNoNormalForm(string text) => Assert.Equal(text, Nfkc.Of(text));

    [Fact]
    public void Key_IsThatOfTheRules_ForEveryCharacter_AndText()
    {
        foreach (var sign in Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(sign => !char.IsSurrogate(sign) && sign < '\uFFFE'))
        {
            Assert.Equal(Key(sign.ToString()), TextKey.Of(sign.ToString()));
        }

        Assert.All(Texts(), text => Assert.Equal((Key(text), Key(text).Length == 0), (TextKey.Of(text), TextKey.IsEmpty(text))));

        static string Key(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC)
            .Where(sign => char.IsLetterOrDigit(sign) || char.IsSurrogate(sign) || "+#.".Contains(sign, StringComparison.Ordinal)
                || char.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            .Select(sign => Simplified.Of(char.ToLowerInvariant(sign)))).Trim('.');
    }

    [Fact]
    public void Tight_HasNoWhiteSpace() => Assert.All(Texts(), text => Assert.Equal(
        string.Concat(PlainText.Of(text).ToLowerInvariant().Where(sign => !char.IsWhiteSpace(sign) && sign is not ('\u200B' or '\uFEFF'))), PlainText.Tight(text)));

    [Fact]
    public void Split_GivesWhatTheExpressionGives()
    {
        const string Separator = @"[、，,;；|｜\t]|(?<=[\p{IsCJKUnifiedIdeographs}）)\s])/(?=[\p{IsCJKUnifiedIdeographs}（(\s])|\s/|/\s";
        var long_ = string.Join(',', Enumerable.Range(0, 300).Select(i => i % 70));

        Assert.All(Texts().Append(long_), text => Assert.Equal(
            (text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n') : Regex.Split(text, Separator))
                .Select(part => part.Trim(' ', '\t', '\r', '\u00A0', '\u3000', '\u200B', '\uFEFF')).Where(part => part.Length > 0).Distinct(),
            ListText.Split(text)));
    }

    [Fact]
    public void Numbers_AreThoseOfTheLongWay()
    {
        var random = new Random(5);
        foreach (var text in Enumerable.Range(0, 2_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => random.Next(10)))))
        {
            // A blank at the end is no digit, so this goes the long way.
            Assert.Equal((NumberText.TryInt(text + " ", out var number), number), (NumberText.TryInt(text, out var same), same));
            Assert.Equal(HeadcountText.Parse(text + " "), HeadcountText.Parse(text));
        }
    }

    private static IEnumerable<string> Texts()
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            yield return string.Concat(random.GetItems(Pieces, random.Next(0, 14)));
        }
    }
}
