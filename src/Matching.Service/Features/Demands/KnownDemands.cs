using Matching.Service.Data;
using Matching.Service.Imports;

namespace Matching.Service.Features.Demands;

/// <summary>A demand that was there before a file says it again.</summary>
internal sealed record KnownDemand(long Id, string State, int Filled);

/// <summary>Demands that files say again, by organization and number: found and written anew set by set, as the uploader.</summary>
internal sealed class KnownDemands(TenantSession session)
{
    // Each is looked up by the index of its number, however large the table is and whatever its statistics say. Found ones are locked, so that the old state is still true when the
    // event is written.
    private const string FindSql = """
        SELECT k.position::integer AS position, d.id, d.state, d.filled
        FROM unnest(@Organizations, @References) WITH ORDINALITY AS k (organization_id, external_ref, position)
        CROSS JOIN LATERAL (
            SELECT d.id, d.state, d.filled FROM demand d
            WHERE d.consortium_id = current_consortium() AND d.organization_id = k.organization_id AND d.external_ref = k.external_ref
            FOR UPDATE) d
        """;

    private const string UpdateSql = """
        UPDATE demand d
        SET kind = s.kind, source = s.source, state = s.state, title = s.title, description = s.description, occupation_code = s.occupation_code,
            occupation_confidence = s.occupation_confidence, industry_code = s.industry_code, cluster_id = s.cluster_id, region_code = s.region_code,
            region_binding = s.region_binding, headcount = s.headcount, filled = s.filled, education_code = s.education_code, major_codes = s.major_codes,
            experience_years = s.experience_years, wage_min = s.wage_min, wage_max = s.wage_max,
            unparsed = s.unparsed, headcount_stated = s.headcount_stated, wage_negotiable = s.wage_negotiable, opened_on = s.opened_on, starts_on = s.starts_on,
            valid_through = s.valid_through, closed_on = s.closed_on, contract_months = s.contract_months, warnings = s.warnings
        FROM stage s
        WHERE d.consortium_id = current_consortium() AND d.id = ANY(@Ids) AND d.id = s.demand_id
        """;

    private const string SkillsSql = """
        DELETE FROM demand_skill WHERE consortium_id = current_consortium() AND demand_id = ANY(@Ids);
        INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must, level, origin)
        SELECT current_consortium(), * FROM unnest(@Demands, @Skills, @Musts, @Levels, @Origins)
        """;

    // Only where the state or the fills changed.
    private const string EventsSql = """
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, filled_delta, note)
        SELECT current_consortium(), demand_id, coalesce(closed_on, greatest(opened_on, today_in_china())), state, filled - old_filled, '导入'
        FROM stage
        WHERE filled <> old_filled OR state <> old_state
        ORDER BY row_number
        """;

    private readonly ImportStage _stage = new(
        session, [new("row_number", "integer"), new("demand_id", "bigint"), new("old_state", "text"), new("old_filled", "integer")], DemandImport.Values);

    /// <summary>Which of the demands there are already, in the order given; null: none, or none that the caller sees.</summary>
    public async Task<KnownDemand?[]> FindAsync(IReadOnlyList<ValidRow> rows, CancellationToken ct)
    {
        var found = new KnownDemand?[rows.Count];
        var known = await session.QueryAsync<(int Position, long Id, string State, int Filled)>(FindSql, new
        {
            Organizations = rows.Select(row => (long)row.Values[DemandImport.OrganizationAt]!).ToArray(),
            References = rows.Select(row => (string)row.Values[DemandImport.ReferenceAt]!).ToArray(),
        }, ct);
        foreach (var (position, id, state, filled) in known)
        {
            found[position - 1] = new(id, state, filled);
        }

        return found;
    }

    /// <summary>Writes them as the file says them; returns how many.</summary>
    public async Task<int> UpdateAsync(IReadOnlyList<(KnownDemand Known, ValidRow Row)> demands, DemandSkillRows skills, CancellationToken ct)
    {
        var ids = demands.Select(demand => demand.Known.Id).ToArray();
        await _stage.ReplaceAsync(
            demands.Select(demand => (new object?[] { demand.Row.Number, demand.Known.Id, demand.Known.State, demand.Known.Filled }, demand.Row.Values)), ct);
        await session.ExecuteAsync(DuplicateSql.LeaveChanged, null, ct);
        var updated = await session.ExecuteAsync(UpdateSql, new { Ids = ids }, ct);
        var named = demands.SelectMany(demand => skills.Of(demand.Known.Id, demand.Row)).ToArray();
        await session.ExecuteAsync(SkillsSql, new
        {
            Ids = ids, Demands = named.Select(row => (long)row[0]!).ToArray(), Skills = named.Select(row => (long)row[1]!).ToArray(),
            Musts = named.Select(row => (bool)row[2]!).ToArray(), Levels = named.Select(row => (short?)(int?)row[3]).ToArray(), Origins = named.Select(row => (string)row[4]!).ToArray(),
        }, ct);
        await session.ExecuteAsync(EventsSql, null, ct);
        return updated;
    }
}
