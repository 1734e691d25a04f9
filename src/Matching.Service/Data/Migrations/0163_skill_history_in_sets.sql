-- The past of demands whose skills alone changed, set by set: asked demand by demand it read the changed skills once for each, which a hundred thousand demands do not bear.
CREATE OR REPLACE FUNCTION demand_skills_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    EXECUTE format($q$
        WITH changed AS MATERIALIZED (
            SELECT d.* FROM (SELECT DISTINCT consortium_id, demand_id FROM %3$s) x
            JOIN demand d ON (d.consortium_id, d.id) = (x.consortium_id, x.demand_id)
            WHERE d.created_at <> now()
              AND NOT EXISTS (SELECT FROM demand_history h WHERE (h.consortium_id, h.demand_id, h.ended_by) = (d.consortium_id, d.id, pg_current_xact_id()))),
        images AS MATERIALIZED (
            SELECT consortium_id, demand_id, jsonb_agg(image ORDER BY skill_id) AS skills
            FROM (SELECT k.consortium_id, k.demand_id, k.skill_id, to_jsonb(k) AS image
                  FROM demand_skill k
                  LEFT JOIN %1$s n ON (n.consortium_id, n.demand_id, n.skill_id) = (k.consortium_id, k.demand_id, k.skill_id)
                  WHERE (k.consortium_id, k.demand_id) IN (SELECT consortium_id, id FROM changed) AND n.skill_id IS NULL
                  UNION ALL
                  SELECT o.consortium_id, o.demand_id, o.skill_id, to_jsonb(o) FROM %2$s o
                  WHERE (o.consortium_id, o.demand_id) IN (SELECT consortium_id, id FROM changed)) rows
            GROUP BY consortium_id, demand_id),
        before AS MATERIALIZED (
            SELECT consortium_id, demand_id, max(valid_to) AS last FROM demand_history
            WHERE (consortium_id, demand_id) IN (SELECT consortium_id, id FROM changed) GROUP BY consortium_id, demand_id)
        INSERT INTO demand_history (consortium_id, demand_id, valid_from, valid_to, organization_id, posted_by_id, state, row, skills)
        SELECT c.consortium_id, c.id, coalesce(b.last, c.created_at), greatest(clock_timestamp(), coalesce(b.last, c.created_at) + interval '1 microsecond'),
               c.organization_id, c.posted_by_id, c.state, to_jsonb(c), coalesce(i.skills, '[]')
        FROM changed c
        LEFT JOIN before b ON (b.consortium_id, b.demand_id) = (c.consortium_id, c.id)
        LEFT JOIN images i ON (i.consortium_id, i.demand_id) = (c.consortium_id, c.id)
        ON CONFLICT ON CONSTRAINT demand_history_once DO NOTHING $q$,
        CASE TG_OP WHEN 'DELETE' THEN '(SELECT * FROM demand_skill WHERE false)' ELSE 'new_rows' END,
        CASE TG_OP WHEN 'INSERT' THEN '(SELECT * FROM demand_skill WHERE false)' ELSE 'old_rows' END,
        CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END);
    RETURN NULL;
END $$;
