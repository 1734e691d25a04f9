-- 需求的历史: what a demand was before each change, so that its state at any past moment can be read (asOf). Only what is over is stored: the present is in demand itself,
-- so entering demands costs nothing here, and a changed row costs one image of its old self.
CREATE TABLE demand_history (
    consortium_id   bigint      NOT NULL,
    demand_id       bigint      NOT NULL,
    valid_from      timestamptz NOT NULL,
    valid_to        timestamptz NOT NULL,
    organization_id bigint      NOT NULL,
    posted_by_id    bigint,
    state           text        NOT NULL,
    row             jsonb       NOT NULL,
    skills          jsonb       NOT NULL,
    -- The transaction that ended it; whatever else it did to the row belongs to the same change.
    ended_by        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT demand_history_pk PRIMARY KEY (consortium_id, demand_id, valid_to),
    CONSTRAINT demand_history_once UNIQUE (consortium_id, demand_id, ended_by),
    CONSTRAINT demand_history_order CHECK (valid_from <= valid_to)
);
CALL protect_tenant_table('demand_history');
REVOKE INSERT, UPDATE, DELETE ON demand_history FROM matching_app;
CREATE POLICY demand_history_write ON demand_history TO matching_owner USING (true) WITH CHECK (true);
-- As the demand's own: a draft was its owner's and the office's alone, and platforms read no rows.
CREATE POLICY demand_history_draft ON demand_history AS RESTRICTIVE FOR SELECT TO matching_app USING (
    (SELECT is_staff()) OR organization_id = (SELECT current_organization()) OR posted_by_id = (SELECT current_organization())
    OR (state <> 'DRAFT' AND (SELECT current_app_role()) <> 'platform'));

-- Keeps what these demands were before the statement. A demand entered in this very transaction has no past yet. A clock that ran behind the last change is set to it.
CREATE FUNCTION keep_demand_image(old_row demand, old_skills jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    INSERT INTO demand_history (consortium_id, demand_id, valid_from, valid_to, organization_id, posted_by_id, state, row, skills)
    SELECT old_row.consortium_id, old_row.id, since, greatest(clock_timestamp(), since + interval '1 microsecond'), old_row.organization_id, old_row.posted_by_id,
           old_row.state, to_jsonb(old_row), old_skills
    FROM (SELECT coalesce((SELECT max(h.valid_to) FROM demand_history h WHERE (h.consortium_id, h.demand_id) = (old_row.consortium_id, old_row.id)), old_row.created_at) AS since) s
    WHERE old_row.created_at <> now()
    ON CONFLICT ON CONSTRAINT demand_history_once DO NOTHING
$$;
REVOKE ALL ON FUNCTION keep_demand_image(demand, jsonb) FROM PUBLIC;

CREATE FUNCTION demand_skill_images(of_consortium bigint, of_demand bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(k) ORDER BY k.skill_id), '[]') FROM demand_skill k WHERE k.consortium_id = of_consortium AND k.demand_id = of_demand
$$;

CREATE FUNCTION demand_updated_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    EXECUTE $q$
        INSERT INTO demand_history (consortium_id, demand_id, valid_from, valid_to, organization_id, posted_by_id, state, row, skills)
        SELECT o.consortium_id, o.id, coalesce(h.last, o.created_at), greatest(clock_timestamp(), coalesce(h.last, o.created_at) + interval '1 microsecond'),
               o.organization_id, o.posted_by_id, o.state, to_jsonb(o), coalesce(k.skills, '[]')
        FROM old_rows o
        LEFT JOIN (SELECT consortium_id, demand_id, max(valid_to) AS last FROM demand_history h
                   WHERE (consortium_id, demand_id) IN (SELECT consortium_id, id FROM old_rows) GROUP BY 1, 2) h ON (h.consortium_id, h.demand_id) = (o.consortium_id, o.id)
        LEFT JOIN (SELECT consortium_id, demand_id, jsonb_agg(to_jsonb(s) ORDER BY s.skill_id) AS skills FROM demand_skill s
                   WHERE (consortium_id, demand_id) IN (SELECT consortium_id, id FROM old_rows) GROUP BY 1, 2) k ON (k.consortium_id, k.demand_id) = (o.consortium_id, o.id)
        WHERE o.created_at <> now()
        ON CONFLICT ON CONSTRAINT demand_history_once DO NOTHING $q$;
    RETURN NULL;
