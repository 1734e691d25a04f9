-- search_entry is written by statement, not by row: an import of a hundred thousand rows is one INSERT, sorted by month, in which neighbours share their keys of the index.

-- As before, in one pass over the characters. Pairs that begin with a line's end are left out, for no word does.
CREATE OR REPLACE FUNCTION search_vector(consortium_id bigint, resource text, day date, title text, body text, initials text, tokens text[])
    RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    prefix text := search_prefix(consortium_id, resource, day);
    lexemes text[] := string_to_array(prefix || array_to_string(tokens, E'\n' || prefix), E'\n');
    one text := E'\n';
    next text;
BEGIN
    FOREACH next IN ARRAY string_to_array(title || E'\n' || body || E'\n' || initials || E'\n', NULL) LOOP
        IF one <> E'\n' THEN
            lexemes := lexemes || (prefix || one || next);
        END IF;
        one := next;
    END LOOP;
    RETURN array_to_tsvector(lexemes);
END $$;

-- One code's tokens, without a query or a pattern, so that PostgreSQL puts it into the statement that asks: region 440300 → region:44, region:4403. Null for no code.
CREATE FUNCTION code_tokens(dimension text, code text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE dimension
        WHEN 'region' THEN (ARRAY['region:' || left(code, 2), 'region:' || left(code, 4), 'region:' || left(code, 6)])
                           [1:char_length(code) / 2 - CASE WHEN right(code, 4) = '0000' THEN 2 WHEN right(code, 2) = '00' THEN 1 ELSE 0 END]
        WHEN 'occupation' THEN (ARRAY['occupation:' || left(code, 1), 'occupation:' || left(code, 4), 'occupation:' || left(code, 7), 'occupation:' || left(code, 10)])
                               [1:(char_length(code) + 2) / 3]
        WHEN 'industry' THEN (ARRAY['industry:' || left(code, 1), 'industry:' || left(code, 2), 'industry:' || left(code, 3), 'industry:' || left(code, 4)])[1:char_length(code)]
        ELSE (ARRAY[dimension || ':' || left(code, 1), dimension || ':' || left(code, 2)])[1:char_length(code) - CASE WHEN right(code, 1) = '0' THEN 1 ELSE 0 END] END
$$;

CREATE OR REPLACE FUNCTION search_tokens(dimension text, codes text[]) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT token FROM unnest(codes) AS code, unnest(code_tokens(dimension, code)) AS token);
END $$;

DROP TRIGGER demand_search ON demand;
DROP TRIGGER program_search ON program;
DROP TRIGGER organization_search ON organization;
DROP TRIGGER graduate_search ON graduate;
DROP FUNCTION demand_searchable(), program_searchable(), organization_searchable(), graduate_searchable();
DROP FUNCTION search_of(demand), search_of(program), search_of(organization), search_of(graduate);

