using Matching.Engine.Duplicates;

namespace Matching.Engine.Tests.Duplicates;

public class DuplicateFinderTests
{
    private const string Lathe =
        "负责轴类和盘类零件的数控车削加工，能看懂机械图纸和工艺卡片，会编写加工程序并完成首件检验，按工艺要求选择刀具与切削参数，做好设备日常点检和保养，保持工位整洁，" +
        "服从班组安排，两班倒，每月休息六天，提供工作餐和住宿，签订劳动合同，缴纳社会保险，有三年以上车床操作经历者优先录用，表现优异者可参加技师培训。";

    private static readonly DateOnly Day = new(2026, 3, 1);

    // What was posted second, beside a first posting 数控车床操作工 of the company: the same demand or another.
    [Theory]
    [InlineData("数控车床操作工", true)]
    [InlineData("数控车床操作工（包吃住）", true)]
    [InlineData("急聘数控车床操作工 6000-8000元", true)]
    [InlineData("数控车床操作员", true)]
    [InlineData("数控车床工", true)]
    [InlineData("数控车床操作工3名", true)]
    [InlineData("高级数控车床操作工", false)]
    [InlineData("数控车床操作工2", false)]
    [InlineData("数控车床操作工（夜班）", true)]
    [InlineData("数控车床班长", false)]
    [InlineData("数控车床操作实习", false)]
    [InlineData("仓库管理员", false)]
    [InlineData("数控铣床操作工程师", false)]
    public void Title_TellsJobsApart_ThoughTheTextIsTheSame(string title, bool same) =>
        Assert.Equal(same, DuplicateFinder.Find([Post(1)], [Post(2) with { Title = title }], None).Count == 1);

    [Theory]
    [InlineData("Java开发工程师", "Java开发工程师(J10573)", true)]
    [InlineData("Java开发工程师(J10018)", "Java开发工程师(J10573)", false)]
    [InlineData("软件工程师", "软件测试工程师", false)]
    [InlineData("Java开发工程师", "C++开发工程师", false)]
    [InlineData("销售代表（华东区）", "销售代表（华南区）", false)]
    [InlineData("销售代表（华东区）", "销售代表", true)]
    [InlineData("2号线装配工", "3号线装配工", false)]
    [InlineData("外贸业务员", "业务员", false)]
    [InlineData("会计", "出纳", false)]
    [InlineData("电气工程师", "机械工程师", false)]
    public void Titles_AreComparedByWhatTellsJobsApart(string first, string second, bool same) =>
        Assert.Equal(same, DuplicateFinder.Find([Post(1) with { Title = first }], [Post(2) with { Title = second }], None).Count == 1);

    [Theory]
    [InlineData("440306", "440306", true)]
    [InlineData("440306", "440300", true)]
    [InlineData("440000", "440306", true)]
    [InlineData("440306", "440305", false)]
    [InlineData("440306", "320205", false)]
    [InlineData("500000", "510104", false)]
    public void Place_IsOneOrWithinTheOther(string first, string second, bool same) =>
        Assert.Equal(same, DuplicateFinder.Find([Post(1) with { Region = first }], [Post(2) with { Region = second }], None).Count == 1);

    [Fact]
    public void Kind_AndOccupation_TellApart_UnlessOneIsNotCoded()
    {
        Assert.Empty(DuplicateFinder.Find([Post(1)], [Post(2) with { Kind = "INTERNSHIP" }], None));
        Assert.Empty(DuplicateFinder.Find([Post(1) with { Occupation = "6-18-01-01" }], [Post(2) with { Occupation = "6-20-01-01" }], None));
        Assert.Single(DuplicateFinder.Find([Post(1) with { Occupation = "6-18-01-01" }], [Post(2) with { Occupation = "6-18-01-07" }], None));
        Assert.Single(DuplicateFinder.Find([Post(1) with { Occupation = "6-18-01-01" }], [Post(2)], None));
    }

