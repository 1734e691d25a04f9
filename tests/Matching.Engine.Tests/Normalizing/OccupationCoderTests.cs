using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class OccupationCoderTests
{
    private static readonly OccupationCoder Coder = new(
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
        Assert.True(best.Confidence >= OccupationCoder.AcceptFrom);
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
        Assert.DoesNotContain(Coder.Code(title), coded => coded.Confidence >= OccupationCoder.AcceptFrom);

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
    public void Code_RanksByConfidence_EachCodeOnce()
    {
        var coded = Coder.Code("自动化机械设计工程师", 7);

        Assert.Equal(coded.OrderByDescending(item => item.Confidence), coded);
        Assert.Equal(coded.Count, coded.Select(item => item.Code).Distinct().Count());
    }

    [Fact]
    public void Code_TakesWhatWasTaught_OverEverything()
    {
        var learned = new Dictionary<string, string> { ["焊工"] = "4-01-02-01", ["渠道岗"] = "4-01-02-04" };

        Assert.Equal(("4-01-02-01", 100, CodingMethod.Learned), First("焊 工", learned));
        Assert.Equal(("4-01-02-04", 98, CodingMethod.Learned), First("高级渠道岗（深圳）", learned));
        Assert.Equal("6-18-02-04", Coder.Code("气焊工", 1, learned: learned)[0].Code);
    }

    // Teaching moves the taught code up and nothing else.
    [Fact]
    public void Code_OnlyRaisesTheTaughtCode()
    {
        foreach (var title in new[] { "门店收银员", "机械设计工程师", "验光师", "软件岗", "大数据销售" })
        {
            var before = Coder.Code(title, 20);
            var after = Coder.Code(title, 20, learned: new Dictionary<string, string> { [OccupationCoder.TitleKey(title)] = "2-08-02-04" });

            Assert.Equal("2-08-02-04", after[0].Code);
            Assert.Equal(before.Where(item => item.Code != "2-08-02-04"), after.Skip(1));
        }
    }

    [Fact]
    public void Code_DoesNotDependOnTheOrderOfTheOccupations()
    {
        OccupationTitle[] occupations = [new("1-01", "甲乙丙员", ["丁戊己工"]), new("1-02", "丁戊己员", []), new("1-03", "甲乙丙师", ["庚辛员"]), new("1-04", "子丑寅员", ["庚辛壬员"])];
        var titles = new[] { "甲乙丙", "丁戊己", "庚辛壬", "甲乙寅员", "子丑", "丁乙丙工" };
        var expected = titles.Select(title => new OccupationCoder(occupations, []).Code(title)).ToList();
        var random = new Random(2);
        for (var round = 0; round < 50; round++)
        {
            random.Shuffle(occupations);
            var coder = new OccupationCoder(occupations, []);
            Assert.Equal(expected, titles.Select(title => coder.Code(title)));
        }
    }

    [Fact]
    public void Code_ReadsTheText_WhenTheTitleIsNotSure_AndNeverLowersAnything()
    {
        var coder = new OccupationCoder([new("6-01", "示例装配工", [], ["部件装配", "培训指导"]), new("6-02", "示例调试工", [], ["整机调试", "培训指导"])], []);
        const string text = "岗位职责：整机调试，培训指导新员工。";

        Assert.Equal("6-02", coder.Code("储备岗", text: text)[0].Code);
        Assert.True(coder.Code("储备岗", text: text)[0].Confidence < OccupationCoder.AcceptFrom);
        Assert.Equal(coder.Code("示例装配工"), coder.Code("示例装配工", text: text));
        Assert.All(coder.Code("示例岗"), before => Assert.True(coder.Code("示例岗", text: text).Single(item => item.Code == before.Code).Confidence >= before.Confidence));
    }

    private static (string Code, int Confidence, CodingMethod Method) First(string title, IReadOnlyDictionary<string, string> learned)
    {
        var best = Coder.Code(title, 1, learned: learned)[0];
        return (best.Code, best.Confidence, best.Method);
    }
}
