-- Names of skills become ids, in the order given: the consortium's own word first, then the shared vocabulary, then aliases of either.
-- Unknown ones become provisional rows of the consortium; two callers with the same new word get the same row.
CREATE FUNCTION resolve_skills(wanted_kind text, names text[], keys text[]) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO skill (consortium_id, kind, name, key, source)
    SELECT DISTINCT ON (w.key) current_consortium(), wanted_kind, w.name, w.key, 'INPUT'
    FROM unnest(names, keys) AS w (name, key)
    WHERE NOT EXISTS (SELECT FROM skill s WHERE s.consortium_id IN (0, current_consortium()) AND s.kind = wanted_kind AND s.key = w.key)
      AND NOT EXISTS (SELECT FROM skill_alias a WHERE a.consortium_id IN (0, current_consortium()) AND a.kind = wanted_kind AND a.key = w.key)
    ON CONFLICT ON CONSTRAINT skill_key_unique DO NOTHING;

    RETURN QUERY
    SELECT coalesce(
        (SELECT s.id FROM skill s WHERE s.consortium_id = current_consortium() AND s.kind = wanted_kind AND s.key = w.key),
        (SELECT s.id FROM skill s WHERE s.consortium_id = 0 AND s.kind = wanted_kind AND s.key = w.key),
        (SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id = current_consortium() AND a.kind = wanted_kind AND a.key = w.key),
        (SELECT a.skill_id FROM skill_alias a WHERE a.consortium_id = 0 AND a.kind = wanted_kind AND a.key = w.key))
    FROM unnest(keys) WITH ORDINALITY AS w (key, position)
    ORDER BY w.position;
END $$;

