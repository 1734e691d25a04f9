using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class SearchTextTests
{
    [Theory]
    [InlineData("ＪＡＶＡ　工程師", "java 工程师")]
    [InlineData("C＋＋（高级）", "c++(高级)")]
    [InlineData("５Ｇ　網絡優化", "5g 网络优化")]
    [InlineData("ﬁnance", "finance")]
    public void Of_IsOneForm_WhateverTheWidthCaseAndScript(string text, string expected) => Assert.Equal(expected.Replace("优", SearchText.Of("優"), StringComparison.Ordinal), SearchText.Of(text));

    [Fact]
    public void Words_AreSeparatedBySpaces_AndEachComesOnce() => Assert.Equal(["数控", "c++", "焊"], SearchText.Words("　数控  C++ 数控\t焊 c＋＋"));

    [Fact]
    public void Words_AreNone_WhenNothingButSpacesIsAsked() => Assert.Empty(SearchText.Words(" \u3000\u0001"));

    [Fact]
    public void Find_CountsInTheTextAsItWasWritten()
    {
        const string Text = "𠮷招ＪＡＶＡ與Ｊａｖａ，㎏";

        Assert.Equal([(3, 4), (8, 4)], SearchText.Find(Text, ["java"]));
        Assert.Equal([(13, 1)], SearchText.Find(Text, ["g"]));
    }

    [Fact]
    public void Find_JoinsWhatOverlaps() => Assert.Equal([(1, 4)], SearchText.Find("招数控车床", ["数控车", "控车床"]));
}
