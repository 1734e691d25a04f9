using Matching.Service.Imports;
using Matching.Service.Imports.References;
using Matching.Service.Reference;
using static Matching.Service.Features.Demands.DemandColumns;

namespace Matching.Service.Features.Demands;

/// <summary>The same law and rules for a row of a file: each phrase refuses its cell.</summary>
internal static class DemandImportLaw
{
    private static readonly ImportColumn[] Worded = [Title, Description, MustSkills, NiceSkills, MustCertificates, NiceCertificates, Tags];

    /// <summary>Notes on the scan what is refused; returns the rules the row is taken in spite of.</summary>
    public static string[] Check(RowScan scan, ReferenceTables reference, RegionRules rules, DemandTerms terms)
    {
        var verdict = DemandVerdict.Of(reference, rules, terms, Worded.Select(column => (column.Key, (string?)scan.Raw(column))));
        foreach (var finding in verdict.Findings)
        {
            scan.RefuseRow(Column(finding.Field), "discriminatory_requirement", finding.Message);
        }

        foreach (var notice in verdict.Notices.Where(notice => notice.Severity == RegionRules.Refuse))
        {
            scan.RefuseRow(Column(notice.Field), "intake_rule_broken", notice.Message);
        }

        return [.. verdict.Notices.Select(notice => notice.Rule).Distinct().Order(StringComparer.Ordinal)];
    }

    private static ImportColumn Column(string key) => All.First(column => column.Key == key);
}
