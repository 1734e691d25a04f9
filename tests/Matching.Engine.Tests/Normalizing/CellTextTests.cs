using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class CellTextTests
{
    [Theory]
    [InlineData("5", 5)]
    [InlineData("５人", 5)]
    [InlineData("5,500 元/月", 5500)]
    [InlineData("3.0", 3)]
    [InlineData("2026届", 2026)]
    [InlineData("-1", -1)]
    [InlineData("3.5", null)]
    [InlineData("1,2", null)]
    [InlineData("五", null)]
    [InlineData("99999999999", null)]
    public void Int_UnderstandsWhatPeopleWrite(string text, int? expected) =>
        Assert.Equal(expected, NumberText.TryInt(text, out var value) ? value : null);

    [Theory]
    [InlineData("两", 2)]
    [InlineData("十", 10)]
    [InlineData("十二", 12)]
    [InlineData("二十", 20)]
    [InlineData("一百零五", 105)]
    [InlineData("三千", 3000)]
    [InlineData("15", 15)]
    [InlineData("", null)]
    [InlineData("二三", null)]
    [InlineData("十百", null)]
    [InlineData("几", null)]
    public void Chinese_ReadsNumerals(string text, int? expected) => Assert.Equal(expected, NumberText.TryChinese(text, out var value) ? value : null);

    [Theory]
    [InlineData("2026-3-1", "2026-03-01")]
    [InlineData("2026/03/01", "2026-03-01")]
    [InlineData("2026.3.1", "2026-03-01")]
    [InlineData("20260301", "2026-03-01")]
    [InlineData("2026年3月1日", "2026-03-01")]
    [InlineData("２０２６年３月", "2026-03-01")]
    [InlineData("2026-03-01 08:30:00", "2026-03-01")]
    [InlineData("2026-03-01 08:30:00.123", "2026-03-01")]
    [InlineData("2026年3月1日 8:30", "2026-03-01")]
    [InlineData("2026-03-01T23:30:00+08:00", "2026-03-01")]
    [InlineData("2026-03-01T23:30:00Z", "2026-03-01")]
    [InlineData("2026-03-01发布", "2026-03-01")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("46082", "2026-03-01")]
    [InlineData("46082.5", "2026-03-01")]
    [InlineData("2026-02-29", null)]
    [InlineData("3/1/2026", null)]
    [InlineData("26-03-01", null)]
    [InlineData("03-01发布", null)]
    [InlineData("2 天前", null)]
    [InlineData("刚刚", null)]
    [InlineData("长期有效", null)]
    [InlineData("12000", null)]
    [InlineData("2026", null)]
    [InlineData("明天", null)]
    public void Date_UnderstandsTheUsualForms_AndGuessesNone(string text, string? expected) =>
        Assert.Equal(expected, DateText.TryParse(text, out var value) ? value.ToString("yyyy-MM-dd", null) : null);

    [Theory]
    [InlineData("焊接、钳工；铣工|磨工", "焊接+钳工+铣工+磨工")]
    [InlineData("C/C++，TCP/IP", "C/C+++TCP/IP")]
    [InlineData("焊接/切割", "焊接+切割")]
    [InlineData("Word / Excel", "Word+Excel")]
    [InlineData("a,,a, b", "a+b")]
    [InlineData("逗号、顿号\n第二项\n", "逗号、顿号+第二项")]
    public void List_SplitsAtSeparators_AndLeavesNamesWhole(string text, string expected) => Assert.Equal(expected, string.Join('+', ListText.Split(text)));

    [Theory]
    [InlineData("2", "2-2")]
    [InlineData("2名", "2-2")]
    [InlineData("３ 人", "3-3")]
    [InlineData("招聘4人", "4-4")]
    [InlineData("5.0", "5-5")]
    [InlineData("三人", "3-3")]
    [InlineData("两名", "2-2")]
    [InlineData("十二人", "12-12")]
    [InlineData("3-5人", "3-5")]
    [InlineData("3人至5人", "3-5")]
    [InlineData("2~3名", "2-3")]
    [InlineData("1,200", "1200-1200")]
    [InlineData("10人以上", "10-")]
    [InlineData("十余人", "10-")]
    [InlineData("5+", "5-")]
    [InlineData("-1", "-1--1")]
    [InlineData("若干", "NotStated")]
    [InlineData("若干名", "NotStated")]
    [InlineData("招若干人", "NotStated")]
    [InlineData("不限", "NotStated")]
    [InlineData("0", "NotStated")]
    [InlineData("", "NotStated")]
    [InlineData("零", "0-0")]
    [InlineData("x", "NotParsed")]
    [InlineData("约5人", "NotParsed")]
    [InlineData("男2女3", "NotParsed")]
    [InlineData("5-3人", "NotParsed")]
    [InlineData("2.5", "NotParsed")]
    [InlineData("面谈", "NotParsed")]
    public void Headcount_TellsNumbersFromNone(string text, string expected)
    {
        var headcount = HeadcountText.Parse(text);

        Assert.Equal(expected, headcount.Outcome == HeadcountOutcome.Parsed ? $"{headcount.Min}-{headcount.Max}" : headcount.Outcome.ToString());
    }

    [Theory]
    [InlineData("3-4年", 3)]
    [InlineData("1-3年", 1)]
    [InlineData("1年", 1)]
    [InlineData("1年以上", 1)]
    [InlineData("10年以上", 10)]
    [InlineData("3年及以上", 3)]
    [InlineData("5", 5)]
    [InlineData("0", 0)]
    [InlineData("2.0", 2)]
    [InlineData("两年以上", 2)]
    [InlineData("至少三年经验", 3)]
    [InlineData("3年以上同岗位工作经验", 3)]
    [InlineData("2年以上相关经验优先", 2)]
    [InlineData("半年以上", 0)]
    [InlineData("6个月", 0)]
    [InlineData("18个月以上", 1)]
    [InlineData("1年以内", 0)]
    [InlineData("无需经验", 0)]
    [InlineData("应届毕业生", 0)]
    [InlineData("在校生/应届生", 0)]
    [InlineData("经验不限", null)]
    [InlineData("不限", null)]
    [InlineData("", null)]
    public void Experience_GivesTheLeastYears(string text, int? expected)
    {
        Assert.True(ExperienceText.TryParse(text, out var years));
        Assert.Equal(expected, years);
    }

    [Theory]
    [InlineData("熟练工")]
    [InlineData("有经验")]
    [InlineData("2018年毕业")]
    [InlineData("本科")]
    [InlineData("99年")]
    public void Experience_IsNotGuessed(string text) => Assert.False(ExperienceText.TryParse(text, out _));
}
