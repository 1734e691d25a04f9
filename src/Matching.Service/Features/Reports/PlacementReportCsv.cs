using System.Globalization;
using System.Text;

namespace Matching.Service.Features.Reports;

/// <summary>The report as a spreadsheet reads it: UTF-8 with its mark, one row a rate. Texts that a spreadsheet would take for a formula are defused.</summary>
internal static class PlacementReportCsv
{
    public static byte[] Write(PlacementReport report)
    {
        var csv = new StringBuilder("学校,届别,范围,指标,百分比,分子,分母,说明\r\n");
        foreach (var group in (ReportedGroup[])[report.All, .. report.Programs])
        {
            foreach (var rate in (ReportedRate[])[.. group.Rates, group.UnknownDestination])
            {
                csv.AppendJoin(',', Text(report.School), Number(report.Cohort), Text(group.Name), Text(rate.Name), Number(rate.Percent), Number(rate.Numerator), Number(rate.Denominator),
                    rate.Suppressed ? "人数过少，不予公布" : rate.Percent is null ? "分母为零" : "").Append("\r\n");
            }

            foreach (var (name, wage) in (ReadOnlySpan<(string, int?)>)[("薪酬P25（元/月）", group.Wages.P25), ("薪酬P50（元/月）", group.Wages.P50), ("薪酬P75（元/月）", group.Wages.P75)])
            {
                csv.AppendJoin(',', Text(report.School), Number(report.Cohort), Text(group.Name), name, Number(wage), "", Number(group.Wages.Known), wage is null ? "人数过少，不予公布" : "").Append("\r\n");
            }
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv.ToString())];
    }

    private static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
