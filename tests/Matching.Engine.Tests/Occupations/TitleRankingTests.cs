using Matching.Engine.Occupations;

namespace Matching.Engine.Tests.Occupations;

public class TitleRankingTests
{
    private static readonly string[] Titles = ["software engineer", "senior software developer", "nurse", "night nurse", "数控车工", "车工", "电焊工", "enfermera", "ingeniero de software"];

    [Theory]
    [InlineData("nurse", "nurse")]
    [InlineData("Software-Engineer", "software engineer")]
    [InlineData("高级车工", "车工")]
    [InlineData("enfermera nocturna", "enfermera")]
    [InlineData("焊工", "电焊工")]
    public void Rank_PutsTheLikestTitleFirst_InAnyLanguage(string title, string first) => Assert.Equal(first, Titles[new TitleRanking(Titles).Rank(title)[0].Title]);

    [Theory]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("律师")]
    public void Rank_IsEmpty_WhenNothingIsShared(string title) => Assert.Empty(new TitleRanking(Titles).Rank(title));

    [Fact]
    public void Rank_FallsByScore_ThenByPlace()
    {
        var ranked = new TitleRanking(["nurse", "nurse", "nurse aide"]).Rank("nurse");

        Assert.Equal(ranked.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Title), ranked);
        Assert.Equal([0, 1, 2], ranked.Select(hit => hit.Title));
    }
}
