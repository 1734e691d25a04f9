using Matching.Engine.Indicators;

namespace Matching.Service.Features.Bulletins;

/// <summary>The four kinds of information the plans call for: 产业规划, 需求, 专业, 毕业生; and the demand that is reported beside, or not counted in full.</summary>
internal static class ResourceTable
{
    private static readonly string[] Columns = ["信息", "数量"];

    private static readonly (string Kind, string Name)[] Beside = [("INTERNSHIP", "实习岗位（人）"), ("APPRENTICE", "学徒岗位（人）"), ("TEACHER_PRACTICE", "教师企业实践（人）")];

    public static (string[], IReadOnlyList<IReadOnlyList<Cell>>, string) Make(BulletinInput input)
    {
        var facts = input.Facts;
        var left = facts.LeftOut;
        (string Name, long Count)[] counts =
        [
            ("产业集群（个）", facts.Clusters.Count), ("成员企业（家）", facts.Companies), ("需求（条，本期有效）", facts.Demands.LongCount(fact => DemandCount.Of(fact, input.Period).Total > 0)),
            ("学校（所）", facts.Schools), ("专业点（个）", facts.Programs.Count), .. Beside.Select(kind => (kind.Name, (long)facts.OtherKinds.GetValueOrDefault(kind.Kind))),
            ("劳务中介岗位（人）", left.Agency), ("重复发布（条）", left.Copies), ("需求人数存疑（条）", left.Capped), ("存疑核减（人）", left.Cut),
        ];
        return (Columns, [.. counts.Select(count => (IReadOnlyList<Cell>)[Cells.Label(count.Name), Cells.Count(count.Count)])],
            $"实习、学徒、教师实践与劳务中介岗位另列，不计入需求人数；重复发布只计一次；人数超出企业规模的需求 {Cells.Count(left.Capped).Text} 条按上限计，核减 {Cells.Count(left.Cut).Text} 人。");
    }
}
