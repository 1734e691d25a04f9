using Matching.Service.Data;

namespace Matching.Service.Imports.References;

/// <summary>A rule of intake that a consortium may set (地方规则).</summary>
/// <param name="Rule">Stable key.</param>
/// <param name="Name">What it asks, for people.</param>
/// <param name="Severity">REFUSE: what breaks it is not taken; WARN: it is taken with a warning; OFF: not looked at.</param>
/// <param name="Threshold">A number the rule compares with, where it has one.</param>
internal sealed record RegionRule(string Rule, string Name, string Severity, int? Threshold);

/// <summary>What a rule says of a demand or programme.</summary>
/// <param name="Rule">Key of the rule.</param>
/// <param name="Severity">REFUSE or WARN.</param>
/// <param name="Field">The field it is about.</param>
/// <param name="Message">What to change, for people.</param>
public sealed record RuleNotice(string Rule, string Severity, string Field, string Message);

/// <summary>The rules of intake in force for a consortium: its own settings over the defaults.</summary>
internal sealed class RegionRules
{
    public const string Refuse = "REFUSE";
    public const string Warn = "WARN";
    public const string Off = "OFF";

    public static readonly IReadOnlyList<RegionRule> Defaults =
    [
        new("appearance_wording", "不对相貌、身高、纹身提出要求", Warn, null),
        new("internship_paid", "实习须支付报酬", Refuse, null),
        new("apprentice_contract", "学徒合同不少于规定的月数", Refuse, 12),
        new("program_endorsement", "新设专业点须有合作企业支持", Warn, null),
    ];

    private readonly Dictionary<string, RegionRule> _rules;

    public RegionRules(IEnumerable<RegionRule> rules) => _rules = rules.ToDictionary(rule => rule.Rule, StringComparer.Ordinal);

    public RegionRule this[string rule] => _rules[rule];

    public static async Task<RegionRules> LoadAsync(TenantSession session, CancellationToken ct)
    {
        var own = (await session.QueryAsync<(string Rule, string Severity, int? Threshold)>(
            "SELECT rule, severity, threshold FROM intake_rule WHERE consortium_id = current_consortium()", null, ct)).ToDictionary(row => row.Rule);
        return new RegionRules(Defaults.Select(rule =>
            own.TryGetValue(rule.Rule, out var set) ? rule with { Severity = set.Severity, Threshold = set.Threshold ?? rule.Threshold } : rule));
    }

    /// <summary>The notice of a broken rule; null when the rule is off. What is merely not said never refuses.</summary>
    public RuleNotice? Notice(string rule, bool onlyUnsaid, string field, string message) => _rules[rule].Severity switch
    {
        Off => null,
        Refuse when !onlyUnsaid => new RuleNotice(rule, Refuse, field, message),
        _ => new RuleNotice(rule, Warn, field, message),
    };
}
