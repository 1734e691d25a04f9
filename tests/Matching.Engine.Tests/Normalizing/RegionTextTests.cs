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
        new("320000", 1, "江苏省", null), new("320100", 2, "南京市", "320000"), new("320106", 3, "鼓楼区", "320100"),
        new("350000", 1, "福建省", null), new("350100", 2, "福州市", "350000"), new("350102", 3, "鼓楼区", "350100"),
        new("330000", 1, "浙江省", null), new("330100", 2, "杭州市", "330000"), new("330104", 3, "江干区", "330100", Ended: true),
        new("330103", 3, "下城区", "330100", Ended: true, Successor: "330105"), new("330105", 3, "拱墅区", "330100"),
        new("310000", 1, "上海市", null), new("310100", 2, "市辖区", "310000"), new("310106", 3, "静安区", "310100"),
        new("440305", 3, "南山区", "440300"), new("420600", 2, "襄阳市", "420000"),
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
    [InlineData("广东省 深圳市", "440300")]
    [InlineData("广东,深圳,南山", "440305")]
    [InlineData("深圳-南山", "440305")]
    [InlineData("鼓楼区", null)]
    [InlineData("南京 鼓楼区", "320106")]
    [InlineData("福州·鼓楼", "350102")]
    [InlineData("杭州江干区", "330100")]
    [InlineData("330104", "330100")]
    [InlineData("杭州 下城区", "330105")]
    [InlineData("襄樊", "420600")]
    [InlineData("上海 闸北区", "310106")]
    [InlineData("南京西路", null)]
    [InlineData("上海 静安区 南京西路", "310106")]
    [InlineData("深圳,珠海", "440000")]
    [InlineData("南山、宝安", "440300")]
    [InlineData("北京,上海", null)]
    [InlineData("全国", null)]
    [InlineData("市", null)]
    public void Find_NarrowsPartByPart(string text, string? code) => Assert.Equal(code, Regions.Find(text));

    [Theory]
    [InlineData("")]
    [InlineData("火星")]
    [InlineData("异地招聘")]
    [InlineData("999999")]
    public void Find_DoesNotGuess(string text) => Assert.Null(Regions.Find(text));

    [Theory]
    [InlineData("北京,上海", "110000+310000", "")]
    [InlineData("江苏|上海|浙江", "320000+310000+330000", "")]
    [InlineData("深圳·南山,宝安区", "440305+440306", "")]
    [InlineData("深圳 科技园", "440300", "科技园")]
    [InlineData("上海 静安区 南京西路", "310106", "南京西路")]
    [InlineData("深圳,异地招聘", "440300", "异地招聘")]
    [InlineData("不限", "everywhere", "")]
    [InlineData("异地招聘", "", "异地招聘")]
    public void Read_GivesEveryPlace_AndWhatWasNotUnderstood(string text, string codes, string rest)
    {
        var places = Regions.Read(text);

        Assert.Equal((codes, rest), (places.Everywhere ? "everywhere" : string.Join('+', places.Codes), places.Rest));
    }
}
