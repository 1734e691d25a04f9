using Matching.Service.Exports;

namespace Matching.Service.Features.Reports;

/// <summary>The report as a spreadsheet reads it, one row a rate.</summary>
internal static class PlacementReportCsv
{
    private const string TooFew = "人数过少，不予公布";

    public static byte[] Write(PlacementReport report)
    {
        using var file = new MemoryStream();
        using (var csv = new CsvSheetWriter(file))
        {
            csv.WriteRow(["学校", "届别", "范围", "指标", "百分比", "分子", "分母", "说明"]);
            foreach (var group in (ReportedGroup[])[report.All, .. report.Programs])
            {
                foreach (var rate in (ReportedRate[])[.. group.Rates, group.UnknownDestination])
                {
                    csv.WriteRow([report.School, report.Cohort, group.Name, rate.Name, rate.Percent, rate.Numerator, rate.Denominator,
                        rate.Suppressed ? TooFew : rate.Percent is null ? "分母为零" : null]);
                }

                foreach (var (name, wage) in (ReadOnlySpan<(string, int?)>)[("薪酬P25（元/月）", group.Wages.P25), ("薪酬P50（元/月）", group.Wages.P50), ("薪酬P75（元/月）", group.Wages.P75)])
                {
                    csv.WriteRow([report.School, report.Cohort, group.Name, name, wage, null, group.Wages.Known, wage is null ? TooFew : null]);
                }
            }
        }

        return file.ToArray();
    }
}