END $$;
CREATE TRIGGER demand_update_history AFTER UPDATE ON demand REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION demand_updated_history();

-- Before the demand goes, for its skills go with it.
CREATE FUNCTION demand_deleted_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM keep_demand_image(OLD, demand_skill_images(OLD.consortium_id, OLD.id));
    RETURN OLD;
END $$;
CREATE TRIGGER demand_delete_history BEFORE DELETE ON demand FOR EACH ROW EXECUTE FUNCTION demand_deleted_history();

-- A change of the skills alone: what they were is what they are, less what came, and what went. Where this transaction already kept the demand nothing is to do.
CREATE FUNCTION demand_skills_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    EXECUTE format($q$
        SELECT keep_demand_image(d, (SELECT coalesce(jsonb_agg(image ORDER BY (image ->> 'skill_id')::bigint), '[]') FROM (
                   SELECT to_jsonb(k) AS image FROM demand_skill k
                   WHERE (k.consortium_id, k.demand_id) = (d.consortium_id, d.id) AND NOT EXISTS (
                       SELECT FROM %1$s n WHERE (n.consortium_id, n.demand_id, n.skill_id) = (k.consortium_id, k.demand_id, k.skill_id))
                   UNION ALL
                   SELECT to_jsonb(o) FROM %2$s o WHERE (o.consortium_id, o.demand_id) = (d.consortium_id, d.id)) images))
        FROM (SELECT DISTINCT consortium_id, demand_id FROM %3$s) x
        JOIN demand d ON (d.consortium_id, d.id) = (x.consortium_id, x.demand_id) AND d.created_at <> now()
        WHERE NOT EXISTS (SELECT FROM demand_history h WHERE (h.consortium_id, h.demand_id, h.ended_by) = (d.consortium_id, d.id, pg_current_xact_id())) $q$,
        CASE TG_OP WHEN 'DELETE' THEN '(SELECT * FROM demand_skill WHERE false)' ELSE 'new_rows' END,
        CASE TG_OP WHEN 'INSERT' THEN '(SELECT * FROM demand_skill WHERE false)' ELSE 'old_rows' END,
        CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END);
    RETURN NULL;
END $$;
CREATE TRIGGER demand_skill_insert_history AFTER INSERT ON demand_skill REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION demand_skills_history();
CREATE TRIGGER demand_skill_update_history AFTER UPDATE ON demand_skill REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION demand_skills_history();
CREATE TRIGGER demand_skill_delete_history AFTER DELETE ON demand_skill REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION demand_skills_history();

-- Asked past the policies: whoever may not see what a demand was must not be shown in its place what it is.
CREATE FUNCTION demand_changed_at(of_consortium bigint, of_demand bigint) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT max(valid_to) FROM demand_history WHERE consortium_id = of_consortium AND demand_id = of_demand AND of_consortium = current_consortium()
$$;

-- The consortium's own demands as they were at a moment, and their skills, in the shape of the tables: what reads those can read these.
CREATE FUNCTION demand_as_of(moment timestamptz) RETURNS SETOF demand LANGUAGE sql STABLE AS $$
    SELECT d.* FROM demand d
    WHERE d.consortium_id = current_consortium() AND coalesce(demand_changed_at(d.consortium_id, d.id), d.created_at) <= moment
    UNION ALL
    SELECT p.* FROM demand_history h CROSS JOIN LATERAL jsonb_populate_record(NULL::demand, h.row) p
    WHERE h.consortium_id = current_consortium() AND h.valid_from <= moment AND h.valid_to > moment
$$;
CREATE FUNCTION demand_skill_as_of(moment timestamptz, of_consortium bigint, of_demand bigint) RETURNS SETOF demand_skill LANGUAGE sql STABLE AS $$
    SELECT k.* FROM demand_skill k
    WHERE k.consortium_id = of_consortium AND k.demand_id = of_demand AND coalesce(demand_changed_at(of_consortium, of_demand), '-infinity') <= moment
    UNION ALL
    SELECT p.* FROM demand_history h CROSS JOIN LATERAL jsonb_populate_recordset(NULL::demand_skill, h.skills) p
    WHERE (h.consortium_id, h.demand_id) = (of_consortium, of_demand) AND h.valid_from <= moment AND h.valid_to > moment
$$;
