-- 变更流: what was created, changed and deleted, in an order a reader can resume. Triggers write it in the writer's own transaction, set by set.
--
-- Who saw a row before the change and who sees it after it: 0 nobody (it does not exist), 1 its owners and the staff, 2 companies too, 3 every member of
-- the consortium. From the two a reader's own kind of change follows: what comes into his sight is created for him, what leaves it is deleted.
CREATE TABLE change_log (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME change_log_id),
    batch         bigint      NOT NULL,
    resource      text        NOT NULL,
    resource_id   bigint      NOT NULL,
    seen_before   smallint    NOT NULL,
    seen_after    smallint    NOT NULL,
    owners        bigint[]    NOT NULL,
    version       integer     NOT NULL,
    at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT change_log_pk PRIMARY KEY (consortium_id, id),
    -- A row is told once per transaction, however many statements touched it or its lists.
    CONSTRAINT change_log_once UNIQUE (consortium_id, batch, resource, resource_id),
    CONSTRAINT change_log_before_known CHECK (seen_before BETWEEN 0 AND 3),
    CONSTRAINT change_log_after_known CHECK (seen_after BETWEEN 0 AND 3)
);
CALL protect_tenant_table('change_log');
-- Serves the stream of one resource.
CREATE INDEX change_log_of_resource ON change_log (consortium_id, resource, id);

