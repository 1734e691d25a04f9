using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class TitleCoderTests
{
    private static readonly TitleCoder Coder = new(
        [
            new("2-02-10-03", "计算机软件工程技术人员", []),
            new("2-02-07-01", "机械设计工程技术人员", []),
            new("2-02-07-07", "自动控制工程技术人员", []),
            new("4-01-02-01", "营销员", []),
            new("6-18-02-04", "焊工", ["电焊工", "气焊工"]),
            new("6-30-05-01", "起重装卸机械操作工", ["叉车司机"]),
            new("2-09-06-01", "视觉传达设计人员", []),
        ],
        [
            new(["java"], 2, "2-02-10-03"), new(["销售"], 3, "4-01-02-01"), new(["自动化"], 2, "2-02-07-07"),
            new(["ui"], 2, "2-09-06-01"), new(["软件"], 1, "2-02-10-03"),
        ]);

    [Theory]
    [InlineData("焊工", "6-18-02-04", CodingMethod.Exact)]
    [InlineData("電焊工", "6-18-02-04", CodingMethod.Alias)]
    [InlineData("急聘叉车司机（包吃住）", "6-30-05-01", CodingMethod.Alias)]
    [InlineData("高级机械设计工程师", "2-02-07-01", CodingMethod.Normalized)]
    [InlineData("JAVA高级开发工程师-深圳", "2-02-10-03", CodingMethod.Rule)]
    [InlineData("自动化设备销售经理", "4-01-02-01", CodingMethod.Rule)]
    public void Code_FindsTheOccupation(string title, string code, CodingMethod method)
    {
        var best = Coder.Code(title)[0];

        Assert.Equal((code, method), (best.Code, best.Method));
        Assert.True(best.Confidence >= TitleCoder.AcceptFrom);
    }

    [Theory]
    [InlineData("build工程")]
    [InlineData("javascript编写")]
    [InlineData("软件岗")]
    [InlineData("管培生")]
    public void Code_IsNotSure_WhenOnlyAPartOfAWordOrAFieldIsKnown(string title) =>
        Assert.DoesNotContain(Coder.Code(title), coded => coded.Confidence >= TitleCoder.AcceptFrom);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("！！！")]
    [InlineData("（）")]
    [InlineData("12k-15k")]
    public void Code_FindsNothing_InNothing(string title) => Assert.Empty(Coder.Code(title));

    [Fact]
    public void Code_RanksByConfidence_ThenMethod_ThenCode()
    {
        var coded = Coder.Code("自动化机械设计工程师", 7);

        Assert.Equal(coded.OrderByDescending(item => item.Confidence).ThenBy(item => item.Method).ThenBy(item => item.Code, StringComparer.Ordinal), coded);
        Assert.Equal(coded.Count, coded.Select(item => item.Code).Distinct().Count());
    }
}
