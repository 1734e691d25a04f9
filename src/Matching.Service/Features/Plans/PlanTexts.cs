using Matching.Engine.Allocation;

namespace Matching.Service.Features.Plans;

/// <summary>Codes of what the engine says, and their Chinese words.</summary>
internal static class PlanTexts
{
    public const string Stable = "STABLE";
    public const string Maximum = "MAXIMUM_POINTS";
    public const string TopK = "TOP_K";

    public static string Objective(string objective, int k) => objective switch { Stable => "稳定分配", Maximum => "总分最大", _ => $"各自推荐前 {k} 名（不计名额）" };

    public static string Of(GraduateReason reason) => reason switch
    {
        GraduateReason.NotQualified => "NOT_QUALIFIED",
        GraduateReason.AwaitsAnswers => "AWAITS_ANSWERS",
        GraduateReason.LostToPoints => "LOST_TO_POINTS",
        _ => "LOST_TO_PRIORITY",
    };

    public static string Of(DemandReason reason) => reason switch
    {
        DemandReason.NobodyQualified => "NOBODY_QUALIFIED",
        DemandReason.AwaitsAnswers => "AWAITS_ANSWERS",
        _ => "WISHES",
    };

    public static string OfGraduate(string reason) => reason switch
    {
        "NOT_QUALIFIED" => "方案范围内没有符合条件的岗位",
        "AWAITS_ANSWERS" => "仅有硬性条件待确认的岗位，本方案不予分配",
        "LOST_TO_POINTS" => "名额由得分更高者取得（同分者编号在前）",
        _ => "名额由优先者取得（订单班、优先规则、条件已确认或总分更大），其得分低于本人",
    };

    public static string OfDemand(string reason) => reason switch
    {
        "NOBODY_QUALIFIED" => "没有（更多）符合条件的毕业生",
        "AWAITS_ANSWERS" => "其余毕业生的硬性条件待确认，本方案不予分配",
        _ => "其余符合条件的毕业生得到了自己排在更前或相当的岗位",
    };
}
