using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class EducationTextTests
{
    [Theory]
    [InlineData("本科", "21")]
    [InlineData("大专及以上", "31")]
    [InlineData("大专/本科", "31")]
    [InlineData("硕士研究生", "14")]
    [InlineData("博士", "11")]
    [InlineData("中专/中技", "47")]
    [InlineData("高中以上", "61")]
    [InlineData("统招本科", "21")]
    [InlineData("本科及以上", "21")]
    [InlineData("中技/中专", "47")]
    [InlineData("技工", "47")]
    [InlineData("Bachelor", "21")]
    [InlineData("初中及以下", null)]
    [InlineData("不限", null)]
    [InlineData("学历不限", null)]
    [InlineData("", null)]
    public void TryParse_GivesTheLowestLevelNamed(string text, string? code)
    {
        Assert.True(EducationText.TryParse(text, out var parsed));
        Assert.Equal(code, parsed);
    }

    [Theory]
    [InlineData("熟练工")]
    [InlineData("3年经验")]
    [InlineData("本科优先")]
    public void TryParse_Fails_WhenNoLevelIsNamed(string text) => Assert.False(EducationText.TryParse(text, out _));
}
