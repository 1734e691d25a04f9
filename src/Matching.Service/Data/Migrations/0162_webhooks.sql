-- 事件推送: who wants to be told of what, and every message to him with what became of it.
CREATE TABLE webhook (
    consortium_id     bigint      NOT NULL,
    id                bigint      GENERATED ALWAYS AS IDENTITY,
    organization_id   bigint,
    -- The messages hold what this role of that organization may see, and nothing else.
    role              text        NOT NULL,
    url               text        NOT NULL,
    events            text[]      NOT NULL,
    secret            text        NOT NULL,
    old_secret        text,
    old_secret_until  timestamptz,
    state             text        NOT NULL DEFAULT 'ACTIVE',
    note              text        NOT NULL DEFAULT '',
    entry             bigint      NOT NULL,
    read_after        timestamptz NOT NULL DEFAULT now(),
    failing_since     timestamptz,
    row_version       integer     NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT webhook_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT webhook_organization_fk FOREIGN KEY (consortium_id, organization_id) REFERENCES organization (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_role_known CHECK (role IN ('company', 'school', 'institute', 'department', 'office', 'admin')),
    CONSTRAINT webhook_url_length CHECK (char_length(url) BETWEEN 8 AND 2000),
    CONSTRAINT webhook_state_known CHECK (state IN ('ACTIVE', 'DISABLED')),
    CONSTRAINT webhook_events_present CHECK (cardinality(events) BETWEEN 1 AND 50)
);
CALL protect_tenant_table('webhook');
-- What people change is audited; its place in the stream, which moves all the time, is not.
CREATE TRIGGER webhook_audit AFTER INSERT OR DELETE OR UPDATE OF url, events, secret ON webhook
    FOR EACH ROW EXECUTE FUNCTION audit_change('created_at', 'secret', 'old_secret', 'entry', 'read_after');
CREATE POLICY webhook_own ON webhook AS RESTRICTIVE TO matching_app
    USING ((SELECT is_staff()) OR organization_id = (SELECT current_organization()))
    WITH CHECK ((SELECT is_staff()) OR organization_id = (SELECT current_organization()));
-- Serves the search for webhooks that are due to be read for.
CREATE INDEX webhook_due ON webhook (read_after) WHERE state = 'ACTIVE';

CREATE SEQUENCE webhook_token;
GRANT USAGE ON SEQUENCE webhook_token TO matching_app;
CREATE TABLE webhook_delivery (
    consortium_id bigint      NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    webhook_id    bigint      NOT NULL,
    entry         bigint      NOT NULL,
    type          text        NOT NULL,
    body          text        NOT NULL,
    state         text        NOT NULL DEFAULT 'WAITING',
    attempts      integer     NOT NULL DEFAULT 0,
    not_before    timestamptz NOT NULL DEFAULT now(),
    token         bigint,
    last_status   integer,
    last_error    text,
    excerpt       text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    delivered_at  timestamptz,
    CONSTRAINT webhook_delivery_pk PRIMARY KEY (consortium_id, id),
    CONSTRAINT webhook_delivery_once UNIQUE (consortium_id, webhook_id, entry),
    CONSTRAINT webhook_delivery_webhook_fk FOREIGN KEY (consortium_id, webhook_id) REFERENCES webhook (consortium_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_delivery_state_known CHECK (state IN ('WAITING', 'DELIVERED', 'DEAD')),
    CONSTRAINT webhook_delivery_delivered_when CHECK ((state = 'DELIVERED') = (delivered_at IS NOT NULL))
);
CALL protect_tenant_table('webhook_delivery');
CALL follow_parent('webhook_delivery', 'webhook', 'webhook_id', 'organization_id');
-- Serves the claim.
CREATE INDEX webhook_delivery_due ON webhook_delivery (not_before) WHERE state = 'WAITING';

-- Claiming looks across consortia, so it is the owner's. A claim is a time until which nobody else claims the same; a worker that dies lets it pass, and the message goes out
-- again with the same id.
CREATE POLICY webhook_claim ON webhook TO matching_owner USING (true) WITH CHECK (true);
CREATE POLICY webhook_delivery_claim ON webhook_delivery TO matching_owner USING (true) WITH CHECK (true);
-- follow_parent's restrictive policies ask about the parent; the owner may.
CREATE FUNCTION claim_webhook(pause interval) RETURNS TABLE (consortium_id bigint, id bigint, organization_id bigint, role text, events text[], entry bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE webhook w SET read_after = now() + pause
    FROM (SELECT n.consortium_id, n.id FROM webhook n WHERE n.state = 'ACTIVE' AND n.read_after <= now() ORDER BY n.read_after LIMIT 1 FOR UPDATE SKIP LOCKED) next
    WHERE (w.consortium_id, w.id) = (next.consortium_id, next.id)
    RETURNING w.consortium_id, w.id, w.organization_id, w.role, w.events, w.entry
$$;
CREATE FUNCTION claim_webhook_delivery(lease interval)
    RETURNS TABLE (consortium_id bigint, id bigint, webhook_id bigint, type text, body text, attempts integer, token bigint, url text, secret text, old_secret text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    own text := current_setting('app.role', true);
BEGIN
    PERFORM set_config('app.role', 'job', true);
    RETURN QUERY
        UPDATE webhook_delivery d SET not_before = now() + lease, attempts = d.attempts + 1, token = nextval('webhook_token')
        FROM (SELECT n.consortium_id, n.id FROM webhook_delivery n JOIN webhook h ON (h.consortium_id, h.id) = (n.consortium_id, n.webhook_id) AND h.state = 'ACTIVE'
              WHERE n.state = 'WAITING' AND n.not_before <= now() ORDER BY n.not_before LIMIT 1 FOR UPDATE OF n SKIP LOCKED) next,
             webhook w
        WHERE (d.consortium_id, d.id) = (next.consortium_id, next.id) AND (w.consortium_id, w.id) = (d.consortium_id, d.webhook_id)
        RETURNING d.consortium_id, d.id, d.webhook_id, d.type, d.body, d.attempts, d.token, w.url, w.secret, CASE WHEN w.old_secret_until > now() THEN w.old_secret END;
    PERFORM set_config('app.role', coalesce(own, ''), true);
END $$;
REVOKE ALL ON FUNCTION claim_webhook(interval), claim_webhook_delivery(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_webhook(interval), claim_webhook_delivery(interval) TO matching_app;
