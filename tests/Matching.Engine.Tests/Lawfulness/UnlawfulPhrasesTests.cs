using Matching.Engine.Lawfulness;

namespace Matching.Engine.Tests.Lawfulness;

public class UnlawfulPhrasesTests
{
    private static readonly UnlawfulPhrases Phrases = new(
    [
        new("*", PhraseUse.Sign, "", "♂=男"), new("*", PhraseUse.Sign, "", "👩=女"), new("*", PhraseUse.Macro, "", "only=只招|限"), new("*", PhraseUse.Macro, "", "man=({only})男性?"),
        new("SEX", PhraseUse.Trigger, "", "男|女"), new("SEX", PhraseUse.Allow, "", "男装|不限"), new("SEX", PhraseUse.Forbid, "WOMEN", "{man}"),
        new("SEX", PhraseUse.Forbid, "MEN", "({only})女性?"), new("SEX", PhraseUse.Forbid, "", "1、(?<p>女),"), new("SEX", PhraseUse.Exempt, "WOMEN", "6-16-01-05"),
        new("AGE", PhraseUse.Trigger, "", "岁"), new("AGE", PhraseUse.Forbid, "", "[2-5][0-9]岁以下"),
    ]);

    [Theory]
    [InlineData("本岗位限男性。", "限男性", 3)]
    [InlineData("本岗位 限 男　性 。", "限 男　性", 4)]
    [InlineData("限\u200B男", "限\u200B男", 0)]
    [InlineData("限·男*性", "限·男*性", 0)]
    [InlineData("只招 ♂", "只招 ♂", 0)]
    [InlineData("😀限👩", "限👩", 2)]
    [InlineData("３５岁以下", "３５岁以下", 0)]
    [InlineData("1、女，大专", "女", 2)]
    [InlineData("限\n男性", "限\n男性", 0)]
    [InlineData("会开车，限男\r\n性", "限男\r\n性", 4)]
    [InlineData("三班倒，身体好，能吃苦耐劳，限\n男性，长期稳定，服从安排，三年以上", "限\n男性", 14)]
    public void Find_NamesThePhraseAsItWasWritten(string text, string phrase, int offset) =>
        Assert.Equal((phrase, offset, phrase.Length), Phrases.Find(text).Select(finding => (finding.Phrase, finding.Offset, finding.Length)).Single());

    [Theory]
    [InlineData("限男装")]
    [InlineData("经验不限 男性同事也在")]
    [InlineData("经验不限\n男性同事也在")]
    [InlineData("经验只限\n\n男性同事也在")]
    [InlineData("只招\n1、男性护肤品导购")]
    [InlineData("135岁以下")]
    [InlineData("")]
    [InlineData("\uD83D\uFFFF\0")]
    public void Find_PassesWhatOnlyLooksAlike(string text) => Assert.Empty(Phrases.Find(text));

    [Fact]
    public void Find_IsNotDeceivedByAnExceptionBesideThePhrase() => Assert.Equal(["限女"], Phrases.Find("限女，男装导购").Select(finding => finding.Phrase));

    [Fact]
    public void Find_SplitsNumbersThatOnlyASpaceKeptApart() => Assert.Equal(["35岁以下"], Phrases.Find("经验3 35岁以下").Select(finding => finding.Phrase));

    [Fact]
    public void Find_KeepsMenOnly_WhereTheLawItselfKeepsWomenOut()
    {
        Assert.Empty(Phrases.Find("限男性", "6-16-01-05"));
        Assert.Single(Phrases.Find("限女性", "6-16-01-05"));
        Assert.Single(Phrases.Find("限男性", "6-16-01-01"));
    }

    [Theory]
    [InlineData("限男+")]
    [InlineData("(限|只)*男")]
    [InlineData("限男{2,}")]
    public void Table_IsRefused_WhenAPatternRepeatsWithoutBound(string pattern) =>
        Assert.Throws<ArgumentException>(() => new UnlawfulPhrases([new("SEX", PhraseUse.Trigger, "", "男"), new("SEX", PhraseUse.Forbid, "", pattern)]));

    [Fact]
    public void Find_TellsCategoriesApart_InTheOrderOfTheText() =>
        Assert.Equal([("AGE", 0), ("SEX", 6)], Phrases.Find("35岁以下，限男性").Select(finding => (finding.Category, finding.Offset)));

    [Fact]
    public void Triggers_AreFound_WhereThePlainTextHoldsThem()
    {
        var signs = new SignTable([new("♂", "男"), new("優", "优")]);
        (string Word, int Category)[] words = [("男", 0), ("先生", 0), ("age", 1), ("生人", 1), ("优", 2), ("人人人", 3)];
        var triggers = new PhraseTriggers(signs, words);
        string[] pieces = ["男", "♂", "先", "生", "人", "Ａ", "g", "E", "ge", "優", " ", "\u200B", "·", "\n", "，", "㎡", "👩", "\uD83D", "\0"];
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(random.GetItems(pieces, random.Next(0, seed % 50 == 0 ? 700 : 9)));
            var plain = PlainText.Of(text, signs).Text;

            Assert.Equal(words.Where(word => plain.Contains(word.Word, StringComparison.Ordinal)).Aggregate(0u, (found, word) => found | (1u << word.Category)), triggers.In(text));
        }
    }
}
