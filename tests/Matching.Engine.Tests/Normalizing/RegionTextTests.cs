using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class RegionTextTests
{
    private static readonly RegionText Regions = new(
    [
        new("110000", 1, "北京市", null), new("110100", 2, "市辖区", "110000"), new("110105", 3, "朝阳区", "110100"),
        new("210000", 1, "辽宁省", null), new("211300", 2, "朝阳市", "210000"),
        new("440000", 1, "广东省", null), new("440300", 2, "深圳市", "440000"), new("440306", 3, "宝安区", "440300"),
        new("441900", 2, "东莞市", "440000"), new("530000", 1, "云南省", null), new("530100", 2, "昆明市", "530000"),
        new("150000", 1, "内蒙古自治区", null), new("152200", 2, "兴安盟", "150000"), new("440400", 2, "珠海市", "440000"), new("440402", 3, "香洲区", "440400"),
    ]);

    [Theory]
    [InlineData("深圳·宝安区", "440306")]
    [InlineData("广东省深圳市宝安区", "440306")]
    [InlineData("深圳-宝安", "440306")]
    [InlineData("昆明", "530100")]
    [InlineData("内蒙古", "150000")]
    [InlineData("兴安盟", "152200")]
    [InlineData("440306", "440306")]
    [InlineData("北京朝阳区", "110105")]
    [InlineData("北京市 朝阳", "110105")]
    [InlineData("朝阳", "211300")]
    [InlineData("深圳市 某某街道", "440300")]
    public void Find_NarrowsPartByPart(string text, string code) => Assert.Equal(code, Regions.Find(text));

    [Theory]
    [InlineData("")]
    [InlineData("火星")]
    [InlineData("异地招聘")]
    [InlineData("999999")]
    public void Find_DoesNotGuess(string text) => Assert.Null(Regions.Find(text));
}