-- Makes a table searchable: entry is what search_entry holds of its row r, columns are those it is made of. The view TABLE_entry gives all entries anew.
-- The plans are kept for the session and serve one row and a hundred thousand alike, for nothing is joined: rows of which no such column changed fall out by EXCEPT.
CREATE PROCEDURE keep_searchable(target regclass, entry text, columns text) LANGUAGE plpgsql AS $proc$
DECLARE
    save text := format('INSERT INTO search_entry SELECT %s FROM %%s AS r ORDER BY 4
        ON CONFLICT ON CONSTRAINT search_entry_pk DO UPDATE
        SET day = excluded.day, title = excluded.title, body = excluded.body, initials = excluded.initials, tokens = excluded.tokens
        WHERE (search_entry.day, search_entry.title, search_entry.body, search_entry.initials, search_entry.tokens)
              IS DISTINCT FROM (excluded.day, excluded.title, excluded.body, excluded.initials, excluded.tokens)', entry);
BEGIN
    EXECUTE format('CREATE VIEW %I (consortium_id, resource, id, day, title, body, initials, tokens) WITH (security_invoker = true) AS SELECT %s FROM %s AS r', target || '_entry', entry, target);
    CALL add_search_trigger(target, 'insert', 'NEW TABLE AS new_rows', format(save, 'new_rows'));
    CALL add_search_trigger(target, 'update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
        format(save, format('(SELECT %s FROM new_rows EXCEPT SELECT %s FROM old_rows)', columns, columns)));
    -- This one joins, hence is planned anew for the rows there are.
    CALL add_search_trigger(target, 'delete', 'OLD TABLE AS old_rows',
        format('EXECUTE %L', format('DELETE FROM search_entry e USING old_rows o WHERE (e.consortium_id, e.resource, e.id) = (o.consortium_id, %L, o.id)', target)));
END $proc$;

CREATE PROCEDURE add_search_trigger(target regclass, event text, tables text, body text) LANGUAGE plpgsql AS $proc$
DECLARE
    name text := format('%s_%s_searchable', target, event);
BEGIN
    EXECUTE format('CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET jit = off AS %L', name,
        format('BEGIN %s; RETURN NULL; END', body));
    EXECUTE format('REVOKE ALL ON FUNCTION %I() FROM PUBLIC', name);
    EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %I()', name, event, target, tables, name);
END $proc$;

-- seen: whom the row is for. It keeps rows out of a search that would only be refused later, and decides nothing.
CALL keep_searchable('demand', $$r.consortium_id, 'demand', r.id, r.opened_on, search_text(r.title), search_text(r.description), '',
        code_tokens('region', r.region_code) || code_tokens('occupation', r.occupation_code) || code_tokens('industry', r.industry_code) || code_tokens('education', r.education_code)
        || ARRAY['kind:' || r.kind, 'state:' || r.state, 'wage:' || coalesce(wage_band(r.wage_max)::text, '')]
        || CASE WHEN r.state = 'DRAFT' THEN ARRAY['seen:' || r.organization_id, 'seen:' || coalesce(r.posted_by_id, r.organization_id)] ELSE ARRAY['seen:all'] END$$,
    'consortium_id, id, opened_on, title, description, region_code, occupation_code, industry_code, education_code, kind, state, wage_max, organization_id, posted_by_id');

CALL keep_searchable('program', $$r.consortium_id, 'program', r.id, (r.created_at AT TIME ZONE 'Asia/Shanghai')::date, search_text(r.name),
        coalesce((SELECT search_text(m.name) FROM reference_code m WHERE m.kind = 'MAJOR' AND m.code = r.major_code LIMIT 1), ''), '',
        code_tokens('education', r.education_code) || ARRAY['state:' || r.state, 'seen:all']$$,
    'consortium_id, id, created_at, name, major_code, education_code, state');

CALL keep_searchable('organization', $$r.consortium_id, 'organization', r.id, (r.created_at AT TIME ZONE 'Asia/Shanghai')::date, search_text(r.name), '', coalesce(pinyin_initials(r.name), ''),
        code_tokens('region', r.region_code) || code_tokens('industry', r.industry_code) || ARRAY['kind:' || r.kind, 'state:' || r.state, 'seen:all']$$,
    'consortium_id, id, created_at, name, region_code, industry_code, kind, state');

CALL keep_searchable('graduate', $$r.consortium_id, 'graduate', r.id, r.graduates_on, search_text(r.reference),
        (SELECT coalesce(string_agg(search_text(name), E'\n'), '')
         FROM (SELECT p.name FROM program p WHERE p.consortium_id = r.consortium_id AND p.id = r.program_id
               UNION ALL SELECT c.name FROM reference_code c WHERE c.kind = 'OCCUPATION' AND c.code = ANY(r.wished_occupations)) AS names), '',
        search_tokens('region', r.wished_regions) || search_tokens('occupation', r.wished_occupations)
        || ARRAY['wage:' || coalesce(wage_band(r.wage_wish)::text, ''), 'seen:' || r.school_id]$$,
    'consortium_id, id, graduates_on, reference, program_id, wished_occupations, wished_regions, wage_wish, school_id');

-- Graduates are found by their programme's name. Who may rename it may read them.
CREATE FUNCTION program_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT consortium_id, id, name FROM new_rows EXCEPT SELECT consortium_id, id, name FROM old_rows) THEN
        EXECUTE 'UPDATE search_entry e SET body = a.body
                 FROM (SELECT consortium_id, id, name FROM new_rows EXCEPT SELECT consortium_id, id, name FROM old_rows) AS p
                 JOIN graduate g ON (g.consortium_id, g.program_id) = (p.consortium_id, p.id)
                 JOIN graduate_entry a ON (a.consortium_id, a.id) = (g.consortium_id, g.id)
                 WHERE (e.consortium_id, e.resource, e.id) = (g.consortium_id, ''graduate'', g.id)';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION program_renamed() FROM PUBLIC;
CREATE TRIGGER program_renamed AFTER UPDATE ON program REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION program_renamed();

-- Some two hundred rows wait until their keys go into the index together; every look into it reads them too, which costs less than a tenth of a millisecond.
ALTER INDEX search_entry_vector SET (gin_pending_list_limit = 256);
