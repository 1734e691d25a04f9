-- Which lists of matches are a consortium's current ones: those of one run, for both sides. A run writes its lists beside them, and its last piece moves this row,
-- so a reader finds the lists of one run or of the next, never some of each.
CREATE TABLE match_set (
    consortium_id bigint      NOT NULL,
    run_id        bigint      NOT NULL,
    since         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT match_set_pk PRIMARY KEY (consortium_id),
    CONSTRAINT match_set_consortium_fk FOREIGN KEY (consortium_id) REFERENCES consortium (id)
);

-- The lists of all runs that still have any, packed (the engine's PackedMatches). They have no foreign key: checking it costs as much as writing the list, and rewrites
-- every graduate each night to lock him. Instead whoever deletes a demand or graduate deletes its lists by a trigger, and a run leaves out what is gone when it saves.
CREATE TABLE demand_match_list (
    consortium_id   bigint      NOT NULL,
    demand_id       bigint      NOT NULL,
    run_id          bigint      NOT NULL,
    computed_at     timestamptz NOT NULL,
    weights_version integer     NOT NULL,
    matches         bytea       NOT NULL,
    CONSTRAINT demand_match_list_pk PRIMARY KEY (consortium_id, demand_id, run_id),
    CONSTRAINT demand_match_list_not_empty CHECK (octet_length(matches) > 0)
);
CREATE TABLE graduate_match_list (
    consortium_id   bigint      NOT NULL,
    graduate_id     bigint      NOT NULL,
    run_id          bigint      NOT NULL,
    computed_at     timestamptz NOT NULL,
    weights_version integer     NOT NULL,
    matches         bytea       NOT NULL,
    CONSTRAINT graduate_match_list_pk PRIMARY KEY (consortium_id, graduate_id, run_id),
    CONSTRAINT graduate_match_list_not_empty CHECK (octet_length(matches) > 0)
);

-- What is there already becomes the set of the latest run, before the new tables have policies; the owner looks past those of the old ones.
ALTER TABLE match_of_demand NO FORCE ROW LEVEL SECURITY;
ALTER TABLE match_of_graduate NO FORCE ROW LEVEL SECURITY;
INSERT INTO match_set (consortium_id, run_id)
    SELECT consortium_id, max(run_id) FROM (SELECT consortium_id, run_id FROM match_of_demand UNION ALL SELECT consortium_id, run_id FROM match_of_graduate) m GROUP BY consortium_id;
INSERT INTO demand_match_list SELECT m.consortium_id, m.demand_id, s.run_id, m.computed_at, m.weights_version, m.matches FROM match_of_demand m JOIN match_set s USING (consortium_id);
INSERT INTO graduate_match_list SELECT m.consortium_id, m.graduate_id, s.run_id, m.computed_at, m.weights_version, m.matches FROM match_of_graduate m JOIN match_set s USING (consortium_id);
DROP TABLE match_of_demand, match_of_graduate;

CALL protect_tenant_table('match_set');
CREATE POLICY match_set_insert ON match_set AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT is_staff()));
CREATE POLICY match_set_update ON match_set AS RESTRICTIVE FOR UPDATE USING ((SELECT is_staff()));
CREATE POLICY match_set_delete ON match_set AS RESTRICTIVE FOR DELETE USING ((SELECT is_staff()));
-- Rules of organizations bind the application; the owner forgets the lists of what is deleted, for a company that deletes its demand may not touch its list.
CALL protect_tenant_table('demand_match_list');
CREATE POLICY demand_match_list_forget ON demand_match_list TO matching_owner USING (true);
-- Whom a company is offered is its own business, and of whoever posted the demand for it.
CREATE POLICY demand_match_list_seen ON demand_match_list AS RESTRICTIVE FOR SELECT TO matching_app USING ((SELECT is_staff()) OR owns_demand(consortium_id, demand_id));
CREATE POLICY demand_match_list_insert ON demand_match_list AS RESTRICTIVE FOR INSERT TO matching_app WITH CHECK ((SELECT is_staff()));
CREATE POLICY demand_match_list_update ON demand_match_list AS RESTRICTIVE FOR UPDATE TO matching_app USING ((SELECT is_staff()));
CREATE POLICY demand_match_list_delete ON demand_match_list AS RESTRICTIVE FOR DELETE TO matching_app USING ((SELECT is_staff()));
CALL protect_tenant_table('graduate_match_list');
CREATE POLICY graduate_match_list_forget ON graduate_match_list TO matching_owner USING (true);
-- A company sees the graduates who consented, but not where else they fit.
CREATE POLICY graduate_match_list_seen ON graduate_match_list AS RESTRICTIVE FOR SELECT TO matching_app USING (
    (SELECT is_staff()) OR EXISTS (SELECT FROM graduate g WHERE g.consortium_id = graduate_match_list.consortium_id AND g.id = graduate_match_list.graduate_id
                                   AND g.school_id = (SELECT current_organization())));
