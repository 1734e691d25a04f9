-- Services keep the keys they have looked up. Whatever ends a key tells all of them, in the transaction that ends it.
CREATE FUNCTION tell_of_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('matching_keys', '');
    RETURN NULL;
END $$;
-- One trigger a way to end: the key itself, its organization, its consortium. New keys are no news, for unknown keys are not kept.
CREATE TRIGGER api_key_tell AFTER UPDATE OR DELETE ON api_key FOR EACH ROW EXECUTE FUNCTION tell_of_keys();
CREATE TRIGGER organization_tell_of_keys AFTER UPDATE OF state ON organization FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tell_of_keys();
CREATE TRIGGER consortium_tell_of_keys AFTER UPDATE OF state ON consortium FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tell_of_keys();

-- Also says how long the key has left, in seconds and a day at most: who keeps it must not keep it longer.
DROP FUNCTION find_api_key(text);
CREATE FUNCTION find_api_key(wanted_prefix text)
    RETURNS TABLE (id bigint, consortium_id bigint, organization_id bigint, role text, administers boolean, secret_hash bytea, usable boolean, seconds_left double precision)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
    AS $$
        SELECT k.id, k.consortium_id, k.organization_id, k.role, k.administers, k.secret_hash,
               k.revoked_at IS NULL AND k.expires_at > now() AND c.state = 'ACTIVE' AND coalesce(o.state, 'ACTIVE') = 'ACTIVE',
               extract(epoch FROM least(k.expires_at, now() + interval '1 day') - now())::double precision
        FROM api_key k
        JOIN consortium c ON c.id = k.consortium_id
        LEFT JOIN organization o ON o.consortium_id = k.consortium_id AND o.id = k.organization_id
        WHERE k.prefix = wanted_prefix
    $$;
REVOKE ALL ON FUNCTION find_api_key(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key(text) TO matching_app;
