using System.Globalization;
using System.Text;

namespace Matching.Benchmarks.Ingest;

/// <summary>
/// Rows of performance.md's ten columns — number, title, employer, place, education, pay twice, headcount, time, 5 to 30 numbers of skills — some 216 bytes of CSV and
/// 314 of NDJSON each. Every row has a stream of numbers of its own, by integer arithmetic alone, so every run has the same.
/// </summary>
internal static class BareRows
{
    private static readonly string[] Titles =
        ("数控车床操作工 机械设计工程师 电气自动化工程师 模具设计与制造 新能源汽车维修技师 仓储物流主管 软件测试工程师 前端开发工程师 网络安全工程师 成本会计 行政专员 销售代表 急诊护士 幼儿园教师 西餐厨师 "
         + "跨境电商运营 工业机器人调试员 质量检验员 建筑施工员 化工工艺操作工").Split(' ');

    private static readonly string[] Grades = ["", "（初级）", "（中级）", "（高级）", "（储备）"];

    private static readonly string[] Cities = "深圳市 广州市 东莞市 佛山市 苏州市 无锡市 宁波市 青岛市 合肥市 武汉市 长沙市 成都市 重庆市 西安市 沈阳市 厦门市".Split(' ');

    private static readonly string[] Names = "华兴 恒泰 联创 瑞丰 中科 鼎盛 博远 宏达 锐捷 启明 天成 金辉 安泰 海纳 新源 德信".Split(' ');

    private static readonly string[] Trades = "精密制造 电子科技 汽车零部件 智能装备 软件技术 生物医药 物流供应链 新材料".Split(' ');

    private static readonly string[] Regions =
        "440306 440309 440304 440111 441900 440604 320505 320211 330203 370202 340104 420106 430104 510104 500112 610113 210102 350203 110105 310115".Split(' ');

    private static readonly string[] Educations = ["21", "31", "41", "61"];

    private static readonly DateTime First = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static string Row(int i)
    {
        var random = new Stream((ulong)i);
        var least = 3_500 + (100 * random.Below(60));
        var most = least + (100 * random.Below(80));
        var row = new StringBuilder(400).Append(CultureInfo.InvariantCulture,
            $$"""{"id":{{i}},"title":"{{Of(Titles)}}{{Of(Grades)}}","employer":"{{Of(Cities)}}{{Of(Names)}}{{Of(Trades)}}有限公司","region":"{{Of(Regions)}}","edu":"{{Of(Educations)}}",""")
            .Append(CultureInfo.InvariantCulture, $"\"salaryMin\":{least},\"salaryMax\":{most},\"headcount\":{1 + random.Below(20)},")
            .Append(CultureInfo.InvariantCulture, $"\"published\":\"{First.AddSeconds(random.Below(50_000_000)):yyyy-MM-dd'T'HH:mm:ss}\",\"skills\":[");
        var skills = 5 + random.Below(26);
        for (var k = 0; k < skills; k++)
        {
            row.Append(k == 0 ? "" : ",").Append(random.Below(16_384));
        }

        return row.Append("]}").ToString();

        string Of(string[] words) => words[random.Below(words.Length)];
    }

    /// <summary>SplitMix64.</summary>
    private sealed class Stream(ulong row)
    {
        private ulong _state = Mix(1_000_003 + row);

        public int Below(int most) => (int)(((Next() >> 32) * (ulong)most) >> 32);

        private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

        private static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