CREATE POLICY graduate_match_list_insert ON graduate_match_list AS RESTRICTIVE FOR INSERT TO matching_app WITH CHECK ((SELECT is_staff()));
CREATE POLICY graduate_match_list_update ON graduate_match_list AS RESTRICTIVE FOR UPDATE TO matching_app USING ((SELECT is_staff()));
CREATE POLICY graduate_match_list_delete ON graduate_match_list AS RESTRICTIVE FOR DELETE TO matching_app USING ((SELECT is_staff()));

-- What everybody reads: one list by (consortium_id, demand_id), which is one row of each primary key, or all of a consortium in their order.
CREATE VIEW match_of_demand WITH (security_invoker = true) AS
    SELECT m.consortium_id, m.demand_id, m.matches, m.computed_at, m.weights_version, m.run_id
    FROM match_set s JOIN demand_match_list m ON (m.consortium_id, m.run_id) = (s.consortium_id, s.run_id);
CREATE VIEW match_of_graduate WITH (security_invoker = true) AS
    SELECT m.consortium_id, m.graduate_id, m.matches, m.computed_at, m.weights_version, m.run_id
    FROM match_set s JOIN graduate_match_list m ON (m.consortium_id, m.run_id) = (s.consortium_id, s.run_id);
GRANT SELECT ON match_of_demand, match_of_graduate TO matching_app;
COMMENT ON VIEW match_of_demand IS 'The best graduates of each demand: all lists of one run.';
COMMENT ON VIEW match_of_graduate IS 'The best demands of each graduate: all lists of one run.';
COMMENT ON TABLE match_set IS
    'Names the run whose lists are current. Whoever overwrites a single list between runs locks this row FOR SHARE first and writes into that run; a run that was reading meanwhile replaces it in the end.';

-- An array of ids, so that the plan is a look-up a row however many are deleted.
CREATE FUNCTION forget_matches_of_demands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    here bigint;
BEGIN
    FOR here IN SELECT DISTINCT consortium_id FROM gone LOOP
        DELETE FROM demand_match_list WHERE consortium_id = here AND demand_id = ANY (ARRAY(SELECT id FROM gone WHERE consortium_id = here));
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION forget_matches_of_graduates() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    here bigint;
BEGIN
    FOR here IN SELECT DISTINCT consortium_id FROM gone LOOP
        DELETE FROM graduate_match_list WHERE consortium_id = here AND graduate_id = ANY (ARRAY(SELECT id FROM gone WHERE consortium_id = here));
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_matches_of_demands(), forget_matches_of_graduates() FROM PUBLIC;
CREATE TRIGGER demand_forget_matches AFTER DELETE ON demand REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_matches_of_demands();
CREATE TRIGGER graduate_forget_matches AFTER DELETE ON graduate REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_matches_of_graduates();
