using Matching.Engine.Occupations;

namespace Matching.Engine.Tests.Occupations;

public class MajorOccupationRankerTests
{
    private static readonly OccupationText[] Occupations =
    [
        new("2-02-10-03", "计算机软件工程技术人员", [], ["软件设计"], []), new("4-04-05-01", "计算机程序设计员", ["程序员"], ["程序调试"], []),
        new("4-04-05-02", "计算机软件测试员", [], ["测试用例"], []), new("6-18-01-01", "车工", ["数控车工"], ["零件加工"], []), new("6-18-02-04", "焊工", [], ["焊接操作"], []),
        new("5-05-02-01", "动物疫病防治员", [], [], []),
    ];

    private static readonly OccupationGroup[] Groups =
        [new("2-02-10", "信息工程技术人员"), new("4-04-05", "软件服务人员"), new("6-18-01", "机械加工人员"), new("6-18-02", "热加工人员"), new("5-05-02", "疫病防治人员"), new("5-05-99", "其他生产人员")];

    private static readonly MajorText[] Majors =
    [
        new("510203", "软件技术", ["程序设计", "软件测试技术"]), new("310203", "软件工程技术", ["程序设计", "软件设计"]), new("460103", "数控技术", ["数控加工", "机械制图"]),
        new("460110", "智能焊接技术", ["焊接工艺"]), new("410303", "畜牧兽医", ["疫病防治"]),
    ];

    private static readonly MajorLinks[] Links =
        [new(Majors[1], ["2-02-10-03", "4-04-05"]), new(Majors[2], ["6-18-01-01"]), new(Majors[3], ["6-18-02-04"]), new(Majors[4], ["5-05-02", "5-05-99"])];

    private static readonly MajorOccupationRanker Ranker = new(Occupations, Groups, Links, Majors);

    [Theory]
    [InlineData("710203", "软件与信息服务", "4-04-05,2-02-10")]
    [InlineData("660103", "数控技术应用", "6-18-01")]
    [InlineData("", "焊接技术应用", "6-18-02")]
    [InlineData("610301", "畜禽疫病防治", "5-05-02")]
    public void Rank_PutsTheMajorsFieldFirst(string code, string name, string groups) =>
        Assert.Contains(OccupationCodes.Group(Ranker.Rank(new MajorText(code, name, []), 50)[0].Code), groups.Split(','));

    [Fact]
    public void Rank_FindsAnOccupationByTheTermsOfItsField()
    {
        OccupationText[] known = [new("6-18-01-01", "车工", [], [], ["刀具", "铣床"]), new("6-18-02-04", "焊工", [], [], ["电弧"])];

        Assert.Equal("6-18-02-04", new MajorOccupationRanker(known, Groups, [], Majors).Rank(new MajorText("", "电弧应用", []), 50)[0].Code);
    }

    // Twelve like occupations of one group, and one of another that is a little less like.
    [Fact]
    public void Rank_ShowsOtherGroupsAmongTheFirstTen()
    {
        var known = Enumerable.Range(1, 12).Select(i => new OccupationText($"6-18-01-{i:00}", "车床装调工", [], [], []))
            .Append(new OccupationText("6-18-02-04", "车床装调检验工", [], [], [])).ToList();

        Assert.Contains("6-18-02-04", new MajorOccupationRanker(known, Groups, [], Majors).Rank(new MajorText("", "车床装调", []), 10).Select(item => item.Code));
    }

    [Fact]
    public void Rank_HoldsEachCodeOnce_AndAGroupOnlyWhereItHasNoOccupation()
    {
        foreach (var major in Majors)
        {
            var codes = Ranker.Rank(major, 50).Select(item => item.Code).ToList();

            Assert.Equal(codes.Distinct(), codes);
            Assert.All(codes.Where(code => !OccupationCodes.IsOccupation(code)), code => Assert.DoesNotContain(Occupations, occupation => OccupationCodes.Group(occupation.Code) == code));
        }

        Assert.Contains("5-05-99", Ranker.Rank(new MajorText("610301", "畜禽疫病防治", []), 50).Select(item => item.Code));
    }

    [Fact]
    public void Rank_DoesNotDependOnTheOrderOfTheTables()
    {
        var random = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            var (occupations, groups, links, majors) = ((OccupationText[])Occupations.Clone(), (OccupationGroup[])Groups.Clone(), (MajorLinks[])Links.Clone(), (MajorText[])Majors.Clone());
            random.Shuffle(occupations);
            random.Shuffle(groups);
            random.Shuffle(links);
            random.Shuffle(majors);
            var shuffled = new MajorOccupationRanker(occupations, groups, links, majors);

            Assert.All(Majors, major => Assert.Equal(Ranker.Rank(major, 50).Select(item => item.Code), shuffled.Rank(major, 50).Select(item => item.Code)));
        }
    }

    [Fact]
    public void Rank_GivesSomething_WhenTheMajorIsUnknownAltogether() => Assert.NotNull(Ranker.Rank(new MajorText("", "？", []), 50));

    // Without its own link a major is judged by its neighbours alone: nothing of the link may shine through.
    [Fact]
    public void Rank_DoesNotSeeALink_ThatMayNotBeUsed()
    {
        MajorLinks[] changed = [Links[0], Links[1] with { Occupations = ["5-05-02-01"] }, .. Links[2..]];
        var other = new MajorOccupationRanker(Occupations, Groups, changed, Majors);

        Assert.Equal(
            Ranker.Rank(Ranker.View(Majors[2]), MajorWeights.Fitted, i => i != 1, 50),
            other.Rank(other.View(Majors[2]), MajorWeights.Fitted, i => i != 1, 50));
    }
}
