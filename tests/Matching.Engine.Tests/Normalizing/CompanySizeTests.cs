using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class CompanySizeTests
{
    [Theory]
    [InlineData("320", 320, 320)]
    [InlineData("320人", 320, 320)]
    [InlineData("约 1,200 人", 1200, 1200)]
    [InlineData("150-500人", 150, 500)]
    [InlineData("１５０－５００人", 150, 500)]
    [InlineData("20人至99人", 20, 99)]
    [InlineData("1000~9999人", 1000, 9999)]
    [InlineData("1-2万人", 10000, 20000)]
    [InlineData("5千到1万人", 5000, 10000)]
    [InlineData("少于50人", 0, 50)]
    [InlineData("50人以下", 0, 50)]
    [InlineData("不足100人", 0, 100)]
    [InlineData("10000人以上", 10000, null)]
    [InlineData("1万人以上", 10000, null)]
    [InlineData("超过500人", 500, null)]
    [InlineData("500+", 500, null)]
    [InlineData("公司规模：1.5万人", 15000, 15000)]
    public void Parse_ReadsWhatPeopleWrite(string text, int from, int? to) => Assert.Equal(new CompanySize(from, to), CompanySize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("民营")]
    [InlineData("500-150人")]
    [InlineData("少于50人以上")]
    [InlineData("-5")]
    [InlineData("99999999人")]
    [InlineData("三百人")]
    public void Parse_IsNull_WhenNothingIsSaid(string text) => Assert.Null(CompanySize.Parse(text));
}