CREATE FUNCTION seen_by_caller(audience smallint, owners bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE audience
        WHEN 0 THEN false
        WHEN 1 THEN is_staff() OR current_organization() = ANY (owners)
        WHEN 2 THEN is_staff() OR current_organization() = ANY (owners) OR current_app_role() = 'company'
        ELSE current_app_role() NOT IN ('platform', 'public', '')
    END
$$;
CREATE POLICY change_log_seen ON change_log AS RESTRICTIVE FOR SELECT TO matching_app
    USING ((SELECT is_staff()) OR seen_by_caller(greatest(seen_before, seen_after), owners));
CREATE POLICY change_log_trim ON change_log AS RESTRICTIVE FOR DELETE TO matching_app USING ((SELECT current_app_role()) = 'job');
CREATE POLICY change_log_write ON change_log TO matching_owner USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE ON change_log FROM matching_app;

-- Up to where old entries were removed: whoever stopped before it must read everything anew.
CREATE TABLE change_floor (
    consortium_id bigint      NOT NULL,
    entry         bigint      NOT NULL,
    at            timestamptz NOT NULL,
    CONSTRAINT change_floor_pk PRIMARY KEY (consortium_id)
);
CALL protect_tenant_table('change_floor');
CREATE POLICY change_floor_insert ON change_floor AS RESTRICTIVE FOR INSERT TO matching_app WITH CHECK ((SELECT current_app_role()) = 'job');
CREATE POLICY change_floor_update ON change_floor AS RESTRICTIVE FOR UPDATE TO matching_app USING ((SELECT current_app_role()) = 'job');

-- Numbers are drawn when a row is written, not when its transaction commits, so a reader who went by them alone would pass over a transaction that commits late.
-- Therefore a writer, before drawing the first number for an entry of a consortium, draws one for its batch and holds a shared lock that names both until it has ended;
-- change_horizon sees these locks. Shared locks never wait for one another, and a long import of one consortium holds up nobody else's stream.
-- The batch is made before the rows that name it are put together (batches AS MATERIALIZED): in one list of columns the entry's own number would be drawn first.
-- The lock's key: consortium (23 bits), batch (40 bits).
CREATE FUNCTION change_batch(of_consortium bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    setting text   := 'app.changes_' || of_consortium;
    batch   bigint := nullif(current_setting(setting, true), '')::bigint;
BEGIN
    IF batch IS NULL THEN
        batch := nextval('change_log_id');
        PERFORM pg_advisory_xact_lock_shared((of_consortium << 40) | batch), set_config(setting, batch::text, true);
        -- Heard when this commits, once per transaction and consortium.
        PERFORM pg_notify('matching_changes', of_consortium || ':' || batch);
    END IF;
    RETURN batch;
END $$;
REVOKE ALL ON FUNCTION change_batch(bigint) FROM PUBLIC;

-- The last entry up to which nothing can appear any more. First the highest number drawn, then the locks: a writer not yet seen holding one draws higher numbers.
-- What is read must be read by a later statement with a snapshot of its own: it then sees whatever had let go of its lock.
CREATE FUNCTION change_horizon() RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    drawn   bigint := (SELECT last_value FROM change_log_id);
    unfinished bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'changes are read in READ COMMITTED, for an older snapshot would miss what committed since';
    END IF;
    SELECT min(l.key & ((1::bigint << 40) - 1)) INTO unfinished
    FROM (SELECT (classid::bigint << 32) | objid::bigint AS key
          FROM pg_locks
          WHERE locktype = 'advisory' AND objsubid = 1 AND mode = 'ShareLock' AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) l
    WHERE l.key >> 40 = current_consortium();
    RETURN least(drawn, unfinished);
END $$;

-- Makes a table's rows and those of its lists tell their changes. owners and audience are expressions over the row r; lists are named as table.parent_column.
CREATE PROCEDURE log_changes(target regclass, owners text, audience text, VARIADIC lists text[] DEFAULT '{}') LANGUAGE plpgsql AS $proc$
DECLARE
    -- Planned anew each time: a plan made for one row would loop over the hundred thousand of an import.
    head text := $q$
        WITH batches AS MATERIALIZED (SELECT consortium_id, change_batch(consortium_id) AS batch FROM (SELECT DISTINCT consortium_id FROM %s) AS c)
        INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)$q$;
    merge text := ' ON CONFLICT ON CONSTRAINT change_log_once DO UPDATE SET seen_after = EXCLUDED.seen_after, version = EXCLUDED.version, owners = EXCLUDED.owners';
    entry text := format('SELECT r.consortium_id, b.batch, %L, r.id, %%s, %%s, %s, r.row_version', target::text, owners);
    before text := regexp_replace(audience, '\mr\.', 'o.', 'g');
    event text;
    body text;
    list text;
    list_table text;
BEGIN
    FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
        body := CASE event
            WHEN 'INSERT' THEN format(head, 'new_rows') || format(entry, '0', audience) || ' FROM new_rows r JOIN batches b USING (consortium_id)'
            WHEN 'UPDATE' THEN format(head, 'new_rows') || format(entry, before, audience)
                || ' FROM new_rows r JOIN old_rows o ON (o.consortium_id, o.id) = (r.consortium_id, r.id) JOIN batches b ON b.consortium_id = r.consortium_id'
            ELSE format(head, 'old_rows') || format(entry, audience, '0') || ' FROM old_rows r JOIN batches b USING (consortium_id)' END || merge;
        CALL add_change_trigger(target, event, body);
    END LOOP;

    FOREACH list IN ARRAY lists LOOP
        list_table := split_part(list, '.', 1);
        FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            body := format(head, CASE event WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END) || format(entry, audience, audience)
                || format(' FROM (SELECT DISTINCT consortium_id, %I AS id FROM %s) x JOIN %s r ON (r.consortium_id, r.id) = (x.consortium_id, x.id)
                          JOIN batches b ON b.consortium_id = r.consortium_id ON CONFLICT ON CONSTRAINT change_log_once DO NOTHING',
                    split_part(list, '.', 2), CASE event WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END, target);
            CALL add_change_trigger(list_table::regclass, event, body);
        END LOOP;
    END LOOP;
END $proc$;

CREATE PROCEDURE add_change_trigger(target regclass, event text, body text) LANGUAGE plpgsql AS $proc$
DECLARE
    name text := format('%s_%s_logged', target, lower(event));
BEGIN
    EXECUTE format('CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $f$ BEGIN EXECUTE %L; RETURN NULL; END $f$', name, body);
    EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %I()', name, event, target,
        CASE event WHEN 'INSERT' THEN 'NEW TABLE AS new_rows' WHEN 'UPDATE' THEN 'OLD TABLE AS old_rows NEW TABLE AS new_rows' ELSE 'OLD TABLE AS old_rows' END, name);
END $proc$;

CALL log_changes('demand', 'array_remove(ARRAY[r.organization_id, r.posted_by_id], NULL)', $$(CASE r.state WHEN 'DRAFT' THEN 1 ELSE 3 END)$$, 'demand_skill.demand_id');
CALL log_changes('program', 'ARRAY[r.school_id]', '3',
    'program_occupation.program_id', 'program_skill.program_id', 'program_year.program_id', 'program_endorsement.program_id');