    [Theory]
    [InlineData(0, LinkReason.Copy)]
    [InlineData(40, LinkReason.Repost)]
    public void Reason_IsTheLaterDay(int days, LinkReason reason)
    {
        var link = Assert.Single(DuplicateFinder.Find([Post(1)], [Post(2) with { OpenedOn = Day.AddDays(days) }], None));
        Assert.Equal(new DuplicateLink(2, 1, reason, 100), link);
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void Repost_IsTheSameSeats_OnlySoLongAfterTheFirstWasWanted(int days, bool same) =>
        Assert.Equal(same, DuplicateFinder.Find([Post(1) with { WantedUntil = Day.AddDays(90) }], [Post(2) with { OpenedOn = Day.AddDays(days) }], None).Count == 1);

    [Fact]
    public void Threshold_IsEightyPercentOfTheUnion()
    {
        Assert.True(DuplicateRules.AreAlike(90, 90, 80));
        Assert.False(DuplicateRules.AreAlike(90, 90, 79));
        Assert.Single(DuplicateFinder.Find([Post(1)], [Post(2) with { Text = Lathe + "欢迎来电咨询。" }], None));
        Assert.Empty(DuplicateFinder.Find([Post(1)], [Post(2) with { Text = Lathe[..90] + "另需会操作三坐标测量仪并能独立完成检具设计，英语读写流利，能接受长期出差，熟悉质量体系审核流程与客户投诉处理。" }], None));
    }

    [Fact]
    public void ShortText_NeedsEverythingToBeEqual()
    {
        var bare = Post(1) with { Text = "" };
        Assert.Single(DuplicateFinder.Find([bare], [bare with { Id = 2 }], None));
        Assert.Empty(DuplicateFinder.Find([bare], [bare with { Id = 2, Headcount = 6 }], None));
        Assert.Empty(DuplicateFinder.Find([bare], [bare with { Id = 2, Terms = "31|-|5500|7000" }], None));
        Assert.Empty(DuplicateFinder.Find([bare], [bare with { Id = 2, Text = "夜班，白班勿扰" }], None));
        Assert.Empty(DuplicateFinder.Find([bare], [Post(2)], None));
    }

    [Fact]
    public void Department_NeedsTitlePlaceAndHeadcount_WhereItsTextIsShort()
    {
        var short1 = Post(2) with { ByOthers = true, Text = "企业急需", Terms = "-|-|-|-" };
        Assert.Equal(new DuplicateLink(2, 1, LinkReason.Department, null), Assert.Single(DuplicateFinder.Find([Post(1)], [short1], None)));
        Assert.Empty(DuplicateFinder.Find([Post(1)], [short1 with { Headcount = 50 }], None));
        Assert.Empty(DuplicateFinder.Find([Post(1)], [short1 with { Region = "110105" }], None));
    }

    [Fact]
    public void Apart_IsWhatPeopleSaid() => Assert.Empty(DuplicateFinder.Find([Post(1)], [Post(2)], (id, leader) => (id, leader) == (2, 1)));

    [Fact]
    public void ManyOfOneText_AreOneGroup() =>
        Assert.All(DuplicateFinder.Find([], Enumerable.Range(1, 2_000).Select(id => Post(id)), None), link => Assert.Equal(1, link.Leader));

    // The same rules without any index: every posting against every leader before it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_EqualsExhaustiveComparison_OnRandomPostings(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var postings = Enumerable.Range(1, 40).Select(id => Random(random, id)).ToArray();
            var apart = Enumerable.Range(0, 30).Select(_ => ((long)random.Next(1, 41), (long)random.Next(1, 41))).ToHashSet();
            bool Apart(long id, long leader) => apart.Contains((id, leader));

            Assert.Equal(Exhaustive(postings, Apart), DuplicateFinder.Find([], postings, Apart).Select(link => (link.Id, link.Leader)));
        }
    }

    private static List<(long, long)> Exhaustive(Posting[] postings, Func<long, long, bool> apart)
    {
        var (leaders, links) = (new List<Leader>(), new List<(long, long)>());
        foreach (var posting in postings.OrderBy(posting => posting.OpenedOn).ThenBy(posting => posting.Id).Select(posting => new Leader(posting)))
        {
            var best = leaders.Where(leader => !apart(posting.Posting.Id, leader.Posting.Id) && posting.MayRepeat(leader))
                .Select(leader => (Leader: leader, Shared: posting.Repeats(leader)))
                .Where(pair => pair.Shared is not null)
                .OrderByDescending(pair => (decimal)pair.Shared!.Value / Math.Max(1, posting.Runs.Length + pair.Leader.Runs.Length - pair.Shared.Value))
                .Select(pair => pair.Leader).FirstOrDefault();
            if (best is null)
            {
                leaders.Add(posting);
            }
            else
            {
                best.Stretch(posting.Posting);
                links.Add((posting.Posting.Id, best.Posting.Id));
            }
        }

        return links;
    }

    // Few words, so that texts are alike to every degree.
    private static Posting Random(Random random, int id)
    {
        string[] titles = ["车工", "车工（夜班）", "高级车工", "数控车工", "焊工"];
        var text = random.Next(4) == 0 ? "面议" : string.Concat(Enumerable.Range(0, 30).Select(i => random.Next(12) == 0 ? $"第{random.Next(6)}项改动" : $"条款{(char)('一' + i)}内容"));
        var opened = Day.AddDays(random.Next(200));
        return new(
            id, random.Next(10) == 0 ? "INTERNSHIP" : "EMPLOYMENT", random.Next(4) == 0, random.Next(3) == 0 ? "440300" : "440306", random.Next(3) == 0 ? null : "6-18-01-01",
            titles[random.Next(titles.Length)], text, random.Next(5) == 0 ? "31" : "41", 1 + random.Next(2), opened, random.Next(2) == 0 ? DateOnly.MaxValue : opened.AddDays(random.Next(100)));
    }

    private static Posting Post(long id) => new(id, "EMPLOYMENT", false, "440306", null, "数控车床操作工", Lathe, "41|-|5000|7000", 5, Day, DateOnly.MaxValue);

    private static bool None(long id, long leader) => false;
}
