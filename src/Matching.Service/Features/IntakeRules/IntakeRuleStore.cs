using Matching.Service.Data;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.IntakeRules;

internal sealed class IntakeRuleStore(TenantSession session)
{
    private const string RowsSql = "SELECT rule, severity, threshold, row_version FROM intake_rule WHERE consortium_id = current_consortium()";

    // Demands are counted while they run; a programme as long as it stands.
    private const string WarnedSql = """
        SELECT rule, count(*)
        FROM (SELECT unnest(warnings) AS rule FROM demand WHERE consortium_id = current_consortium() AND warnings <> '{}' AND state IN ('OPEN', 'PAUSED')
              UNION ALL
              SELECT unnest(warnings) FROM program WHERE consortium_id = current_consortium() AND warnings <> '{}') AS w
        GROUP BY rule
        """;

    // Version 0 is the default that nobody changed yet: of two who change it at once the first wins.
    private const string SetSql = """
        INSERT INTO intake_rule AS known (consortium_id, rule, severity, threshold)
        SELECT current_consortium(), @Rule, @Severity, @Threshold WHERE @Version = 0
        ON CONFLICT ON CONSTRAINT intake_rule_unique DO NOTHING
        """;

    private const string UpdateSql = """
        UPDATE intake_rule SET severity = @Severity, threshold = @Threshold
        WHERE consortium_id = current_consortium() AND rule = @Rule AND row_version = @Version
        """;

    public async Task<IReadOnlyList<IntakeRule>> ListAsync(CancellationToken ct)
    {
        var own = (await session.QueryAsync<(string Rule, string Severity, int? Threshold, int Version)>(RowsSql, null, ct)).ToDictionary(row => row.Rule);
        var warned = (await session.QueryAsync<(string Rule, long Count)>(WarnedSql, null, ct)).ToDictionary(row => row.Rule, row => row.Count);
        return
        [
            new IntakeRule("discrimination", "不得有性别、民族、宗教、婚育、户籍、地域、健康、残疾、年龄等歧视性要求", RegionRules.Refuse, null, Fixed: true, 0, 0),
            .. RegionRules.Defaults.Select(rule => own.TryGetValue(rule.Rule, out var set)
                ? new IntakeRule(rule.Rule, rule.Name, set.Severity, set.Threshold ?? rule.Threshold, false, warned.GetValueOrDefault(rule.Rule), set.Version)
                : new IntakeRule(rule.Rule, rule.Name, rule.Severity, rule.Threshold, false, warned.GetValueOrDefault(rule.Rule), 0)),
        ];
    }

    public async Task<IntakeRule?> FindAsync(string rule, CancellationToken ct) => (await ListAsync(ct)).FirstOrDefault(known => known.Rule == rule);

    /// <summary>Null when the rule is no longer at that version.</summary>
    public async Task<IntakeRule?> SetAsync(string rule, int version, WriteIntakeRule request, CancellationToken ct) =>
        await session.ExecuteAsync(version == 0 ? SetSql : UpdateSql, new { Rule = rule, Version = version, request.Severity, request.Threshold }, ct) == 1
            ? await FindAsync(rule, ct) : null;
}
