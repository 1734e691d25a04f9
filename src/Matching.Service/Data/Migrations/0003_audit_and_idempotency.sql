-- 审计: who did what when, with the row before and after. The application can only add to it.
CREATE TABLE audit_log (
    consortium_id   bigint      NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    happened_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    role            text        NOT NULL,
    api_key_id      bigint,
    organization_id bigint,
    request_id      text,
    action          text        NOT NULL,
    resource        text        NOT NULL,
    resource_id     bigint,
    before          jsonb,
    after           jsonb,
    CONSTRAINT audit_log_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT audit_log_action_known CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'IMPORT', 'READ'))
);
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_log_insert ON audit_log FOR INSERT TO matching_app WITH CHECK (true);
CREATE POLICY audit_log_read ON audit_log FOR SELECT TO matching_owner USING (consortium_id = (SELECT current_consortium()) AND (SELECT is_staff()));
GRANT INSERT ON audit_log TO matching_app;
-- Serves the list by resource, newest first.
CREATE INDEX audit_log_resource ON audit_log (consortium_id, resource, resource_id, id DESC);

CREATE FUNCTION read_audit_log(wanted_resource text, wanted_id bigint, before_id bigint, take integer)
    RETURNS SETOF audit_log LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
    AS $$
        SELECT * FROM audit_log
        WHERE consortium_id = current_consortium()
          AND (wanted_resource IS NULL OR resource = wanted_resource)
          AND (wanted_id IS NULL OR resource_id = wanted_id)
          AND (before_id IS NULL OR id < before_id)
        ORDER BY id DESC LIMIT take
    $$;
REVOKE ALL ON FUNCTION read_audit_log(text, bigint, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_audit_log(text, bigint, bigint, integer) TO matching_app;

-- Columns named as trigger arguments are left out of before/after (secrets, and what a person may have deleted later).
-- Imports write one IMPORT row for the file instead of one per line: they set app.audit to 'summary' for their transaction.
CREATE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - TG_ARGV END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - TG_ARGV END;
    any_row jsonb := coalesce(new_row, old_row);
BEGIN
    IF current_setting('app.audit', true) = 'summary' THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_log (consortium_id, role, api_key_id, organization_id, request_id, action, resource, resource_id, before, after)
    VALUES (coalesce((any_row ->> 'consortium_id')::bigint, (any_row ->> 'id')::bigint), current_app_role(),
            nullif(current_setting('app.key', true), '')::bigint, current_organization(), nullif(current_setting('app.request', true), ''),
            TG_OP, TG_TABLE_NAME, (any_row ->> 'id')::bigint, old_row, new_row);
    RETURN NULL;
END $$;

CREATE PROCEDURE track_changes(target regclass, VARIADIC hidden text[]) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION audit_change(%s)',
        target::text || '_audit', target, (SELECT string_agg(quote_literal(name), ', ') FROM unnest(hidden) AS name));
END $$;

CALL track_changes('consortium', 'created_at');
CALL track_changes('organization', 'created_at');
CALL track_changes('industry_cluster', 'created_at');
CALL track_changes('api_key', 'secret_hash');

-- The answer to a request that carried an Idempotency-Key, written in the transaction of its effect.
CREATE TABLE idempotency_key (
    consortium_id bigint      NOT NULL,
    api_key_id    bigint      NOT NULL,
    key           text        NOT NULL,
    request_hash  bytea       NOT NULL,
    status        integer,
    location      text,
    etag          text,
    body          text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_key_pk PRIMARY KEY (consortium_id, api_key_id, key),
    CONSTRAINT idempotency_key_length CHECK (char_length(key) BETWEEN 1 AND 200)
);
CALL protect_tenant_table('idempotency_key');
-- Serves the removal of old keys.
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
