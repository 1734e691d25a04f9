using Matching.Service.Data;

namespace Matching.Service.Features.Plans;

/// <summary>The consortium's own rules over the platform's: every order class counts, or where the consortium puts members first only theirs; nothing else goes before points.</summary>
internal sealed class PlanDefaultStore(TenantSession session)
{
    private const string FindSql = """
        SELECT coalesce((c.settings ->> 'memberPriority')::boolean, false) AS members_first,
               d.order_class, d.order_class_share, d.member_schools_first, d.local_first, d.allow_unknown, coalesce(d.row_version, 0) AS version
        FROM consortium c LEFT JOIN plan_default d ON d.consortium_id = c.id
        WHERE c.id = current_consortium()
        """;

    // Version 0 is nobody's yet: of two who set it at once the first wins.
    private const string InsertSql = """
        INSERT INTO plan_default (consortium_id, order_class, order_class_share, member_schools_first, local_first, allow_unknown)
        SELECT current_consortium(), @OrderClass, @OrderClassShare, @MemberSchoolsFirst, @LocalFirst, @AllowUnknown
        ON CONFLICT ON CONSTRAINT plan_default_pk DO NOTHING
        """;

    private const string UpdateSql = """
        UPDATE plan_default
        SET order_class = @OrderClass, order_class_share = @OrderClassShare, member_schools_first = @MemberSchoolsFirst, local_first = @LocalFirst, allow_unknown = @AllowUnknown
        WHERE consortium_id = current_consortium() AND row_version = @Version
        """;

    public async Task<PlanDefaults> FindAsync(CancellationToken ct)
    {
        var row = (await session.FindAsync<DefaultRow>(FindSql, null, ct))!;
        var own = new WritePlanRules(row.OrderClass, row.OrderClassShare, row.MemberSchoolsFirst, row.LocalFirst, row.AllowUnknown);
        var platform = new PlanRules(row.MembersFirst ? "MEMBERS" : "ALL", 100, MemberSchoolsFirst: false, "NONE", AllowUnknown: false);
        return new PlanDefaults(own.Over(platform), own, row.Version);
    }

    /// <summary>Null when the rules are no longer at that version.</summary>
    public async Task<PlanDefaults?> SetAsync(int version, WritePlanRules rules, CancellationToken ct) =>
        await session.ExecuteAsync(
            version == 0 ? InsertSql : UpdateSql,
            new { Version = version, rules.OrderClass, rules.OrderClassShare, rules.MemberSchoolsFirst, rules.LocalFirst, rules.AllowUnknown }, ct) == 1
            ? await FindAsync(ct) : null;

    private sealed record DefaultRow(
        bool MembersFirst, string? OrderClass, int? OrderClassShare, bool? MemberSchoolsFirst, string? LocalFirst, bool? AllowUnknown, int Version);
}