CALL log_changes('graduate', 'ARRAY[r.school_id]', '(CASE WHEN r.consent THEN 2 ELSE 1 END)', 'graduate_skill.graduate_id', 'graduate_order_class.graduate_id');
CALL log_changes('bulletin', '''{}''::bigint[]', $$(CASE r.state WHEN 'PUBLISHED' THEN 3 ELSE 1 END)$$);

-- A shared demand is in the stream of the consortium it is shared with, from the day it is open.
CREATE FUNCTION demand_share_logged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    WITH batches AS MATERIALIZED (SELECT with_consortium, change_batch(with_consortium) AS batch FROM (SELECT DISTINCT with_consortium FROM changed) AS c)
    INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
    SELECT x.with_consortium, b.batch, 'demand', d.id, CASE TG_OP WHEN 'DELETE' THEN 3 ELSE 0 END, CASE TG_OP WHEN 'DELETE' THEN 0 ELSE 3 END, '{}', d.row_version
    FROM changed x
    JOIN batches b USING (with_consortium)
    JOIN demand d ON (d.consortium_id, d.id) = (x.consortium_id, x.demand_id) AND d.state <> 'DRAFT'
    ON CONFLICT ON CONSTRAINT change_log_once DO UPDATE SET seen_after = EXCLUDED.seen_after, version = EXCLUDED.version;
    RETURN NULL;
END $$;
CREATE TRIGGER demand_share_insert_logged AFTER INSERT ON demand_share REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION demand_share_logged();
CREATE TRIGGER demand_share_delete_logged AFTER DELETE ON demand_share REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION demand_share_logged();

CREATE FUNCTION shared_demand_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    EXECUTE $q$
        WITH shares AS MATERIALIZED (SELECT s.* FROM demand_share s JOIN new_rows n ON (n.consortium_id, n.id) = (s.consortium_id, s.demand_id)),
        batches AS MATERIALIZED (SELECT with_consortium, change_batch(with_consortium) AS batch FROM (SELECT DISTINCT with_consortium FROM shares) AS c)
        INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
        SELECT s.with_consortium, b.batch, 'demand', n.id, CASE o.state WHEN 'DRAFT' THEN 0 ELSE 3 END, CASE n.state WHEN 'DRAFT' THEN 0 ELSE 3 END, '{}', n.row_version
        FROM shares s
        JOIN batches b USING (with_consortium)
        JOIN new_rows n ON (n.consortium_id, n.id) = (s.consortium_id, s.demand_id)
        JOIN old_rows o ON (o.consortium_id, o.id) = (s.consortium_id, s.demand_id)
        WHERE n.state <> 'DRAFT' OR o.state <> 'DRAFT'
        ON CONFLICT ON CONSTRAINT change_log_once DO UPDATE SET seen_after = EXCLUDED.seen_after, version = EXCLUDED.version $q$;
    RETURN NULL;
END $$;
CREATE TRIGGER demand_update_shared AFTER UPDATE ON demand REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION shared_demand_updated();

CREATE FUNCTION shared_demand_skill_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    EXECUTE $q$
        WITH shares AS MATERIALIZED (SELECT s.* FROM demand_share s JOIN (SELECT DISTINCT consortium_id, demand_id FROM changed) x USING (consortium_id, demand_id)),
        batches AS MATERIALIZED (SELECT with_consortium, change_batch(with_consortium) AS batch FROM (SELECT DISTINCT with_consortium FROM shares) AS c)
        INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
        SELECT s.with_consortium, b.batch, 'demand', d.id, 3, 3, '{}', d.row_version
        FROM shares s
        JOIN batches b USING (with_consortium)
        JOIN demand d ON (d.consortium_id, d.id) = (s.consortium_id, s.demand_id) AND d.state <> 'DRAFT'
        ON CONFLICT ON CONSTRAINT change_log_once DO NOTHING $q$;
    RETURN NULL;
END $$;
CREATE TRIGGER demand_skill_insert_shared AFTER INSERT ON demand_skill REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION shared_demand_skill_changed();
CREATE TRIGGER demand_skill_update_shared AFTER UPDATE ON demand_skill REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION shared_demand_skill_changed();
CREATE TRIGGER demand_skill_delete_shared AFTER DELETE ON demand_skill REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION shared_demand_skill_changed();

-- Before the demand goes, for its shares go with it.
CREATE FUNCTION shared_demand_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    WITH batches AS MATERIALIZED (SELECT with_consortium, change_batch(with_consortium) AS batch FROM demand_share WHERE (consortium_id, demand_id) = (OLD.consortium_id, OLD.id))
    INSERT INTO change_log (consortium_id, batch, resource, resource_id, seen_before, seen_after, owners, version)
    SELECT with_consortium, batch, 'demand', OLD.id, 3, 0, '{}', OLD.row_version
    FROM batches
    ON CONFLICT ON CONSTRAINT change_log_once DO UPDATE SET seen_after = 0;
    RETURN OLD;
END $$;
CREATE TRIGGER demand_delete_shared BEFORE DELETE ON demand FOR EACH ROW WHEN (OLD.state <> 'DRAFT') EXECUTE FUNCTION shared_demand_deleted();
