using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class TextKeyTests
{
    [Theory]
    [InlineData("ＣＡＤ　制图", "cad制图")]
    [InlineData("Java  Script", "javascript")]
    [InlineData("C++", "c++")]
    [InlineData("C #", "c#")]
    [InlineData(".NET", "net")]
    [InlineData("電氣設計", "电气设计")]
    [InlineData("（沟通）、能力", "沟通能力")]
    [InlineData("ﬁle ①", "file1")]
    [InlineData("——", "")]
    [InlineData("𠮷野", "𠮷野")]
    public void Of_JoinsSpellingsOfOneName(string text, string key) => Assert.Equal(key, TextKey.Of(text));

    [Fact]
    public void Of_KeepsDifferentNamesApart() => Assert.Equal(4, new[] { "C", "C++", "C#", "后端" }.Select(TextKey.Of).Distinct().Count());

    [Fact]
    public void Of_IsStable_WhenAppliedTwice() =>
        Assert.All(new[] { "ＣＡＤ　制图", "電氣設計", "C/C++", "Office（办公）" }, text => Assert.Equal(TextKey.Of(text), TextKey.Of(TextKey.Of(text))));
}
