using Matching.Engine.Normalizing;

namespace Matching.Engine.Tests.Normalizing;

public class CompanyTextTests
{
    [Theory]
    [InlineData("某知名互联网公司")]
    [InlineData("国内某上市企业")]
    [InlineData("上海知名地产集团公司")]
    [InlineData("世界500强")]
    [InlineData("保密")]
    [InlineData("互联网/移动互联网/电子商务")]
    [InlineData("计算机软件")]
    [InlineData("银行")]
    [InlineData("天使轮")]
    [InlineData("北方某钢铁公司")]
    [InlineData("国内领先的物流信息服务商")]
    [InlineData("外资研究院")]
    [InlineData("家电500强")]
    [InlineData("五百强企业子公司")]
    [InlineData("电池行业领军企业")]
    [InlineData("四大会计公司之一")]
    [InlineData("全国top10物流平台")]
    [InlineData("--")]
    [InlineData("")]
    public void IsAnonymous_WhenTheCompanyIsHidden(string name) => Assert.True(CompanyText.IsAnonymous(name));

    [Theory]
    [InlineData("示例精密机械有限公司")]
    [InlineData("示例（北京）科技发展有限公司常营分公司")]
    [InlineData("示例银行")]
    [InlineData("示例科技/示例软件有限公司")]
    [InlineData("示例蜂")]
    [InlineData("Sample")]
    [InlineData("58示例")]
    [InlineData("领先示例科技（北京）有限公司")]
    [InlineData("外企示例人力资源服务有限公司")]
    [InlineData("知名示例会计师事务所")]
    [InlineData("示例领先科技")]
    public void IsAnonymous_IsFalse_ForNames(string name) => Assert.False(CompanyText.IsAnonymous(name));
}
