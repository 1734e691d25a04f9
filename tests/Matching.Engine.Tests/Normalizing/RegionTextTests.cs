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
        new("420000", 1, "湖北省", null), new("422800", 2, "恩施土家族苗族自治州", "420000"), new("422801", 3, "恩施市", "422800"),
        new("460000", 1, "海南省", null), new("630000", 1, "青海省", null), new("632500", 2, "海南藏族自治州", "630000"), new("622926", 3, "东乡族自治县", null),
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
    [InlineData("恩施", "422800")]
    [InlineData("恩施州", "422800")]
    [InlineData("恩施·恩施市", "422801")]
    [InlineData("海南", "460000")]
    [InlineData("青海·海南", "632500")]
    [InlineData("东乡族自治县", "622926")]
    public void Find_NarrowsPartByPart(string text, string code) => Assert.Equal(code, Regions.Find(text));

    [Theory]
    [InlineData("")]
    [InlineData("火星")]
    [InlineData("异地招聘")]
    [InlineData("999999")]
    public void Find_DoesNotGuess(string text) => Assert.Null(Regions.Find(text));
}
