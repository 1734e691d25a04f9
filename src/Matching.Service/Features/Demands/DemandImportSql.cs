using Matching.Service.Data;
using Matching.Service.Imports;
using Matching.Service.Imports.References;

namespace Matching.Service.Features.Demands;

/// <summary>From the stage into demand, demand_skill and demand_event, set by set. The caller's transaction makes it all or nothing.</summary>
internal static class DemandImportSql
{
    // The statistics of demand know nothing yet of a consortium's first rows, so the planner may loop over its demands rather than over the stage;
    // with these indexes either way is quick.
    // What a row leaves open its organization answers. Known demands are locked, so that their old state is still true when the event is written.
    private const string FindKnownSql = """
        ALTER TABLE stage ADD demand_id bigint, ADD old_state text, ADD old_filled integer;
        CREATE INDEX ON stage (organization_id, external_ref);
        CREATE INDEX ON stage (row_number);
        CREATE INDEX ON stage (demand_id);
        UPDATE stage s
        SET region_code = coalesce(s.region_code, o.region_code), industry_code = coalesce(s.industry_code, o.industry_code),
            cluster_id = coalesce(s.cluster_id, o.cluster_id)
        FROM organization o
        WHERE o.consortium_id = current_consortium() AND o.id = s.organization_id AND s.problems IS NULL;
        WITH known AS MATERIALIZED (
            SELECT s.row_number, d.id, d.state, d.filled
            FROM stage s
            JOIN demand d ON d.consortium_id = current_consortium() AND d.organization_id = s.organization_id AND d.external_ref = s.external_ref
            WHERE s.problems IS NULL
            FOR UPDATE OF d)
        UPDATE stage s SET demand_id = known.id, old_state = known.state, old_filled = known.filled FROM known WHERE known.row_number = s.row_number
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
        WHERE s.problems IS NULL AND d.consortium_id = current_consortium() AND d.id = s.demand_id
        """;

    private const string InsertSql = """
        INSERT INTO demand (consortium_id, organization_id, external_ref, kind, source, state, title, description, occupation_code,
                            occupation_confidence, industry_code, cluster_id, region_code, region_binding, headcount, filled, education_code, major_codes,
                            experience_years, wage_min, wage_max, opened_on, starts_on, valid_through, closed_on, contract_months, warnings, unparsed, headcount_stated, wage_negotiable)
        SELECT current_consortium(), organization_id, external_ref, kind, source, state, title, description, occupation_code,
               occupation_confidence, industry_code, cluster_id, region_code, region_binding, headcount, filled, education_code, major_codes,
               experience_years, wage_min, wage_max, opened_on, starts_on, valid_through, closed_on, contract_months, warnings, unparsed, headcount_stated, wage_negotiable
        FROM stage
        WHERE problems IS NULL AND demand_id IS NULL
        ORDER BY row_number
        """;

    private const string LinkNewSql = """
        UPDATE stage s SET demand_id = d.id
        FROM demand d
        WHERE s.problems IS NULL AND s.demand_id IS NULL
          AND d.consortium_id = current_consortium() AND d.organization_id = s.organization_id AND d.external_ref = s.external_ref
        """;

    // A skill that is both must and nice counts as must.
    private const string SkillsSql = """
        DELETE FROM demand_skill k USING stage s
        WHERE s.problems IS NULL AND s.old_state IS NOT NULL AND k.consortium_id = current_consortium() AND k.demand_id = s.demand_id;
        INSERT INTO demand_skill (consortium_id, demand_id, skill_id, must)
        SELECT current_consortium(), s.demand_id, w.skill_id, bool_or(n.must)
        FROM stage s
        CROSS JOIN LATERAL (
            SELECT 'SKILL' AS kind, true AS must, unnest(s.must_skills) AS name UNION ALL SELECT 'SKILL', false, unnest(s.nice_skills)
            UNION ALL SELECT 'CERTIFICATE', true, unnest(s.must_certificates) UNION ALL SELECT 'CERTIFICATE', false, unnest(s.nice_certificates)) n
        JOIN stage_skill w ON w.kind = n.kind AND w.name = n.name
        WHERE s.problems IS NULL
        GROUP BY s.demand_id, w.skill_id
        """;

    // A new demand was opened on its day, and what else is true of it happened when it closed or, while it runs, today;
    // a known one gets an event only when its state or its fills changed.
    private const string EventsSql = """
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, note)
        SELECT current_consortium(), demand_id, opened_on, CASE state WHEN 'DRAFT' THEN 'DRAFT' ELSE 'OPEN' END, '导入'
        FROM stage WHERE problems IS NULL AND old_state IS NULL ORDER BY row_number;
        INSERT INTO demand_event (consortium_id, demand_id, happened_on, state, filled_delta, note)
        SELECT current_consortium(), demand_id, coalesce(closed_on, greatest(opened_on, (now() AT TIME ZONE 'Asia/Shanghai')::date)),
               state, filled - coalesce(old_filled, 0), '导入'
        FROM stage
        WHERE problems IS NULL
          AND (filled <> coalesce(old_filled, 0) OR state <> coalesce(old_state, CASE state WHEN 'DRAFT' THEN 'DRAFT' ELSE 'OPEN' END))
        ORDER BY row_number
        """;

    public static async Task<ImportCounts> WriteAsync(TenantSession session, CancellationToken ct)
    {
        var registered = await NewCompanies.RegisterAsync(session, ct);
        await session.ExecuteAsync(FindKnownSql, null, ct);
        await session.ExecuteAsync(DuplicateSql.LeaveChanged, null, ct);
        var updated = await session.ExecuteAsync(UpdateSql, null, ct);
        var created = await session.ExecuteAsync(InsertSql, null, ct);
        await session.ExecuteAsync(LinkNewSql, null, ct);
        await SkillNames.ResolveAsync(session, ["must_skills", "nice_skills"], ["must_certificates", "nice_certificates"], ct);
        await session.ExecuteAsync(SkillsSql, null, ct);
        await session.ExecuteAsync(DemandTextSkills.ImportSql, null, ct);
        await session.ExecuteAsync(EventsSql, null, ct);
        await new DuplicateStore(session).LinkImportedAsync(ct);
        return new ImportCounts(created, updated, registered);
    }
}
