using System.Text.RegularExpressions;

namespace Matching.Engine.Normalizing;

/// <summary>Names of companies as files give them.</summary>
public static partial class CompanyText
{
    // What boards print where a company does not want to be named.
    private static readonly HashSet<string> Trade =
    [
        "互联网", "互联网+", "移动互联网", "互联网金融", "工业互联网", "电子商务", "综合性电商", "新零售", "计算机软件", "计算机硬件", "企业服务软件", "软件", "硬件", "网络游戏", "游戏", "游戏产业", "游戏开发",
        "社交网络", "大数据", "人工智能", "云计算", "物联网", "区块链", "数据服务", "信息安全", "企业服务", "o2o服务", "专业服务", "生活服务", "租赁服务", "外包服务", "咨询服务", "银行", "保险", "证券", "基金",
        "信托", "期货", "金融", "金融科技", "消费金融", "投资理财", "房产开发", "房地产", "商业地产", "建材", "建筑装饰", "环保", "新能源", "能源", "生物工程", "医疗健康", "医药", "制药", "教育", "在线教育", "培训",
        "人力资源", "广告营销", "文化传媒", "媒体", "影视", "旅游", "酒店", "餐饮", "汽车", "共享出行", "快递物流", "物流", "贸易", "批发零售", "通信", "制造业", "服务业", "新闻和出版业", "办公用品及设备", "行业解决方案", "全部行业",
    ];

    /// <summary>
    /// Whether the text hides the company rather than naming it: 某知名互联网公司, 国内著名企业, 世界500强, 保密, or trades (互联网/电子商务, 计算机软件).
    /// What only describes (领先的…服务商, 外资研究院, …之一) hides it unless a legal form says that it is a name after all.
    /// </summary>
    public static bool IsAnonymous(string name)
    {
        var key = TextKey.Of(name);
        return key.Length < 2 || !key.Any(char.IsLetter) || Hidden().IsMatch(key) || Described().IsMatch(key) || Trade.Contains(key) || Trades().IsMatch(PlainText.Of(name));
    }

    [GeneratedRegex("^(某|国内某|一家|匿名|保密|未知|暂无|不便透露)|某(大型|知名|著名|上市|外资|国企|央企|公司|企业|集团|机构|银行)|(知名|著名|500[强強]|大型|上市|独角兽|外资|猎头).{0,12}(公司|企业|集团|机构|平台|品牌|银行|客户|职位)$|^世界500[强強]$|^(上市公司|未融资|不需要融资|天使轮|[abcd]轮)$")]
    private static partial Regex Hidden();

    [GeneratedRegex("^(?!.*(有限|股份|合伙|事务所))(.*某|(国内|国际|中国|全国|世界|全球|行业内?|业内)?(领先|知名|著名|一线|顶级|顶尖|头部|优秀|龙头|百强|大型|top[0-9]{1,3})|(外企|外资|美资|日资|德资|韩资|港资|台资|合资|国企|央企|民企|上市)|.*([五5]百|500)[强強]|.*(龙头|领军|领先)(企业|公司|者|商)$|.*之一$)")]
    private static partial Regex Described();

    // 互联网/移动互联网/电子商务; a company's own slash stands beside a legal form.
    [GeneratedRegex("^(?!.*(公司|集团|厂|店|院|所|中心|银行)).*[/、].*$")]
    private static partial Regex Trades();
}
