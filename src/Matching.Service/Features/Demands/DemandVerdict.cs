using Matching.Engine.Lawfulness;
using Matching.Service.Imports.References;
using Matching.Service.Reference;

namespace Matching.Service.Features.Demands;

/// <summary>A requirement the law forbids (歧视性要求).</summary>
/// <param name="Field">The field it stands in.</param>
/// <param name="Category">SEX 性别, ETHNICITY 民族种族, RELIGION 宗教信仰, MARRIAGE_BIRTH 婚育, HOUSEHOLD 户籍, ORIGIN 地域, HEALTH 健康, DISABILITY 残疾 or AGE 年龄.</param>
/// <param name="Phrase">The words as they were sent.</param>
/// <param name="Offset">Where they begin in the field, in UTF-16 units from 0.</param>
/// <param name="Length">How long they are there.</param>
/// <param name="Message">Which rule forbids it and what to change, for people.</param>
public sealed record UnlawfulRequirement(string Field, string Category, string Phrase, int Offset, int Length, string Message);

/// <summary>What the law and the consortium's rules say of a demand.</summary>
/// <param name="Acceptable">Whether it would be taken.</param>
/// <param name="Findings">Requirements the law forbids; one is enough to refuse it.</param>
/// <param name="Notices">Rules of the consortium it breaks, and whether they refuse or warn.</param>
public sealed record DemandVerdict(bool Acceptable, IReadOnlyList<UnlawfulRequirement> Findings, IReadOnlyList<RuleNotice> Notices)
{
    /// <summary>Texts in which requirements may stand, each with its field's name.</summary>
    internal static IEnumerable<(string Field, string? Text)> Texts(string? title, string? description, IEnumerable<AskedSkill>? skills, IEnumerable<AskedCertificate>? certificates) =>
    [
        ("title", title), ("description", description), .. (skills ?? []).Select((skill, i) => ($"skills[{i}].name", (string?)skill.Name)),
        .. (certificates ?? []).Select((certificate, i) => ($"certificates[{i}].name", (string?)certificate.Name)),
    ];

    internal static DemandVerdict Of(
        ReferenceTables reference, RegionRules rules, DemandTerms terms, IEnumerable<(string Field, string? Text)> texts)
    {
        var found = texts.SelectMany(text => reference.UnlawfulIn(text.Text ?? "", terms.OccupationCode).Select(finding => (text.Field, Finding: finding))).ToArray();
        var findings = found.Where(pair => reference.UnlawfulCategories[pair.Finding.Category].Refused).Select(pair => Requirement(reference, pair.Field, pair.Finding)).ToArray();
        var wording = found.Where(pair => !reference.UnlawfulCategories[pair.Finding.Category].Refused)
            .Select(pair => rules.Notice("appearance_wording", onlyUnsaid: false, pair.Field, $"“{pair.Finding.Phrase}”：{reference.UnlawfulCategories[pair.Finding.Category].Advice}。"));
        RuleNotice[] notices = [.. wording.Concat([Pay(rules, terms), Contract(rules, terms)]).OfType<RuleNotice>()];
        return new DemandVerdict(findings.Length == 0 && notices.All(notice => notice.Severity != RegionRules.Refuse), findings, notices);
    }

    private static UnlawfulRequirement Requirement(ReferenceTables reference, string field, LawfulFinding finding)
    {
        var category = reference.UnlawfulCategories[finding.Category];
        return new UnlawfulRequirement(
            field, finding.Category, finding.Phrase, finding.Offset, finding.Length, $"“{finding.Phrase}”属于{category.Name}限制，不得作为招聘条件（{category.Basis}）；{category.Advice}。");
    }

    private static RuleNotice? Pay(RegionRules rules, DemandTerms terms) =>
        terms.Kind != "INTERNSHIP" || terms.WageMax > 0 ? null
        : rules.Notice("internship_paid", onlyUnsaid: terms.WageMax is null, "wageMax", terms.WageMax is null ? "实习须支付报酬，请写明报酬，不宜面议。" : "实习须支付报酬，报酬不能为 0。");

    private static RuleNotice? Contract(RegionRules rules, DemandTerms terms)
    {
        var least = rules["apprentice_contract"].Threshold;
        return terms.Kind != "APPRENTICE" || terms.ContractMonths >= least ? null
            : rules.Notice("apprentice_contract", onlyUnsaid: terms.ContractMonths is null, "contractMonths", terms.ContractMonths is null
                ? $"请写明学徒合同的月数，不少于 {least} 个月。" : $"学徒合同须不少于 {least} 个月，现为 {terms.ContractMonths} 个月。");
    }
}

/// <summary>What the rules look at besides the words.</summary>
internal sealed record DemandTerms(string Kind, int? WageMax, int? ContractMonths, string? OccupationCode);
