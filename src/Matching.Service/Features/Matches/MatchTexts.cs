using System.Globalization;
using Matching.Engine.Scoring;

namespace Matching.Service.Features.Matches;

/// <summary>Codes and Chinese words of what the engine says in numbers.</summary>
internal static class MatchTexts
{
    /// <summary>Stands between a requirement and the certificate it asks for.</summary>
    public const string Which = "：";

    public static decimal Points(int hundredths) => hundredths / 100m;

    public static (string Code, string Name) Of(Component component) => component switch
    {
        Component.Must => ("MUST", "必备技能"),
        Component.Occupation => ("OCCUPATION", "职业与专业"),
        Component.Nice => ("NICE", "加分技能"),
        Component.Certificates => ("CERTIFICATES", "证书"),
        Component.Region => ("REGION", "工作地区"),
        Component.Wage => ("WAGE", "薪酬期望"),
        Component.Education => ("EDUCATION", "学历"),
        Component.OrderClass => ("ORDER_CLASS", "订单班"),
        _ => throw new ArgumentOutOfRangeException(nameof(component), component, "no such component"),
    };

    public static (string Code, string Name) Of(Requirement requirement) => requirement switch
    {
        Requirement.Seats => ("SEATS", "在招且有空缺"),
        Requirement.Education => ("EDUCATION", "学历要求"),
        Requirement.Certificate => ("CERTIFICATE", "必须持有的证书"),
        Requirement.Availability => ("AVAILABILITY", "到岗时间"),
        Requirement.Region => ("REGION", "工作地区"),
        _ => throw new ArgumentOutOfRangeException(nameof(requirement), requirement, "no such requirement"),
    };

    public static string Of(Verdict verdict) => verdict switch { Verdict.Pass => "PASS", Verdict.Unknown => "UNKNOWN", _ => "FAIL" };

    public static string StateOf(ScorePart part) => part.Attainable == 0 ? "NOT_ASKED" : Of(part.State);

    public static string Of(ItemState state) => state switch { ItemState.Matched => "MATCHED", ItemState.Missing => "MISSING", _ => "UNKNOWN" };

    /// <summary>What to do for a gain, in words.</summary>
    /// <param name="raise">What would help.</param>
    /// <param name="item">Name of its skill or certificate; empty where it has none.</param>
    public static string Raise(Raise raise, string item)
    {
        var (before, after) = RaiseAround(raise.Component, raise.Known);
        return string.Create(CultureInfo.InvariantCulture, $"{before}{item}{after}{Points(raise.Gain):0.00}{RaiseEnd}");
    }

    /// <summary>The same words without what differs: before the name of the skill or certificate, and between it and the gain.</summary>
    public static (string Before, string After) RaiseAround(Component component, bool known)
    {
        var (before, after) = component switch
        {
            Component.Must or Component.Nice => ($"{(known ? "学会或提高" : "说明或学会")}技能“", "”，并以证书证明"),
            Component.Certificates => ($"{(known ? "取得" : "说明或取得")}证书“", "”"),
            Component.Occupation => (known ? "求职意向或所学专业与岗位一致" : "填写求职意向职业", ""),
            Component.Region => (known ? "意向地区包含工作地" : "填写意向地区", ""),
            Component.Wage => (known ? "期望薪酬不高于岗位上限" : "填写期望薪酬", ""),
            Component.Education => (known ? "达到学历要求" : "填写学历", ""),
            _ => (Of(component).Name, ""),
        };
        return (before, after + "，最多可加 ");
    }

    /// <summary>What follows the gain.</summary>
    public const string RaiseEnd = " 分";
}
