-- The national codes are written into search_entry by statement too: a file of codes is one COPY, and the readings of its names are looked up together.

-- The initials of many names: what pinyin_initials says of each, with one look at the table of readings for all. Names with words whose reading their characters do not tell are few.
CREATE FUNCTION pinyin_initials_of(names text[]) RETURNS TABLE (name text, initials text) LANGUAGE sql STABLE SET search_path = public SET enable_nestloop = off AS $$
    WITH plain AS MATERIALIZED (
        SELECT n.name, n.text, EXISTS (SELECT FROM pinyin_word w WHERE position(w.word IN n.text) > 0) AS worded
        FROM (SELECT DISTINCT u.name, search_text(u.name) AS text FROM unnest(names) AS u (name)) AS n),
    forms AS (
        SELECT p.name, 1 AS number, p.text FROM plain p WHERE NOT p.worded
        UNION ALL
        SELECT p.name, 2, s.text FROM plain p CROSS JOIN LATERAL regexp_replace(p.text, '特别行政区|自治区|自治州|自治县|[省市区县州]', '', 'g') AS s (text) WHERE NOT p.worded AND s.text <> p.text),
    lines AS (
        SELECT f.name, f.number, string_agg(CASE WHEN c.character ~ '^[a-z0-9]$' THEN c.character ELSE i.initial END, '' ORDER BY c.place) AS letters
        FROM forms f
        CROSS JOIN LATERAL unnest(string_to_array(f.text, NULL)) WITH ORDINALITY AS c (character, place)
        LEFT JOIN pinyin_initial i ON i.character = c.character
        GROUP BY f.name, f.number)
    SELECT l.name, string_agg(l.letters, E'\n' ORDER BY l.number) FROM lines l WHERE l.letters <> '' GROUP BY l.name
    UNION ALL
    SELECT p.name, pinyin_initials(p.name) FROM plain p WHERE p.worded
$$;

DROP TRIGGER reference_code_search ON reference_code;
DROP TRIGGER reference_code_unsearch ON reference_code;
DROP FUNCTION reference_code_searchable();
DROP FUNCTION search_of(reference_code);
DROP FUNCTION save_search_entry(search_entry);

-- A new database knows nothing of its tables yet, and its planner would join these thousands row by row.
-- Of a code that stands twice the higher level is found. A region is also known by what stands above it: 深圳龙华. The 市辖区 of a 直辖市 is no name.
CREATE FUNCTION save_reference_entries(wanted_kinds text[], wanted_codes text[]) RETURNS void LANGUAGE sql SET enable_nestloop = off AS $$
    WITH codes AS MATERIALIZED (
        SELECT DISTINCT ON (r.kind, r.code) r.kind, r.code, r.name, r.titles, r.valid_from, p.name AS province, c.name AS city
        FROM reference_code r
        JOIN (SELECT DISTINCT n.kind, n.code FROM unnest(wanted_kinds, wanted_codes) AS n (kind, code)) AS n ON (n.kind, n.code) = (r.kind, r.code)
        LEFT JOIN reference_code p ON r.kind = 'REGION' AND r.parent IS NOT NULL AND (p.kind, p.code, p.level) = ('REGION', left(r.code, 2) || '0000', 1)
        LEFT JOIN reference_code c ON r.kind = 'REGION' AND (c.kind, c.code, c.level) = ('REGION', r.parent, 2) AND c.code <> r.code AND NOT 'VIRTUAL' = ANY(c.flags)
        WHERE r.kind IN ('REGION', 'OCCUPATION') AND r.valid_to IS NULL
        ORDER BY r.kind, r.code, r.level),
    readings AS MATERIALIZED (
        SELECT i.* FROM pinyin_initials_of(ARRAY(SELECT name FROM codes UNION SELECT coalesce(city, province) || name FROM codes WHERE coalesce(city, province) IS NOT NULL)) AS i)
    INSERT INTO search_entry
    SELECT 0, lower(r.kind), replace(r.code, '-', '')::bigint, coalesce(r.valid_from, '2000-01-01'), search_text(r.name),
           search_text(concat_ws(E'\n', r.province || coalesce(r.city, '') || r.name, nullif(array_to_string(r.titles, E'\n'), ''))),
           concat_ws(E'\n', own.initials, whole.initials), code_tokens(lower(r.kind), r.code) || ARRAY['seen:all']
    FROM codes r
    LEFT JOIN readings own ON own.name = r.name
    LEFT JOIN readings whole ON whole.name = coalesce(r.city, r.province) || r.name
    ORDER BY 4
    ON CONFLICT ON CONSTRAINT search_entry_pk DO UPDATE
    SET day = excluded.day, title = excluded.title, body = excluded.body, initials = excluded.initials, tokens = excluded.tokens
    WHERE (search_entry.day, search_entry.title, search_entry.body, search_entry.initials, search_entry.tokens)
          IS DISTINCT FROM (excluded.day, excluded.title, excluded.body, excluded.initials, excluded.tokens)
$$;

CALL add_search_trigger('reference_code', 'insert', 'NEW TABLE AS new_rows', 'PERFORM save_reference_entries(ARRAY(SELECT kind FROM new_rows ORDER BY kind, code), ARRAY(SELECT code FROM new_rows ORDER BY kind, code))');
CALL add_search_trigger('reference_code', 'update', 'NEW TABLE AS new_rows', 'PERFORM save_reference_entries(ARRAY(SELECT kind FROM new_rows ORDER BY kind, code), ARRAY(SELECT code FROM new_rows ORDER BY kind, code))');
CALL add_search_trigger('reference_code', 'delete', 'OLD TABLE AS old_rows', $$
    EXECUTE 'DELETE FROM search_entry e USING (SELECT DISTINCT lower(o.kind) AS resource, replace(o.code, ''-'', '''')::bigint AS id FROM old_rows o WHERE o.kind IN (''REGION'', ''OCCUPATION'')) AS o
             WHERE (e.consortium_id, e.resource, e.id) = (0, o.resource, o.id)'$$);
