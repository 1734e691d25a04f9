-- Search of the vocabulary for any part of a name, in Chinese too: a trigram index does not serve two characters (焊接), so keys are indexed by their single
-- characters and pairs. A function of the key needs no column that a writer could forget.
CREATE FUNCTION key_pieces(key text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT array_agg(DISTINCT substr(key, i, n)) FROM generate_series(1, char_length(key)) AS i, generate_series(1, 2) AS n WHERE i + n - 1 <= char_length(key) $$;

-- Serve search_skills.
CREATE INDEX skill_key_pieces ON skill USING gin (key_pieces(key));
CREATE INDEX skill_alias_key_pieces ON skill_alias USING gin (key_pieces(key));

-- @> is not leakproof and could not use its index under a policy, so the search runs as the owner and names the tenant itself.
CREATE POLICY skill_search ON skill FOR SELECT TO matching_owner USING (true);
CREATE POLICY skill_alias_search ON skill_alias FOR SELECT TO matching_owner USING (true);

CREATE FUNCTION search_skills(part text) RETURNS SETOF skill LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
    AS $$
        SELECT s.* FROM skill s
        WHERE s.consortium_id IN (0, current_consortium())
          AND s.id IN (
              SELECT k.id FROM skill k WHERE key_pieces(k.key) @> key_pieces(part) AND position(part IN k.key) > 0
              UNION ALL
              SELECT a.skill_id FROM skill_alias a
              WHERE key_pieces(a.key) @> key_pieces(part) AND position(part IN a.key) > 0 AND a.consortium_id IN (0, current_consortium()))
    $$;
REVOKE ALL ON FUNCTION search_skills(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_skills(text) TO matching_app;
