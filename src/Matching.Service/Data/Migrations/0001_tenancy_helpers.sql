-- Runs as matching_owner. The roles themselves are made by the migrator's bootstrap, since they belong to the whole cluster.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- After SET LOCAL a pooled connection shows '' rather than NULL, so every cast is guarded; unset means "nobody", which no policy admits.
CREATE FUNCTION current_consortium() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.consortium', true), '')::bigint $$;

CREATE FUNCTION current_organization() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.organization', true), '')::bigint $$;

CREATE FUNCTION current_app_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('app.role', true), '') $$;

-- Who sees a whole consortium: its office (秘书处), the operator of the installation, and the consortium's own background jobs.
CREATE FUNCTION is_staff() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT current_app_role() IN ('office', 'admin', 'job') $$;

-- The one way to make a table a tenant's: row-level security for everybody including the owner, the consortium policy, the application's rights.
-- Organization rules come on top of it as RESTRICTIVE policies.
CREATE PROCEDURE protect_tenant_table(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY %I ON %s USING (consortium_id = (SELECT current_consortium())) WITH CHECK (consortium_id = (SELECT current_consortium()))',
        target::text || '_consortium', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO matching_app', target);
END $$;

-- A row's version backs ETag and If-Match; the trigger keeps it right for every writer.
CREATE FUNCTION touch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.row_version := OLD.row_version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END $$;

-- Rows that belong to a parent row are seen by whoever sees the parent and written by whoever owns it.
CREATE PROCEDURE follow_parent(target regclass, parent regclass, parent_key text, VARIADIC owner_columns text[]) LANGUAGE plpgsql AS $$
DECLARE
    seen text := format('(SELECT is_staff()) OR EXISTS (SELECT FROM %s p WHERE p.consortium_id = %s.consortium_id AND p.id = %s.%I', parent, target, target, parent_key);
    owned text := seen || format(' AND (SELECT current_organization()) IN (%s))', (SELECT string_agg(format('p.%I', name), ', ') FROM unnest(owner_columns) AS name));
    prefix text := target::text;
BEGIN
    seen := seen || ')';
    EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE FOR SELECT USING (%s)', prefix || '_seen', target, seen);
    EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE FOR INSERT WITH CHECK (%s)', prefix || '_insert', target, owned);
    EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE FOR UPDATE USING (%s)', prefix || '_update', target, owned);
    EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE FOR DELETE USING (%s)', prefix || '_delete', target, owned);
END $$;
