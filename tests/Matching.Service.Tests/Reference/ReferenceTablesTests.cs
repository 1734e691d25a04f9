using Matching.Engine.Normalizing;
using Matching.Service.Reference;

namespace Matching.Service.Tests.Reference;

public class ReferenceTablesTests
{
    private static readonly ReferenceTables Tables = new();

    // The counts of the published editions: a file that loses rows fails here.
    [Fact]
    public void Files_HoldTheWholeEditions()
    {
        Assert.Equal((3_354, 20), (Tables.Regions.All.Count(code => code.ValidTo is null), Tables.Regions.All.Count(code => code.ValidTo is not null)));
        Assert.Equal([20, 97, 473, 1_381], Levels(Tables.Industries));
        Assert.Equal([8, 79, 448, 1_635], Levels(Tables.Occupations));
        Assert.Equal(717, Tables.Majors.All.Count(code => code.LevelName is "中职" or "高职专科" or "职业本科"));
        Assert.Equal(352, Tables.Majors.All.Count(code => code.LevelName == "普通本科"));
        Assert.Equal(40, Tables.EducationLevels.All.Count);
        Assert.Equal(14, Tables.DestinationKinds.All.Count(code => code.Level == 2));
    }

    [Fact]
    public void EveryRow_HasItsParentInTheSameTable() =>
        Assert.All(new[] { Tables.Regions, Tables.Industries, Tables.Occupations, Tables.Majors, Tables.EducationLevels, Tables.DestinationKinds }, table =>
            Assert.All(table.All.Where(code => code.Parent is not null), code => Assert.True(table.Knows(code.Parent), $"{code.Code} → {code.Parent}")));

    // 江干区 became parts of two districts, so it has no one successor.
    [Fact]
    public void EndedRegions_NameTheirSuccessor_WhereThereIsOne()
    {
        var ended = Tables.Regions.All.Where(code => code.ValidTo is not null).ToList();

        Assert.Equal(["江干区"], ended.Where(code => code.Successor is null).Select(code => code.Name));
        Assert.All(ended.Where(code => code.Successor is not null), code => Assert.True(Tables.Regions.Find(code.Successor) is { ValidTo: null }, code.Name));
    }

    [Fact]
    public void Links_NameCodesThatExist()
    {
        Assert.All(ReferenceFile.Links("major_courses"), link => Assert.True(Tables.Majors.Knows(link.From)));
        Assert.All(ReferenceFile.Links("major_occupations"), link => Assert.All(link.To, code => Assert.True(Tables.Occupations.Knows(code), code)));
        Assert.All(ReferenceFile.Links("occupation_functions"), link => Assert.True(Tables.Occupations.Knows(link.From)));
        Assert.All(ReferenceFile.Links("occupation_terms"), link => Assert.True(Tables.Occupations.Knows(link.From)));
        Assert.All(ReferenceFile.Rows("title_rules"), cells => Assert.True(Tables.Occupations.Knows(cells[2]), cells[2]));
    }

    // Words, and in no order that says more than the words.
    [Fact]
    public void Terms_AreFewSortedWords() => Assert.All(ReferenceFile.Links("occupation_terms"), link =>
    {
        Assert.InRange(link.To.Length, 1, 25);
        Assert.Equal(link.To.Distinct().Order(StringComparer.Ordinal), link.To);
        Assert.All(link.To, term => Assert.True(term.Length >= 2 && term.All(char.IsLetterOrDigit), term));
    });

    // A name that is also another skill's alias would resolve to either, depending on which row came first.
    [Fact]
    public void Skills_HaveEachNameOnce()
    {
        var keys = ReferenceFile.Links("skills").SelectMany(link => link.To.Select(TextKey.Of).Where(key => key != TextKey.Of(link.From)).Distinct().Prepend(TextKey.Of(link.From))).ToList();

        Assert.Empty(keys.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [InlineData("Java开发工程师", "2-02-10-03")]
    [InlineData("数控车床操作工", "6-18-01-01")]
    [InlineData("数控机床操作工", "6-18-01-07")]
    [InlineData("电商主播", "4-01-06-02")]
    [InlineData("猪场兽医", "2-03-06-01")]
    [InlineData("养老护理员", "4-10-01-05")]
    [InlineData("会计", "2-06-03-00")]
    [InlineData("嵌入式软件工程师", "2-02-10-06")]
    [InlineData("奶牛场挤奶工", "5-03-02-01")]
    [InlineData("整车测试工程师", "2-02-07-11")]
    [InlineData("嵌入式软件测试工程师", "4-04-05-02")]
    [InlineData("叉车工", "6-30-05-01")]
    [InlineData("光伏电站运维员", "6-28-01-10")]
    [InlineData("汽车4S店销售顾问", "4-01-02-01")]
    [InlineData("乡镇小学语文老师", "2-08-02-04")]
    public void CodeTitle_KnowsTheMarketsWords(string title, string code) => Assert.Equal(code, Tables.CodeTitle(title).Code);

    // What is known in part only is left to a person.
    [Theory]
    [InlineData("普工")]
    [InlineData("管培生")]
    [InlineData("产品工程师")]
    [InlineData("化工操作工")]
    [InlineData("技术支持")]
    public void CodeTitle_Abstains_WhenNothingNamesTheJob(string title) => Assert.Null(Tables.CodeTitle(title).Code);

    // A stray piece of a name that was cut in two would catch every title that ends like it.
    [Fact]
    public void AlternativeTitles_AreWholeNames() =>
        Assert.All(Tables.Occupations.All.SelectMany(code => code.Titles), title => Assert.False(title.Length < 2 || title is "化工" or "冷气" or "电气工" || title.Contains(';'), title));

    [Theory]
    [InlineData("深圳·宝安区", "440306")]
    [InlineData("广东省深圳市", "440300")]
    [InlineData("无锡", "320200")]
    [InlineData("上海-浦东新区", "310115")]
    [InlineData("凉山", "513400")]
    [InlineData("新疆·巴音郭楞", "652800")]
    [InlineData("恩施州恩施市", "422801")]
    [InlineData("锡林郭勒盟锡林浩特", "152502")]
    public void Places_AreFoundInTheWholeCountry(string text, string code) => Assert.Equal(code, Tables.Places.Find(text));

    private static int[] Levels(CodeTable table) => [.. table.All.GroupBy(code => code.Level).OrderBy(group => group.Key).Select(group => group.Count())];
}
