using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

public class CodesTests
{
    [Theory]
    [InlineData("6-18-01-07", "6-18-01-01", true, true)]
    [InlineData("6-18-01-07", "6-18-02-07", false, true)]
    [InlineData("6-18-01-07", "6-19-01-07", false, false)]
    [InlineData("6-18-01", "6-18-01-07", true, true)]
    [InlineData("6-18", "6-18-01-07", false, true)]
    public void Parse_KeepsTheGroups(string one, string other, bool sameMinor, bool sameMiddle)
    {
        var (a, b) = (OccupationId.Parse(one), OccupationId.Parse(other));

        Assert.Equal((false, sameMinor, sameMiddle), (a.Full == b.Full, a.Minor == b.Minor, a.Middle == b.Middle));
    }

    // 其他 groups end in 99, next door to the following group.
    [Theory]
    [InlineData("2-02-99", "2-03")]
    [InlineData("6-99", "7")]
    [InlineData("2-02-99-99", "2-03")]
    [InlineData("2-02-10-99", "2-02-11")]
    public void Parse_TellsOtherGroupsFromTheNextGroup(string one, string other) => Assert.NotEqual(OccupationId.Parse(one).Full, OccupationId.Parse(other).Full);

    [Theory]
    [InlineData("")]
    [InlineData("2-")]
    [InlineData("2-002")]
    [InlineData("2-02-10-07-01")]
    [InlineData("2-0x")]
    public void Parse_RefusesOtherForms(string code) => Assert.Throws<FormatException>(() => OccupationId.Parse(code));

    [Theory]
    [InlineData(440306, 440305, true)]
    [InlineData(440306, 440106, false)]
    [InlineData(110105, 110000, true)] // a 直辖市 is one city
    [InlineData(500101, 500231, true)] // its counties are filed apart
    [InlineData(440306, 440000, false)]
    public void Prefecture_IsTheCity(int one, int other, bool same) => Assert.Equal(same, new RegionId(one).Prefecture == new RegionId(other).Prefecture);
}
