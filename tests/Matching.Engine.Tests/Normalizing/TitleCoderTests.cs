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
            new("2-09-04-03", "美工师", []),
            new("4-14-03-03", "眼镜验光师", []),
            new("4-01-02-04", "收银员", []),
            new("2-02-38-03", "大数据工程技术人员", []),
            new("2-08-02-04", "小学教师", []),
            new("6-31-01-02", "机修钳工", ["试样通用工"]),
            new("6-23-03-13", "飞机外场调试与维护工", ["试样通用工"]),
        ],
        [
            new(["java"], 3, "2-02-10-03"), new(["销售"], 4, "4-01-02-01"), new(["自动化"], 2, "2-02-07-07"), new(["开发工程师"], 2, "2-02-10-03"),
            new(["ui"], 3, "2-09-06-01"), new(["美工"], 3, "2-09-06-01"), new(["大数据"], 3, "2-02-38-03"), new(["软件"], 1, "2-02-10-03"), new(["小学", "老师"], 3, "2-08-02-04"),
        ]);

    [Theory]
    [InlineData("焊工", "6-18-02-04", CodingMethod.Exact)]
    [InlineData("電焊工", "6-18-02-04", CodingMethod.Alias)]
    [InlineData("急聘叉车司机（包吃住）", "6-30-05-01", CodingMethod.Alias)]
    [InlineData("高级机械设计工程师", "2-02-07-01", CodingMethod.Normalized)]
    [InlineData("JAVA高级开发工程师-深圳", "2-02-10-03", CodingMethod.Rule)]
    [InlineData("自动化设备销售经理", "4-01-02-01", CodingMethod.Rule)]
    [InlineData("大数据开发工程师", "2-02-38-03", CodingMethod.Rule)]
    [InlineData("美工", "2-09-06-01", CodingMethod.Rule)]
    [InlineData("小学语文老师", "2-08-02-04", CodingMethod.Rule)]
    [InlineData("门店收银员", "4-01-02-04", CodingMethod.Ending)]
    [InlineData("招聘焊工", "6-18-02-04", CodingMethod.Exact)]
    [InlineData("AB01-焊工", "6-18-02-04", CodingMethod.Exact)]
    [InlineData("华南事业部-焊工（长期）", "6-18-02-04", CodingMethod.Exact)]
    [InlineData("某某某/收银员", "4-01-02-04", CodingMethod.Exact)]
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
    [InlineData("验光师")]
    [InlineData("试样通用工")]
    [InlineData("机械设备设计总工")]
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
    public void Code_ProposesTheLongerName_WhenTheTitleIsItsEnd() => Assert.Equal("4-14-03-03", Coder.Code("验光师")[0].Code);

    [Fact]
    public void Code_TrustsTheFirstOfSeveralJobsMost()
    {
        Assert.Equal(["6-18-02-04", "4-01-02-04"], new[] { "焊工/收银员", "收银员/焊工" }.Select(title => Coder.Code(title)[0].Code));
        Assert.True(Coder.Code("某某某/焊工")[0].Confidence < Coder.Code("焊工")[0].Confidence);
    }

    [Fact]
    public void Code_RanksByConfidence_ThenMethod_ThenCode()
    {
        var coded = Coder.Code("自动化机械设计工程师", 7);

        Assert.Equal(coded.OrderByDescending(item => item.Confidence).ThenBy(item => item.Method).ThenBy(item => item.Code, StringComparer.Ordinal), coded);
        Assert.Equal(coded.Count, coded.Select(item => item.Code).Distinct().Count());
    }
}
