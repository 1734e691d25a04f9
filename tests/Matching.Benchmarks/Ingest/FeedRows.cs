using System.Globalization;
using System.Text;

namespace Matching.Benchmarks.Ingest;

/// <summary>Rows of a made-up feed. By integer arithmetic alone, so that every run has the same.</summary>
internal static class FeedRows
{
    public const int Companies = 60;

    private static readonly string[] Titles =
        ("数控车工 数控铣工 机械设计工程师 电气工程师 PLC程序员 模具钳工 焊工 质检员 仓库管理员 叉车司机 软件测试工程师 前端开发工程师 Java开发工程师 网络管理员 会计 出纳 行政专员 人事专员 销售代表 "
         + "客服专员 护士 幼儿园教师 西餐厨师 酒店前台 物流专员 采购员 跟单员 电商运营 直播助理 新能源汽车维修工").Split(' ');

    private static readonly string[] Grades = ["", "（初级）", "（中级）", "（高级）", "（储备）", "（夜班）"];

    private static readonly string[] Regions = ["440306", "440309", "440304", "440111", "441900", "110105", "320505", "广东省深圳市宝安区", "江苏省苏州市"];

    private static readonly string[] Educations = ["大专", "本科", "中专", "不限"];

    private static readonly string[] Skills = ["数控车床操作", "机械制图", "PLC编程", "电工基础", "会计电算化", "办公软件", "焊接工艺", "质量检验", "Java", "Python"];

    private static readonly string[] Duties =
        ("负责设备的日常点检和保养 按图纸完成零件加工并自检 能看懂机械图纸和工艺文件 熟悉常用量具的使用 服从现场安全管理 独立完成项目的调试 与客户沟通并记录需求 统计产量并填写报表 参与工艺改进 培训新员工 "
         + "处理生产中的异常情况 编写技术文档 整理仓库并盘点 了解PLC编程者优先 会使用办公软件").Split(' ');

    /// <summary>A demand as a platform would send it.</summary>
    /// <param name="i">Its number.</param>
    /// <param name="duties">Sentences of its description; about 30 bytes each.</param>
    public static string Demand(int i, int duties) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"externalRef":"F-{{i}}","organization":"{{Company(i)}}","title":"{{Title(i)}}","region":"{{Regions[i % 9]}}","education":"{{Educations[i % 4]}}","wageMin":{{4000 + (i % 37 * 100)}},"wageMax":{{8000 + (i % 53 * 100)}},"headcount":{{1 + (i % 20)}},"openedOn":"{{Day(i)}}","mustSkills":["{{Skills[i % 10]}}","{{Skills[(i * 7 + 3) % 10]}}"],"description":"{{Text(i, duties)}}"}""");

    public static string Company(int i) => string.Create(CultureInfo.InvariantCulture, $"示例第{1 + (i * 31 % Companies)}精密制造有限公司");

    /// <summary>Writes rows as NDJSON and returns how many bytes they are.</summary>
    public static long Write(string path, int from, int count, Func<int, string> row)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        for (var i = from; i < from + count; i++)
        {
            file.WriteLine(row(i));
        }

        file.Flush();
        return file.BaseStream.Length;
    }

    private static string Title(int i) => Titles[i * 13 % Titles.Length] + Grades[i / 7 % Grades.Length];

    private static string Day(int i) => new DateOnly(2025, 1, 1).AddDays(i % 600).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int i, int duties)
    {
        var text = new StringBuilder();
        for (var k = 0; k < duties; k++)
        {
            text.Append(Duties[(i * (k + 3) + k * k + i / 15) % Duties.Length]).Append(k % 3 == 2 ? "。" : "，");
        }

        return text.Append("编号").Append(i).ToString();
    }
}
